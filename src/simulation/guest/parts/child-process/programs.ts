/**
 * Why this file exists: what stands for a command line: the scenario's answer, a command of ours, a shell, or nothing:
 * then the run ends at the line and says what to write.
 */
import { endNow } from '../../ending';
import { sourceAt } from '../../program-modules';
import { here } from '../../recorder';
import { commandAnswer } from '../../scenario';
import { errorCodeOf, calls } from '../fs/part';
import { isFaultCode, type FaultCode } from '../net/part';
import { commands, NotModelled, say } from './commands';
import { nodeProgram, type NodeProgram } from './node-command';
import type { Command, Io } from './process';
import { shellCommand } from './shell';
import { pipelinesOf } from './shell-words';

/** What a command takes of which the scenario says no time. Modelled. */
const usualMs = 5;
const folders = /^\/(?:usr\/(?:local\/)?)?bin\//;

export type Program =
  | { readonly kind: 'runs'; readonly run: (io: Io) => void }
  | { readonly kind: 'fails'; readonly code: FaultCode }
  | NodeProgram;

export interface Wanted {
  readonly file: string;
  /** Without the name of the program. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What is there for it; where nothing is, the run ends. */
export function programFor({ file, args, cwd, env }: Wanted): Program {
  if (!isThere(cwd, '/')) return { kind: 'fails', code: 'ENOENT' };
  const name = file.replace(folders, '');
  if (/^(?:ba|da)?sh$/.test(name) && args[0] === '-c' && args[1] !== undefined) return shellFor(args[1], env, cwd);
  const found = answerTo([name, ...args]) ?? nodeProgram(file, args, cwd);
  if (found !== undefined) return found;
  if (name.includes('/') && !isThere(name, cwd)) return { kind: 'fails', code: 'ENOENT' };
  return unknown([name, ...args].join(' '));
}

/** The scenario's answer, or a command of ours. */
function answerTo(argv: readonly string[]): Exclude<Program, NodeProgram> | undefined {
  const [name = '', ...args] = argv;
  const own = commands.get(name);
  const given = commandAnswer(argv, own === undefined ? 'nothing' : 'modelled');
  const site = here();
  if (given === undefined) return own && { kind: 'runs', run: (io) => { carriedOut(own, args, io, argv.join(' '), site); } };
  const { fails, stdout = '', stderr = '', exitCode = 0, latencyMs = usualMs } = given;
  if (fails !== undefined) return { kind: 'fails', code: isFaultCode(fails) ? fails : 'ENOENT' };
  const sure = given.latencyMs ?? 0;
  return {
    kind: 'runs',
    run: (io) => {
      io.after(latencyMs, () => {
        say(io, stdout);
        say(io, stderr, 2);
        io.exit(exitCode);
      }, sure);
    },
  };
}

/** A command of ours may find that it cannot do what its options say. */
function carriedOut(run: Command, args: readonly string[], io: Io, line: string, site: number): void {
  try {
    run(args, io);
  } catch (error) {
    if (error instanceof NotModelled) unknown(line, site);
    throw error;
  }
}

function shellFor(line: string, env: Readonly<Record<string, string>>, cwd: string): Program {
  const pipelines = pipelinesOf(line, env);
  const simple = pipelines?.flatMap((each) => each.commands) ?? [];
  const isAlone = simple.length === 1 && simple[0]?.argv.join(' ') === line.trim();
  const isOurs = pipelines !== undefined && simple.every(({ argv }) => commands.has(argv[0] ?? ''));
  const alone = pipelines?.length === 1 && simple.length === 1 ? simple[0] : undefined;
  const isPlain = alone?.redirections.length === 0 && answerTo(alone.argv) === undefined;
  const [file = '', ...args] = isPlain ? alone.argv : [];
  const node = isPlain ? nodeProgram(file, args, cwd) : undefined;
  if (node !== undefined) return node;
  const whole = isAlone ? undefined : commandAnswer([line.trim()], isOurs ? 'modelled' : 'nothing');
  if (whole !== undefined) {
    const { stdout = '', stderr = '', exitCode = 0, latencyMs = usualMs } = whole;
    const run = (io: Io): void => {
      io.after(latencyMs, () => {
        say(io, stdout);
        say(io, stderr, 2);
        io.exit(exitCode);
      }, whole.latencyMs ?? 0);
    };
    return { kind: 'runs', run };
  }
  const command = shellCommand(line, env, inShell);
  if (command === undefined) return unknown(line.trim());
  return { kind: 'runs', run: (io) => { command([], io); } };
}

function inShell(argv: readonly string[]): Command | undefined {
  const name = (argv[0] ?? '').replace(folders, '');
  const found = answerTo([name, ...argv.slice(1)]);
  const isMissing = found?.kind === 'fails' || (found === undefined && name.includes('/') && !isThere(name, '/project'));
  if (isMissing) {
    return (_, io) => {
      say(io, `/bin/sh: 1: ${name}: not found\n`, 2);
      io.exit(127);
    };
  }
  return found && ((_, io) => { found.run(io); });
}

function isThere(path: string, cwd: string): boolean {
  try {
    calls.stat(path.startsWith('/') ? path : `${cwd}/${path}`).run();
    return true;
  } catch (error) {
    if (errorCodeOf(error) === undefined) throw error;
    return false;
  }
}

function unknown(line: string, site = here()): never {
  const file = sourceAt(0).path.replace(/^.*\//, '').replace(/\.\w+$/, '.scenario.json');
  const key = JSON.stringify(line.length > 60 ? line.slice(0, 60) : line);
  const message = `The command ${JSON.stringify(line)} is not modelled and never executed. What it prints can be said in ${file}: ` +
    `{ "commands": { ${key}: { "stdout": "…" } } }`;
  return endNow({ kind: 'unsupported', message, site });
}

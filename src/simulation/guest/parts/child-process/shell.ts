/**
 * Why this file exists: `/bin/sh -c LINE` as a process of its own. Its commands run one after the other, those of a
 * pipe beside each other; each has its own descriptors.
 */
import { SafeMap } from '../../primordials';
import { Buffer } from '../buffer/part';
import { fileOf, intoFile, say } from './commands';
import type { Command, Io } from './process';
import { pipelinesOf, type Pipeline, type Redirection, type Simple } from './shell-words';

/** What a shell takes to start another command. Modelled. */
const forkMs = 0.5;

interface Planned {
  readonly run: Command;
  readonly args: readonly string[];
  readonly redirections: readonly Redirection[];
}

interface Stage {
  readonly when: Pipeline['when'];
  readonly commands: readonly Planned[];
}

/** How a simple command of a shell is carried out; undefined where nobody knows. */
export type Find = (argv: readonly string[]) => Command | undefined;

/** Undefined where the line says what is not read, or has a command that nobody knows. */
export function shellCommand(line: string, env: Readonly<Record<string, string>>, find: Find): Command | undefined {
  const pipelines = pipelinesOf(line, env);
  if (pipelines === undefined) return undefined;
  const stages: Stage[] = [];
  for (const { when, commands } of pipelines) {
    const planned = commands.map((each) => planOf(each, find));
    if (planned.includes(undefined)) return undefined;
    stages.push({ when, commands: planned as Planned[] }); // just looked at
  }
  return (_, io) => { runFrom(stages, 0, io, 0); };
}

function planOf({ argv, redirections }: Simple, find: Find): Planned | undefined {
  const [name = '', ...args] = argv;
  const run = builtins.get(name) ?? find(argv);
  return run && { run, args, redirections };
}

/** What a shell does by itself and not by a program. */
const builtins = new SafeMap<string, Command>(Object.entries({
  ':': (_: readonly string[], io: Io) => { io.exit(0); },
}));

function runFrom(stages: readonly Stage[], index: number, io: Io, code: number): void {
  const stage = stages[index];
  if (stage === undefined) {
    io.exit(code);
    return;
  }
  const isWanted = stage.when === 'always' || (stage.when === 'succeeded') === (code === 0);
  if (!isWanted) {
    runFrom(stages, index + 1, io, code);
    return;
  }
  const [only] = stage.commands;
  if (only?.run === leave && stage.commands.length === 1) {
    io.exit(Number(only.args[0] ?? code));
    return;
  }
  runPipe(stage.commands, io, (ended) => { runFrom(stages, index + 1, io, ended); });
}

const leave: Command = (args, io) => { io.exit(Number(args[0] ?? 0)); };
builtins.set('exit', leave);

interface Reader {
  readonly each: (bytes: Uint8Array) => void;
  readonly end: () => void;
}

/** What one command of a pipe writes for the next. */
class Between {
  #waiting: Uint8Array[] = [];
  #reader: Reader | undefined;
  #hasEnded = false;

  write(bytes: Uint8Array): void {
    if (this.#reader === undefined) this.#waiting.push(bytes);
    else this.#reader.each(bytes);
  }

  end(): void {
    this.#hasEnded = true;
    this.#reader?.end();
  }

  read(reader: Reader): void {
    this.#reader = reader;
    for (const bytes of this.#waiting) reader.each(bytes);
    this.#waiting = [];
    if (this.#hasEnded) reader.end();
  }
}

function runPipe(commands: readonly Planned[], io: Io, then: (code: number) => void): void {
  let left = commands.length;
  let last = 0;
  let from: Between | undefined;
  const starts: (() => void)[] = [];
  commands.forEach((command, i) => {
    const to = i === commands.length - 1 ? undefined : new Between();
    const input = from;
    from = to;
    starts.push(() => {
      runOne(command, io, { from: input, to }, (code) => {
        to?.end();
        if (to === undefined) last = code;
        if (--left === 0) then(last);
      });
    });
  });
  io.after(forkMs, () => { for (const start of starts) start(); });
}

interface Links {
  readonly from: Between | undefined;
  readonly to: Between | undefined;
}

function runOne(planned: Planned, io: Io, { from, to }: Links, ended: (code: number) => void): void {
  const { run, args, redirections } = planned;
  let isOver = false;
  const out = (fd: 1 | 2): ((bytes: Uint8Array) => void) => (fd === 1 && to !== undefined
    ? (bytes) => { to.write(bytes); }
    : (bytes) => { io.print(fd, bytes); });
  const ways = { 1: out(1), 2: out(2) };
  let input: Uint8Array | undefined;
  for (const { fd, to: target, isAdded } of redirections) {
    if (typeof target === 'number') ways[fd === 2 ? 2 : 1] = ways[target];
    else {
      const none = new Uint8Array(0);
      const found = fd === 0 ? fileOf(io, target) : (intoFile(io, target, none, isAdded) ?? none);
      if (typeof found === 'string') {
        say(io, `/bin/sh: 1: cannot ${fd === 0 ? 'open' : 'create'} ${target}: ${inShellWords(found, fd)}\n`, 2);
        ended(2);
        return;
      }
      if (fd === 0) input = found;
      else ways[fd] = (bytes) => { intoFile(io, target, bytes, true); };
    }
  }
  run(args, {
    cwd: io.cwd,
    env: io.env,
    after: (ms, later, sure) => { io.after(ms, () => { if (!isOver) later(); }, sure); },
    print: (fd, bytes) => { if (!isOver) ways[fd](Buffer.from(bytes)); },
    exit: (code) => {
      if (isOver) return;
      isOver = true;
      ended(code);
    },
    read: (each, end) => {
      if (input !== undefined) {
        each(input);
        end();
      } else if (from !== undefined) from.read({ each, end });
      else io.read(each, end);
    },
  });
}

function inShellWords(reason: string, fd: 0 | 1 | 2): string {
  if (reason !== 'No such file or directory') return reason;
  return fd === 0 ? 'No such file' : 'Directory nonexistent';
}

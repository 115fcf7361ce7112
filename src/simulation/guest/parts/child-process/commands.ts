/**
 * Why this file exists: a few well-known commands, as GNU has them where no locale is set, over the files in memory.
 */
import { NativeError, SafeMap } from '../../primordials';
import { Buffer } from '../buffer/part';
import { calls, errorCodeOf } from '../fs/part';
import type { Command, Io } from './process';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory', EISDIR: 'Is a directory', EACCES: 'Permission denied', ENOTDIR: 'Not a directory',
};

/** What a command cannot do here: it has to be said in the scenario. */
export class NotModelled extends NativeError {}

export function say(io: Io, text: string, fd: 1 | 2 = 1): void {
  if (text !== '') io.print(fd, Buffer.from(text));
}

function pathIn(io: Io, path: string): string {
  return path.startsWith('/') ? path : `${io.cwd}/${path}`;
}

/** The bytes of a file, or why not. */
export function fileOf(io: Io, path: string): Uint8Array | string {
  try {
    const fd = calls.open(pathIn(io, path), 0, 0).run();
    const parts: Uint8Array[] = [];
    try {
      for (;;) {
        const part = new Uint8Array(65_536);
        const count = calls.read(fd, part).run();
        if (count === 0) return Buffer.concat(parts);
        parts.push(part.subarray(0, count));
      }
    } finally {
      calls.close(fd).run();
    }
  } catch (error) {
    return reasonOf(error);
  }
}

/** Puts bytes into a file; answers why not. */
export function intoFile(io: Io, path: string, bytes: Uint8Array, isAdded: boolean): string | undefined {
  try {
    const fd = calls.open(pathIn(io, path), 0o1 | 0o100 | (isAdded ? 0o2000 : 0o1000), 0o644).run();
    if (bytes.length > 0) calls.write(fd, bytes).run();
    calls.close(fd).run();
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  const code = errorCodeOf(error);
  if (code === undefined) throw error;
  return reasons[code] ?? code;
}

interface Given {
  readonly options: readonly string[];
  readonly names: readonly string[];
}

function lettersOf(option: string): string[] {
  return option.slice(1).split('');
}

/** `-n5 file` and `-rn`: letters of options, as far as they are known. */
function given(args: readonly string[], known: string): Given {
  const options: string[] = [];
  const names: string[] = [];
  for (const arg of args) {
    if (arg === '-' || !arg.startsWith('-')) names.push(arg);
    else if (lettersOf(arg).every((letter) => known.includes(letter))) options.push(...lettersOf(arg));
    else throw new NotModelled();
  }
  return { options, names };
}

/** What the files hold, one after the other, or what comes in; `then` gets the whole. */
function whole(name: string, names: readonly string[], io: Io, then: (text: string, failed: boolean) => void): void {
  if (names.length === 0 || (names.length === 1 && names[0] === '-')) {
    const parts: Uint8Array[] = [];
    io.read((bytes) => { parts.push(bytes); }, () => { then(Buffer.concat(parts).toString(), false); });
    return;
  }
  let text = '';
  let hasFailed = false;
  for (const each of names) {
    const bytes = fileOf(io, each);
    if (typeof bytes !== 'string') text += Buffer.from(bytes).toString();
    else {
      say(io, `${name}: ${each}: ${bytes}\n`, 2);
      hasFailed = true;
    }
  }
  then(text, hasFailed);
}

function cat(args: readonly string[], io: Io): void {
  const { names } = given(args, '');
  if (names.length === 0 || (names.length === 1 && names[0] === '-')) {
    io.read((bytes) => { io.print(1, bytes); }, () => { io.exit(0); });
    return;
  }
  let code = 0;
  for (const each of names) {
    const bytes = fileOf(io, each);
    if (typeof bytes !== 'string') io.print(1, bytes);
    else {
      say(io, `cat: ${each}: ${bytes}\n`, 2);
      code = 1;
    }
  }
  io.exit(code);
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function printed(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function sort(args: readonly string[], io: Io): void {
  const { options, names } = given(args, 'rnu');
  whole('sort', names, io, (text, failed) => {
    const number = (line: string): number => Number(/^\s*-?\d+(?:\.\d+)?/.exec(line)?.[0] ?? 0);
    const order = options.includes('n')
      ? (one: string, other: string) => number(one) - number(other) || byBytes(one, other)
      : byBytes;
    const lines = linesOf(text).sort(order);
    if (options.includes('r')) lines.reverse();
    const isSame = (line: string, i: number): boolean => options.includes('n') ? number(line) === number(lines[i - 1] ?? '') : line === lines[i - 1];
    say(io, printed(options.includes('u') ? lines.filter((line, i) => i === 0 || !isSame(line, i)) : lines));
    io.exit(failed ? 2 : 0);
  });
}

/** `head` and `tail`: `-n 3`, `-n3`, `-3`. */
function some(name: string, take: (lines: readonly string[], count: number) => readonly string[]): Command {
  return (args, io) => {
    const [first = '', second = ''] = args;
    const inline = /^-n?(\d+)$/.exec(first)?.[1];
    const isApart = first === '-n' && /^\d+$/.test(second);
    const rest = args.slice(isApart ? 2 : inline === undefined ? 0 : 1);
    const { names } = given(rest, '');
    if (names.length > 1) throw new NotModelled();
    whole(name, names, io, (text, failed) => {
      say(io, printed(take(linesOf(text), Number(isApart ? second : (inline ?? 10)))));
      io.exit(failed ? 1 : 0);
    });
  };
}

function wc(args: readonly string[], io: Io): void {
  const { options, names } = given(args, 'lwc');
  if (options.length !== 1 || names.length > 1) throw new NotModelled();
  whole('wc', names, io, (text, failed) => {
    const counts: Readonly<Record<string, number>> = {
      l: text.split('\n').length - 1, w: text.split(/\s+/).filter((word) => word !== '').length, c: Buffer.from(text).length,
    };
    if (!failed) say(io, `${String(counts[options[0] ?? ''])}${names[0] === undefined ? '' : ` ${names[0]}`}\n`);
    io.exit(failed ? 1 : 0);
  });
}

/** Names in a folder, one a line, as for a pipe. */
function ls(args: readonly string[], io: Io): void {
  const { options, names } = given(args, 'aA1');
  if (names.length > 1) throw new NotModelled();
  const [path = '.'] = names;
  try {
    const found = calls.readdir(pathIn(io, path)).run().map(({ name }) => name);
    const shown = options.includes('a') ? ['.', '..', ...found] : found;
    const hidden = options.includes('a') || options.includes('A');
    say(io, printed(shown.filter((name) => hidden || !name.startsWith('.')).sort(byBytes)));
    io.exit(0);
  } catch (error) {
    if (errorCodeOf(error) === 'ENOTDIR') say(io, `${path}\n`);
    else say(io, `ls: cannot access '${path}': ${reasonOf(error)}\n`, 2);
    io.exit(errorCodeOf(error) === 'ENOTDIR' ? 0 : 2);
  }
}

function echo(args: readonly string[], io: Io): void {
  const isBare = args[0] === '-n';
  say(io, `${args.slice(isBare ? 1 : 0).join(' ')}${isBare ? '' : '\n'}`);
  io.exit(0);
}

function sleep(args: readonly string[], io: Io): void {
  const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
  const times = args.map((arg) => /^(\d+(?:\.\d+)?|\.\d+)([smhd]?)$/.exec(arg));
  const wrong = args.find((_, i) => times[i] === null);
  if (args.length === 0) say(io, "sleep: missing operand\nTry 'sleep --help' for more information.\n", 2);
  else if (wrong !== undefined) say(io, `sleep: invalid time interval '${wrong}'\nTry 'sleep --help' for more information.\n`, 2);
  else {
    const seconds = times.reduce((sum, time) => sum + Number(time?.[1]) * (units[time?.[2] ?? ''] ?? 1), 0);
    io.after(seconds * 1000, () => { io.exit(0); }, seconds * 1000);
    return;
  }
  io.exit(1);
}

function printenv(args: readonly string[], io: Io): void {
  const wanted = args.length === 0 ? Object.keys(io.env) : args;
  const found = wanted.filter((name) => Object.hasOwn(io.env, name));
  say(io, printed(found.map((name) => (args.length === 0 ? `${name}=${io.env[name] ?? ''}` : (io.env[name] ?? '')))));
  io.exit(found.length === wanted.length ? 0 : 1);
}

export const commands: ReadonlyMap<string, Command> = new SafeMap<string, Command>(Object.entries({
  cat, echo, ls, printenv, sleep, sort, wc,
  head: some('head', (lines, count) => lines.slice(0, count)),
  tail: some('tail', (lines, count) => (count === 0 ? [] : lines.slice(-count))),
  pwd: (_: readonly string[], io: Io) => { say(io, `${io.cwd}\n`); io.exit(0); },
  true: (_: readonly string[], io: Io) => { io.exit(0); },
  false: (_: readonly string[], io: Io) => { io.exit(1); },
}));

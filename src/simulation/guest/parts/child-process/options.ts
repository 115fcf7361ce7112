/**
 * Why this file exists: what `spawn` and its kin are given, looked at as Node looks at it. Node 20:
 * lib/child_process.js (normalizeSpawnArguments, sanitizeKillSignal), lib/internal/child_process.js (getValidStdio).
 */
import { endNow } from '../../ending';
import { inspect } from '../../inspect';
import { checkString, codedError, invalidType, outOfRange } from '../../node-errors';
import { NativeError, NativeTypeError, get, isArray, isObject } from '../../primordials';
import { process, signals } from '../../process';
import { here } from '../../recorder';
import { pathOf } from '../fs/part';
import type { Wanted } from './programs';

export type Stdio = 'pipe' | 'ignore' | 'inherit' | 'ipc';

export interface SpawnOptions {
  readonly cwd?: unknown;
  readonly env?: unknown;
  readonly argv0?: unknown;
  readonly shell?: unknown;
  readonly stdio?: unknown;
  readonly signal?: unknown;
  readonly timeout?: unknown;
  readonly killSignal?: unknown;
  readonly maxBuffer?: unknown;
  readonly encoding?: unknown;
  readonly input?: unknown;
  readonly detached?: unknown;
  readonly serialization?: unknown;
}

export interface Asked {
  readonly wanted: Wanted;
  /** What the program is told that it was called as, and its arguments. */
  readonly argv: readonly unknown[];
  readonly stdio: readonly Stdio[];
  readonly options: SpawnOptions;
}

/** `(file, options)` and `(file, args, options)`. */
export function split(given: readonly unknown[]): { args: readonly unknown[]; options: SpawnOptions } {
  const [, second, third] = given;
  if (isArray(second)) return { args: second, options: optionsOf(third) };
  if (second === undefined || second === null) return { args: [], options: optionsOf(third) };
  if (!isObject(second)) throw invalidType('args', 'of type object', second);
  return { args: [], options: optionsOf(second) };
}

function optionsOf(given: unknown): SpawnOptions {
  if (given === undefined) return {};
  if (given === null || typeof given !== 'object' || isArray(given)) throw invalidType('options', 'of type object', given);
  return given;
}

function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

export function asked(file: unknown, args: readonly unknown[], options: SpawnOptions): Asked {
  checkString(file, 'file');
  if (file === '') throw invalidValue('file', "''", 'cannot be empty');
  const words = args.map(String);
  const { shell, argv0, env, cwd } = options;
  if (shell !== undefined && shell !== null && typeof shell !== 'boolean' && typeof shell !== 'string')
    throw invalidType('options.shell', 'one of type boolean or string', shell);
  if (argv0 !== undefined && argv0 !== null) checkString(argv0, 'options.argv0');
  const name = file as string; // just checked
  const folder = cwd === undefined || cwd === null ? '/project' : pathOf(cwd, 'options.cwd');
  const place = { cwd: folder, env: textsOf(env ?? get(process, 'env')) };
  const ways = stdioOf(options.stdio);
  if (!shell) {
    const shown = (argv0 as string | undefined | null) ?? name; // just checked
    return { wanted: { file: name, args: words, ...place }, argv: [shown, ...args], stdio: ways, options };
  }
  const own = typeof shell === 'string' ? shell : '/bin/sh';
  const line = ['-c', [name, ...words].join(' ')];
  return { wanted: { file: own, args: line, ...place }, argv: [own, ...line], stdio: ways, options };
}

export function invalidValue(name: string, shown: string, reason = 'is invalid'): Error {
  const kind = name.includes('.') ? 'property' : 'argument';
  return codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The ${kind} '${name}' ${reason}. Received ${shown}`);
}

function textsOf(env: unknown): Readonly<Record<string, string>> {
  const given = isObject(env) ? Object.entries(env) : [];
  const said = given.filter(([, value]) => value !== undefined);
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]));
}

const kinds: readonly unknown[] = ['pipe', 'overlapped', 'ignore', 'inherit', undefined, null, 0, 1, 2];

function stdioOf(given: unknown): readonly Stdio[] {
  const all: readonly unknown[] = isArray(given) ? given : [given, given, given];
  if (all.filter((each) => each === 'ipc').length > 1)
    throw codedError(NativeError, 'ERR_IPC_ONE_PIPE', 'Child process can have only one IPC pipe');
  const shown = all.length < 3 ? [...all, ...Array<unknown>(3 - all.length).fill(undefined)] : all;
  return shown.map((each, fd) => {
    if (each === 'ipc') return fd < 3 ? unmodelled("stdio 'ipc' in place of a standard stream") : 'ipc';
    if (['stdin', 'stdout', 'stderr'].some((name) => get(process, name) === each && each !== undefined)) return 'inherit';
    if (isObject(each)) return unmodelled('A stream as stdio of a process');
    if (!kinds.includes(each)) throw invalidValue('stdio', `'${String(each)}'`);
    if (fd > 2 && each !== 'ignore' && each !== undefined) return unmodelled('More than three descriptors of a process');
    if (typeof each === 'number' && each !== fd) return unmodelled('A descriptor for another');
    return each === 'ignore' ? 'ignore' : each === 'inherit' || typeof each === 'number' ? 'inherit' : 'pipe';
  });
}

/** How messages of a channel are written. */
export function serializationOf({ serialization }: SpawnOptions): 'json' | 'advanced' {
  if (serialization === undefined || serialization === 'json') return 'json';
  if (serialization === 'advanced') return 'advanced';
  const words = `The property 'options.serialization' must be one of: undefined, 'json', 'advanced'. Received ${inspect(serialization)}`;
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
}

/** The name of a signal. */
export function signalOf(given: unknown): string {
  if (typeof given === 'string') {
    const name = given.toUpperCase();
    if (signals[name] !== undefined) return name;
  } else if (typeof given === 'number') {
    const found = Object.entries(signals).find(([, number]) => number === given);
    if (found !== undefined) return found[0];
  }
  throw codedError(NativeTypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${typeof given === 'string' ? given : inspect(given)}`);
}

export function killSignalOf({ killSignal }: SpawnOptions): string {
  if (killSignal === undefined || killSignal === null) return 'SIGTERM';
  if (typeof killSignal !== 'string' && typeof killSignal !== 'number')
    throw invalidType('options.killSignal', 'one of type string or number', killSignal);
  return signalOf(killSignal);
}

export function timeoutOf({ timeout }: SpawnOptions): number {
  if (timeout === undefined || timeout === null) return 0;
  if (typeof timeout === 'number' && Number.isInteger(timeout) && timeout >= 0) return timeout;
  throw outOfRange('timeout', 'an unsigned integer', timeout);
}

export function maxBufferOf({ maxBuffer }: SpawnOptions): number {
  if (maxBuffer === undefined || maxBuffer === null) return 1024 * 1024;
  if (typeof maxBuffer === 'number' && maxBuffer >= 0) return maxBuffer;
  throw outOfRange('options.maxBuffer', 'a positive number', maxBuffer);
}

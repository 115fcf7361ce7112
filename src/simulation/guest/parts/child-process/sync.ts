/**
 * Why this file exists: `spawnSync`, `execFileSync` and `execSync`: everything waits until the process has ended. Node
 * 20: lib/child_process.js.
 */
import { clock } from '../../clock';
import { foreignCaller, nextOutsideAt, letHappen } from '../../loop/watched';
import { workUntil } from '../../loop/pool';
import { checkString, invalidType } from '../../node-errors';
import { get, isObject } from '../../primordials';
import { process } from '../../process';
import { Buffer } from '../buffer/part';
import { pipeToOutside, systemError, type Endpoint, type FaultCode } from '../net/part';
import { plainError } from './child';
import { standStill } from '../../loop/node';
import type { NodeProgram } from './node-command';
import { NodeProcess } from './node-process';
import { asked, killSignalOf, maxBufferOf, split, timeoutOf, type Asked, type SpawnOptions } from './options';
import { OutsideProcess, spendSpawn, type Way } from './process';
import { programFor } from './programs';

type Printed = Buffer | string | null;

interface Result {
  error?: Error;
  status: number | null;
  signal: string | null;
  output: Printed[] | null;
  pid: number;
  stdout: Printed;
  stderr: Printed;
}

export function spawnSync(...given: unknown[]): Result {
  const { args, options } = split(given);
  return ran(given[0], args, options);
}

function inputOf(input: unknown): Uint8Array {
  if (input === undefined || input === null) return new Uint8Array(0);
  if (typeof input === 'string') return Buffer.from(input);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  throw invalidType('options.stdio[0]', 'one of type string, Buffer, TypedArray, or DataView', input);
}

function ran(file: unknown, args: readonly unknown[], options: SpawnOptions): Result {
  const what = asked(file, args, options);
  const timeout = timeoutOf(options);
  const maxBuffer = maxBufferOf(options);
  const program = programFor(what.wanted);
  spendSpawn();
  if (program.kind === 'fails') return failed(what, program.code);
  if (program.kind === 'node') return ranAsAgent(what, program, timeout, maxBuffer);
  const pairs = what.stdio.map((kind) => (kind === 'pipe' ? pipeToOutside('', foreignCaller()) : undefined));
  const ways = what.stdio.map((kind, fd): Way => pairs[fd]?.[1] ?? (kind === 'inherit' ? kind : 'ignore'));
  const outside = new OutsideProcess(what.wanted.cwd, what.wanted.env, ways);
  outside.start(program.run, () => undefined);
  const stdin = pairs[0]?.[0];
  stdin?.write(inputOf(options.input));
  stdin?.leave();
  const until = timeout === 0 ? Infinity : clock.now() + timeout;
  const fault = waited(outside, pairs, { until, most: maxBuffer, killSignal: killSignalOf(options) });
  return resultOf(what, outside, pairs, fault);
}

/** A program of Node: other agents go on while this one stands still. */
function ranAsAgent(what: Asked, program: NodeProgram, timeout: number, most: number): Result {
  const { wanted, stdio, options } = what;
  const pairs = stdio.map((kind) => (kind === 'pipe' ? pipeToOutside('', foreignCaller()) : undefined));
  const ways = stdio.map((kind, fd): Way => pairs[fd]?.[1] ?? (kind === 'inherit' ? kind : 'ignore'));
  const outside = new NodeProcess(program, { env: wanted.env, ways, channel: 0, serialization: 'json' });
  let isHeard = false;
  outside.whenEnded(() => undefined, () => false);
  const stdin = pairs[0]?.[0];
  stdin?.write(inputOf(options.input));
  stdin?.leave();
  const until = timeout === 0 ? Infinity : clock.now() + timeout;
  let fault: Cut;
  while (!isHeard) {
    standStill(fault === undefined ? until : Infinity);
    isHeard = outside.ended !== undefined;
    const isFull = pairs.some((pair) => (pair?.[0].waiting ?? 0) > most);
    if (isHeard || fault !== undefined || (clock.now() < until && !isFull)) continue;
    fault = isFull ? 'ENOBUFS' : 'ETIMEDOUT';
    outside.kill(killSignalOf(options));
  }
  return resultOf(what, outside, pairs, fault);
}

type Pairs = readonly ((readonly [Endpoint, Endpoint]) | undefined)[];

interface Bounds {
  readonly until: number;
  readonly most: number;
  readonly killSignal: string;
}

/** Why it was ended before its time. */
type Cut = 'ETIMEDOUT' | 'ENOBUFS' | undefined;

/** The whole process waits: others outside go on meanwhile. */
function waited(outside: OutsideProcess, pairs: Pairs, { until, most, killSignal }: Bounds): Cut {
  while (outside.ended === undefined) {
    const next = nextOutsideAt();
    clock.sleepUntil(Math.min(next, until));
    workUntil(clock.now());
    const isLate = next > until;
    if (!isLate) letHappen(next);
    const isFull = pairs.some((pair) => (pair?.[0].waiting ?? 0) > most);
    if (!isLate && !isFull) continue;
    outside.kill(killSignal);
    return isFull ? 'ENOBUFS' : 'ETIMEDOUT';
  }
  return undefined;
}

function resultOf(what: Asked, outside: OutsideProcess | NodeProcess, pairs: Pairs, fault: Cut): Result {
  const { encoding } = what.options;
  const isText = typeof encoding === 'string' && encoding !== 'buffer';
  const output = pairs.map((pair, fd): Printed => {
    if (pair === undefined || fd === 0) return null;
    const bytes = Buffer.from(pair[0].take(Infinity) ?? new Uint8Array(0));
    return isText ? bytes.toString(encoding as BufferEncoding) : bytes;
  });
  const error = fault && errorOf(what, fault);
  return {
    ...(error === undefined ? {} : { error }),
    status: outside.ended?.code ?? null, signal: outside.ended?.signal ?? null, output, pid: outside.pid,
    stdout: output[1] ?? null, stderr: output[2] ?? null,
  };
}

function errorOf({ wanted, argv }: Asked, code: FaultCode): Error {
  return Object.assign(systemError(code, `spawnSync ${wanted.file}`), { path: wanted.file, spawnargs: argv.slice(1) });
}

function failed(what: Asked, code: FaultCode): Result {
  return { error: errorOf(what, code), status: null, signal: null, output: null, pid: 0, stdout: null, stderr: null };
}

function checked(result: Result, options: SpawnOptions, cmd: string): Printed {
  const { error, status, stdout, stderr } = result;
  if (options.stdio === undefined && stderr !== null && stderr.length > 0)
    (get(process, 'stderr') as { write(text: unknown): void }).write(stderr); // Node's own stream
  if (error !== undefined) throw Object.assign(error, result);
  if (status === 0) return stdout;
  const said = stderr !== null && stderr.length > 0 ? `\n${stderr.toString()}` : '';
  throw plainError(`Command failed: ${cmd}${said}`, result);
}

export function execFileSync(...given: unknown[]): Printed {
  const { args, options } = split(given);
  const name = options.argv0 ?? given[0];
  return checked(ran(given[0], args, options), options, [name, ...args].map(String).join(' '));
}

export function execSync(...given: unknown[]): Printed {
  const [command, second] = given;
  checkString(command, 'command');
  const options: SpawnOptions = isObject(second) ? second : {};
  const { shell } = options;
  return checked(ran(command, [], { ...options, shell: typeof shell === 'string' ? shell : true }), options, String(command));
}

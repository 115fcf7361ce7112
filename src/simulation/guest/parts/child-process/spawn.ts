/** Why this file exists: `spawn`, `execFile` and `exec`. Node 20: lib/child_process.js. */
import { under } from '../../stood-for';
import { clearTimer, setTimer } from '../../loop/timers';
import { abortListener } from '../../modules/events/abort';
import { inNodeFrames, madeGeneric } from '../../node-frames';
import { AbortError, checkFunction, checkSignal, checkString, codedError } from '../../node-errors';
import { deferred } from '../../own-promises';
import { NativeRangeError, call, hide, isArray, isCallable, isObject, named, type Callable } from '../../primordials';
import { nextTick } from '../../ticks';
import { Buffer } from '../buffer/part';
import type { Socket } from '../net/part';
import { ChildProcess, plainError, childInside } from './child';
import { asked, killSignalOf, maxBufferOf, split, timeoutOf, type SpawnOptions } from './options';

export function spawn(...given: unknown[]): ChildProcess {
  const { args, options } = split(given);
  return spawned(given[0], args, options);
}

function spawned(file: unknown, args: readonly unknown[], options: SpawnOptions): ChildProcess {
  const what = asked(file, args, options);
  const timeout = timeoutOf(options);
  checkSignal(options.signal, 'options.signal');
  const killSignal = killSignalOf(options);
  const child = new ChildProcess();
  childInside.begin(child, what);
  if (timeout > 0) {
    const timer = setTimer(() => { tryTo(child, () => { child.kill(killSignal); }); }, timeout, [], false);
    child.once('exit', () => { clearTimer(timer); });
  }
  if (options.signal !== undefined) watch(child, options.signal as AbortSignal, killSignal); // just checked
  return child;
}

function tryTo(child: ChildProcess, run: () => void): void {
  try {
    run();
  } catch (error) {
    child.emit('error', error);
  }
}

function watch(child: ChildProcess, signal: AbortSignal, killSignal: string): void {
  const onAbortListener = (): void => {
    tryTo(child, () => {
      if (child.kill(killSignal)) child.emit('error', new AbortError(undefined, { cause: signal.reason as unknown }));
    });
  };
  if (signal.aborted) {
    nextTick(onAbortListener, []);
    return;
  }
  const listening = abortListener(signal, onAbortListener) as Disposable; // it can be ended
  child.once('exit', () => { listening[Symbol.dispose](); });
}

/** What a process printed, and how much of it is kept. */
class Collected {
  readonly #parts: (string | Uint8Array)[] = [];
  #length = 0;

  constructor(stream: Socket, readonly isText: boolean, most: number, name: string, tooMuch: (error: Error) => void) {
    if (isText) setEncoding(stream);
    stream.on('data', (chunk: string | Buffer) => {
      const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.length;
      this.#length += length;
      if (this.#length <= most) {
        this.#parts.push(chunk);
        return;
      }
      this.#parts.push(chunk.slice(0, most - (this.#length - length)));
      tooMuch(codedError(NativeRangeError, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', `${name} maxBuffer length exceeded`));
    });
  }

  get whole(): string | Buffer {
    return this.isText ? this.#parts.join('') : Buffer.concat(this.#parts as Uint8Array[]); // as it reads them
  }
}

function setEncoding(stream: object): void {
  (stream as { setEncoding(name: string): void }).setEncoding('utf8');
}

type Ex = Error & { code?: unknown; cmd?: string };

export function execFile(...given: unknown[]): ChildProcess {
  const [file] = given;
  const rest = given.slice(1);
  const last = rest.find(isCallable);
  const args = isArray(rest[0]) ? (rest[0] as readonly unknown[]) : [];
  const second = isArray(rest[0]) || rest[0] === undefined || rest[0] === null ? rest[1] : rest[0];
  const options: SpawnOptions = isObject(second) && !isCallable(second) ? second : {};
  if (given[3] !== undefined && given[3] !== null) checkFunction(given[3], 'callback');
  return executed([file, args, options], last);
}

type Asked = readonly [file: unknown, args: readonly unknown[], options: SpawnOptions];

/** Its pipes mostly close after it has ended. */
const framesOfExec = [
  ...madeGeneric,
  'ChildProcess.exithandler (node:child_process:422:12)', 'ChildProcess.emit (node:events:524:28)',
  'maybeClose (node:internal/child_process:1104:16)', 'Socket.<anonymous> (node:internal/child_process:456:11)',
  'Socket.emit (node:events:524:28)', 'Pipe.<anonymous> (node:net:343:12)',
];

const succeeded = exithandlerAt('414:7');
const hasFailed = exithandlerAt('430:5');

function exithandlerAt(place: string): (callback: Callable, ...told: unknown[]) => void {
  return under(`ChildProcess.exithandler (node:child_process:${place})`, (callback: Callable, ...told: unknown[]) => {
    call(callback, undefined, ...told);
  });
}

function executed([file, args, options]: Asked, callback: Callable | undefined): ChildProcess {
  const { encoding = 'utf8' } = options;
  const timeout = timeoutOf(options);
  const maxBuffer = maxBufferOf(options);
  const killSignal = killSignalOf(options);
  const child = spawned(file, args, { ...options, timeout: undefined, stdio: undefined });
  const isText = encoding !== 'buffer' && Buffer.isEncoding(encoding as string);
  let ex: Ex | undefined;
  let [isKilled, hasExited] = [false, false];
  const kill = (): void => {
    child.stdout?.destroy();
    child.stderr?.destroy();
    isKilled = true;
    child.kill(killSignal);
  };
  const timer = timeout > 0 ? setTimer(kill, timeout, [], false) : undefined;
  const tooMuch = (error: Error): void => {
    ex = error;
    kill();
  };
  const collect = (name: 'stdout' | 'stderr'): Collected | undefined =>
    child[name] === null ? undefined : new Collected(child[name], isText, maxBuffer, name, tooMuch);
  const [out, err] = [collect('stdout'), collect('stderr')];
  const exithandler = (code?: number, signal?: string | null): void => {
    if (hasExited) return;
    hasExited = true;
    if (timer !== undefined) clearTimer(timer);
    if (callback === undefined) return;
    const none = isText ? '' : Buffer.alloc(0);
    const [stdout, stderr] = [out?.whole ?? none, err?.whole ?? none];
    if (ex === undefined && code === 0 && signal === null) {
      succeeded(callback, null, stdout, stderr);
      return;
    }
    const cmd = [String(file), ...args.map(String)].join(' ');
    const about = { code, killed: child.killed || isKilled, signal };
    ex ??= inNodeFrames(plainError(`Command failed: ${cmd}\n${stderr.toString()}`, about), ...framesOfExec);
    ex.cmd = cmd;
    hasFailed(callback, ex, stdout, stderr);
  };
  child.addListener('close', exithandler);
  child.addListener('error', (error: Error) => {
    ex = error;
    child.stdout?.destroy();
    child.stderr?.destroy();
    exithandler();
  });
  return child;
}

export function exec(...given: unknown[]): ChildProcess {
  const [command, second, third] = given;
  checkString(command, 'command');
  const callback = isCallable(second) ? second : third;
  const options: SpawnOptions = isObject(second) && !isCallable(second) ? second : {};
  const { shell } = options;
  const asked = { ...options, shell: typeof shell === 'string' ? shell : true };
  return executed([command, [], asked], isCallable(callback) ? callback : undefined);
}

/** What `util.promisify` makes of it: the process is on the promise. */
function withPromise(original: (...given: unknown[]) => ChildProcess): Callable {
  return (...given: unknown[]): object => {
    const { promise, resolve, reject } = deferred();
    const child = original(...given, (error: Error | null, stdout: unknown, stderr: unknown) => {
      if (error === null) resolve({ stdout, stderr });
      else reject(Object.assign(error, { stdout, stderr }));
    });
    return Object.assign(promise, { child });
  };
}

const custom = Symbol.for('nodejs.util.promisify.custom');
hide(exec, custom, named(withPromise(exec), 'exec'));
hide(execFile, custom, named(withPromise(execFile), 'execFile'));

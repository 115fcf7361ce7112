/**
 * Why this file exists: the members of `process`: what it says of the machine, its clock, its streams. Node 20:
 * lib/internal/bootstrap/node.js, lib/internal/process/*.js. Numbers about the machine are modelled, and say so.
 */
import { clock } from './clock';
import { endNow } from './ending';
import { whenPolled } from './loop/poll';
import { poolSize } from './loop/pool';
import { ring } from './loop/ring';
import { codedError, invalidType, outOfRange } from './node-errors';
import { nodeVersion } from './node-version';
import { note } from './notes';
import {
  NativeError,
  NativeProxy,
  NativeTypeError,
  defineProperty,
  hide,
  isArray,
  isCallable,
  named,
  type Callable,
} from './primordials';
import { exit, exitWith } from './process-exit';
import { process } from './process-object';
import { inputStream, outputStream } from './process-streams';
import { installWarnings } from './process-warnings';
import { here } from './recorder';
import { nextTick } from './ticks';
import { bootMs } from './time';
import { capture } from './uncaught';

export { process } from './process-object';

/** Linux's, as far as programs send them. */
export const signals: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};

const shellVariables = { HOME: '/home/user', PATH: '/usr/local/bin:/usr/bin:/bin', PWD: '/project' };

/** Environment variables are text, whatever is assigned. */
export function environment(given: Readonly<Record<string, string>>): object {
  const values: Record<string, string> = { ...given };
  poolSize.asked = () => values['UV_THREADPOOL_SIZE'];
  ring.asked = () => values['UV_USE_IO_URING'];
  return new NativeProxy(values, {
    set(target, key, value) {
      if (typeof key === 'symbol') throw new NativeTypeError('Cannot convert a Symbol value to a string');
      target[key] = String(value);
      return true;
    },
  });
}

/** As if the shell had said so. */
export function setUpPool({ threads, ioUring }: { readonly threads?: number; readonly ioUring?: boolean }): void {
  const size = threads === undefined ? {} : { UV_THREADPOOL_SIZE: String(threads) };
  const rings = ioUring === undefined ? {} : { UV_USE_IO_URING: ioUring ? '1' : '0' };
  Object.assign(process, { env: environment({ ...shellVariables, ...size, ...rings }) });
}

/** Nanoseconds since the machine began, which is when the process began. */
function nanoseconds(): bigint {
  return BigInt(Math.round((clock.read() + bootMs) * 1e6));
}

function hrtime(previous?: unknown): [number, number] {
  const now = nanoseconds();
  const [seconds, rest] = [Number(now / 1_000_000_000n), Number(now % 1_000_000_000n)];
  if (previous === undefined) return [seconds, rest];
  if (!isArray(previous)) throw invalidType('time', 'an instance of Array', previous);
  if (previous.length !== 2) throw outOfRange('time', '2', previous.length);
  const [before, beforeRest] = previous as [number, number]; // Node does not look at them either
  return rest < beforeRest ? [seconds - before - 1, rest - beforeRest + 1e9] : [seconds - before, rest - beforeRest];
}

function memory(): Record<string, number> {
  note('modelled', 'process.memoryUsage() answers fixed, plausible numbers.');
  return { rss: 43_000_000, heapTotal: 6_500_000, heapUsed: 5_000_000, external: 1_500_000, arrayBuffers: 10_000 };
}

function cpuUsage(previous?: { readonly user: number; readonly system: number }): Record<string, number> {
  const user = Math.round((clock.read() + bootMs) * 1000);
  return { user: user - (previous?.user ?? 0), system: 10_000 - (previous?.system ?? 0) };
}

/** Processes that the program has started: parts/child-process knows them. */
export const otherProcesses: { kill(pid: number, signal: string): boolean } = { kill: () => false };

/** A signal to the process itself: its listeners in a later turn, else its end. */
function kill(pid: unknown, signal: unknown = 'SIGTERM'): true {
  if (typeof pid !== 'number') throw invalidType('pid', 'of type number', pid);
  const name = typeof signal === 'number' ? Object.keys(signals).find((each) => signals[each] === signal) : signal;
  if (signal !== 0 && (typeof name !== 'string' || signals[name] === undefined))
    throw codedError(NativeTypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${String(signal)}`);
  if (pid !== process.pid && typeof name === 'string' && otherProcesses.kill(pid, name)) return true;
  if (pid !== process.pid)
    throw Object.assign(new NativeError('kill ESRCH'), { errno: -3, code: 'ESRCH', syscall: 'kill' });
  if (typeof name !== 'string') return true;
  const number = signals[name] ?? 0;
  if (process.listenerCount(name) === 0 || name === 'SIGKILL') exitWith(128 + number);
  whenPolled(() => {
    process.emit(name, name, number);
  });
  return true;
}

function setCapture(callback: unknown): void {
  if (callback !== null && !isCallable(callback)) throw invalidType('fn', 'of type function or null', callback);
  if (callback !== null && capture.callback !== null) {
    const message = '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active';
    throw codedError(NativeError, 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET', message);
  }
  capture.callback = callback;
}

function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

const facts = {
  version: nodeVersion,
  versions: { node: nodeVersion.slice(1), modules: '115', napi: '9', uv: '1.46.0', v8: '11.3.244.8-node.38' },
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: 'Iron' },
  features: { inspector: true, debug: false, uv: true, ipv6: true, tls: true },
  title: 'node',
  argv: ['/usr/local/bin/node', '/project/main.js'],
  argv0: '/usr/local/bin/node',
  execArgv: [],
  execPath: '/usr/local/bin/node',
  debugPort: 9229,
  pid: 4242,
  ppid: 4241,
};

const methods: Readonly<Record<string, Callable>> = {
  nextTick: (callback: unknown, ...args: unknown[]): void => {
    nextTick(callback, args);
  },
  cwd: () => '/project',
  uptime: () => (clock.read() + bootMs) / 1000,
  cpuUsage,
  kill,
  abort: () => exitWith(128 + 6),
  umask: () => 0o22,
  getuid: () => 1000,
  geteuid: () => 1000,
  getgid: () => 1000,
  getegid: () => 1000,
  getgroups: () => [1000],
  setUncaughtExceptionCaptureCallback: setCapture,
  hasUncaughtExceptionCaptureCallback: () => capture.callback !== null,
  getActiveResourcesInfo: () => unmodelled('process.getActiveResourcesInfo'),
  chdir: () => unmodelled('process.chdir'),
  dlopen: () => unmodelled('process.dlopen, which loads addons,'),
  loadEnvFile: () => unmodelled('process.loadEnvFile'),
  resourceUsage: () => unmodelled('process.resourceUsage'),
  constrainedMemory: () => 0,
  availableMemory: () => 8_000_000_000,
};

/** Members that real Node has and that are not modelled: reading one ends the run and says so. */
const missing = ['report', 'config', 'allowedNodeEnvironmentFlags'];

export function installProcess(): void {
  Object.assign(process, facts);
  for (const [name, method] of Object.entries(methods)) Object.assign(process, { [name]: named(method, name) });
  const memoryUsage = named(memory, 'memoryUsage');
  Object.assign(memoryUsage, { rss: named(() => memory()['rss'], 'rss') });
  const bigint = named(() => nanoseconds(), 'bigint');
  Object.assign(process, { memoryUsage, exit, hrtime: Object.assign(named(hrtime, 'hrtime', 1), { bigint }) });
  Object.assign(process, { env: environment(shellVariables), stdout: outputStream('stdout'), stderr: outputStream('stderr') });
  let stdin: object | undefined;
  defineProperty(process, 'stdin', {
    get: () => (stdin ??= inputStream(whenPolled)),
    enumerable: true,
    configurable: true,
  });
  for (const name of missing) {
    defineProperty(process, name, { get: () => unmodelled(`process.${name}`), enumerable: true, configurable: true });
  }
  // Node listens for listeners of signals; those who count listeners see it.
  const startListeningIfSignal = named(() => undefined, 'startListeningIfSignal');
  process.on('newListener', startListeningIfSignal);
  process.on(
    'removeListener',
    named(() => undefined, 'stopListeningIfSignal'),
  );
  installWarnings();
  hide(globalThis, 'process', process);
}

/** The second of `process.argv`: the file that runs. */
export function setEntry(path: string): void {
  Object.assign(process, { argv: [facts.execPath, path] });
}

/**
 * Why this file exists: the members of `process`: what it says of the machine, its clock, its streams. Node 20:
 * lib/internal/bootstrap/node.js, lib/internal/process/*.js. Numbers about the machine are modelled, and say so.
 */
import { agent, ask } from './agents';
import { clock } from './clock';
import { endNow } from './ending';
import { environment } from './environment';
import { whenPolled } from './loop/poll';
import { codedError, invalidType, outOfRange } from './node-errors';
import { nodeVersion } from './node-version';
import { note } from './notes';
import {
  NativeError,
  NativeTypeError,
  defineProperty,
  hide,
  isArray,
  isCallable,
  named,
  type Callable,
} from './primordials';
import { installInside } from './process-binding';
import { exit, exitWith } from './process-exit';
import { process } from './process-object';
import { inputStream, outputStream } from './process-streams';
import { installWarnings } from './process-warnings';
import { here } from './recorder';
import { nextTick } from './ticks';
import { bootMs, sinceStart } from './time';
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
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGURG: 23,
  SIGWINCH: 28,
};

const shellVariables = { HOME: '/home/user', PATH: '/usr/local/bin:/usr/bin:/bin', PWD: '/project' };

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
  const user = Math.round(sinceStart() * 1000);
  return { user: user - (previous?.user ?? 0), system: 10_000 - (previous?.system ?? 0) };
}

/** Processes that the program has started: parts/child-process knows them. */
export const otherProcesses: { kill(pid: number, signal: string): boolean } = { kill: () => false };

/** Of a process that another one started: who starts others has to know what it listens to, and how it ends. */
export const ownSignals: { changed(heard: readonly string[]): void; die(signal: string): void } = {
  changed: () => undefined,
  die: () => undefined,
};

function signalsHeard(added?: unknown): readonly string[] {
  return Object.keys(signals).filter((name) => name === added || process.listenerCount(name) > 0);
}

/** Who it comes from does not matter: its listeners hear of it in the poll phase, else it ends the process. */
export function signalCame(name: string): void {
  const number = signals[name] ?? 0;
  if (process.listenerCount(name) === 0 || name === 'SIGKILL') dieOf(name);
  whenPolled(() => {
    process.emit(name, name, number);
  });
}

function dieOf(name: string): never {
  ownSignals.die(name);
  return exitWith(128 + (signals[name] ?? 0));
}

/** A signal to the process itself: its listeners in a later turn, else its end. */
function kill(pid: unknown, signal: unknown = 'SIGTERM'): true {
  if (typeof pid !== 'number') throw invalidType('pid', 'of type number', pid);
  const name = typeof signal === 'number' ? Object.keys(signals).find((each) => signals[each] === signal) : signal;
  if (signal !== 0 && (typeof name !== 'string' || signals[name] === undefined))
    throw codedError(NativeTypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${String(signal)}`);
  const sent = typeof name === 'string' ? name : '0';
  if (pid !== process.pid && otherProcesses.kill(pid, sent)) return true;
  if (pid !== process.pid && agent.meets && ask({ op: 'kill', pid, signal: sent }).isHeard === true) return true;
  if (pid !== process.pid)
    throw Object.assign(new NativeError('kill ESRCH'), { errno: -3, code: 'ESRCH', syscall: 'kill' });
  if (typeof name === 'string' && !(harmless.includes(name) && process.listenerCount(name) === 0)) signalCame(name);
  return true;
}

/** Signals that end nobody who does not listen. */
const harmless: readonly string[] = ['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT'];

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
  uptime: () => sinceStart() / 1000,
  cpuUsage,
  kill,
  abort: () => dieOf('SIGABRT'),
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
  installInside(process);
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
  const isSignal = (type: unknown): boolean => typeof type === 'string' && signals[type] !== undefined;
  const startListeningIfSignal = named((type: unknown) => {
    if (isSignal(type)) ownSignals.changed(signalsHeard(type));
  }, 'startListeningIfSignal');
  process.on('newListener', startListeningIfSignal);
  process.on(
    'removeListener',
    named((type: unknown) => {
      if (isSignal(type)) ownSignals.changed(signalsHeard());
    }, 'stopListeningIfSignal'),
  );
  installWarnings();
  hide(globalThis, 'process', process);
}

/** What stands in `process.argv` besides the executable and the file; without a file none of them is set again. */
const given: { hasFile: boolean; args: readonly string[] } = { hasFile: true, args: [] };

/** The second of `process.argv`: the file that runs. */
export function setEntry(path: string): void {
  if (given.hasFile) Object.assign(process, { argv: [facts.execPath, path, ...given.args] });
}

/** Of a process that another one started. */
export function setArguments(file: string | undefined, args: readonly string[]): void {
  given.hasFile = file !== undefined;
  given.args = args;
  Object.assign(process, { argv: [facts.execPath, ...(file === undefined ? [] : [file]), ...args] });
}

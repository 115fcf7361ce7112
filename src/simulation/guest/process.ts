/**
 * Why this file exists: `process`: its events, its exit, its clock, and what Node does with errors nobody caught. Node
 * 20–24: lib/internal/process/*.
 */
import { clock } from './clock';
import { endNow } from './ending';
import { write } from './console';
import { enterPhase } from './loop/node';
import { inspect } from './inspect';
import { EventEmitter } from './modules/events';
import { NativeError, hide, isObject, named } from './primordials';
import { microtasks, runTask } from './tasks';
import { nextTick, processHooks, ticks } from './ticks';
import { note } from './notes';

/** The Node whose words and numbers are shown. */
export const nodeVersion = 'v20.20.2';

class Process extends EventEmitter {
  exitCode: number | undefined;
  readonly title = 'node';
  readonly version = nodeVersion;
  readonly versions = { node: nodeVersion.slice(1), v8: '11.3.244.8-node.33', uv: '1.46.0', modules: '115' };
  readonly platform = 'linux';
  readonly arch = 'x64';
  readonly pid = 4242;
  readonly ppid = 4241;
  argv: string[] = ['/usr/local/bin/node', '/project/main.js'];
  readonly execArgv: string[] = [];
  readonly execPath = '/usr/local/bin/node';
  readonly env: Record<string, string> = { HOME: '/home/user', PATH: '/usr/local/bin:/usr/bin:/bin', PWD: '/project' };
  readonly stdout = stream('stdout');
  readonly stderr = stream('stderr');
  readonly release = { name: 'node' };

  nextTick(callback: unknown, ...args: unknown[]): void {
    nextTick(callback, args);
  }

  cwd(): string {
    return '/project';
  }

  uptime(): number {
    return (clock.read() + 30) / 1000;
  }

  memoryUsage(): Record<string, number> {
    note('modelled', 'process.memoryUsage() answers fixed, plausible numbers.');
    return { rss: 43_000_000, heapTotal: 6_500_000, heapUsed: 5_000_000, external: 1_500_000, arrayBuffers: 10_000 };
  }

  exit(code?: unknown): never {
    if (code !== undefined) this.exitCode = Number(code);
    this.exitCode = runExit(this.exitCode ?? 0);
    return endNow({ kind: 'exit', message: '', site: 0 });
  }

  emitWarning(warning: unknown, type?: unknown, code?: unknown): void {
    const error = warning instanceof NativeError ? warning : new NativeError(String(warning));
    if (error !== warning) hide(error, 'name', typeof type === 'string' ? type : 'Warning');
    if (typeof code === 'string') Object.assign(error, { code });
    nextTick(() => {
      write('stderr', `(node:${this.pid}) ${error.name}: ${error.message}\n`);
      this.emit('warning', error);
    }, []);
  }
}

function stream(name: 'stdout' | 'stderr'): object {
  return {
    fd: name === 'stdout' ? 1 : 2,
    isTTY: false,
    columns: 80,
    write: named(
      (text: unknown) => {
        write(name, String(text));
        return true;
      },
      'write',
      1,
    ),
  };
}

export const process = new Process();
let exiting = false;

/** `process.on('exit')` listeners run to their end; what they queue will not run. Answers the exit code they leave. */
export function runExit(code: number): number {
  if (exiting) return process.exitCode ?? code;
  exiting = true;
  enterPhase('exit');
  try {
    runTask(0, () => {
      process.emit('exit', code);
    });
  } catch (error) {
    endFatally(error, uncaughtCode);
  }
  return process.exitCode ?? code;
}

/** What a run ends with when an error was not caught: set once. */
export const uncaught: { error: { readonly error: unknown; readonly text: string } | undefined } = { error: undefined };

processHooks.uncaught = (error, from) => {
  if (isOutOfMemory(error)) endNow({ kind: 'budget', message: 'memory', site: 0 });
  const reason = from === 'rejection' && !isErrorLike(error) ? unhandledReason(error) : error;
  if (process.listenerCount('uncaughtException') === 0 || exiting) endFatally(reason, uncaughtCode);
  try {
    runTask(0, () => {
      process.emit('uncaughtException', reason, from === 'exception' ? 'uncaughtException' : 'unhandledRejection');
    });
  } catch (inner) {
    endFatally(inner, handlerFailedCode);
  }
};

const uncaughtCode = 1;
/** Node's exit code when a listener of `uncaughtException` itself throws. */
const handlerFailedCode = 7;

/** Prints an error as Node does, runs the `exit` listeners and ends. */
function endFatally(error: unknown, code: number): never {
  const text = isErrorLike(error) ? inspect(error) : `Uncaught:\n${inspect(error)}`;
  write('stderr', `${text}\n\nNode.js ${nodeVersion}\n`);
  uncaught.error = { error, text };
  process.exitCode = code;
  const left = runExit(code);
  process.exitCode = left === 0 ? code : left;
  return endNow({ kind: 'exit', message: '', site: 0 });
}

processHooks.unhandledRejection = (reason, promise) => {
  if (process.listenerCount('unhandledRejection') === 0) return false;
  process.emit('unhandledRejection', reason, promise);
  return true;
};

processHooks.rejectionHandled = (promise) => {
  if (process.emit('rejectionHandled', promise)) return;
  process.emitWarning('PromiseRejectionHandledWarning: Promise rejection was handled asynchronously');
};

/** The engine's heap is full. In V8 the process ends there and then. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof NativeError && error.name === 'InternalError' && error.message === 'out of memory';
}

function isErrorLike(value: unknown): boolean {
  return value instanceof NativeError || (isObject(value) && Object.hasOwn(value, 'stack'));
}

/** The class of Node's own error; its name is what programs see. */
class UnhandledPromiseRejection extends NativeError {
  readonly code = 'ERR_UNHANDLED_REJECTION';
  override get name(): string {
    return 'UnhandledPromiseRejection';
  }
}

/** Node's ERR_UNHANDLED_REJECTION. */
function unhandledReason(reason: unknown): Error {
  return new UnhandledPromiseRejection(
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise ' +
      `which was not handled with .catch(). The promise rejected with the reason "${inspect(reason)}".`,
  );
}

/** High resolution time from the start of the process, in nanoseconds. */
function hrtime(previous?: readonly [number, number]): [number, number] {
  const ns = BigInt(Math.round(clock.read() * 1e6)) + 30_000_000n;
  const seconds = Number(ns / 1_000_000_000n) - (previous?.[0] ?? 0);
  const rest = Number(ns % 1_000_000_000n) - (previous?.[1] ?? 0);
  return rest < 0 ? [seconds - 1, rest + 1e9] : [seconds, rest];
}
Object.assign(hrtime, { bigint: () => BigInt(Math.round(clock.read() * 1e6)) + 30_000_000n });

export function installProcess(): void {
  Object.assign(process, { hrtime });
  Object.defineProperty(process, Symbol.toStringTag, { value: 'process', configurable: true });
  hide(globalThis, 'process', process);
}

/** True when nothing waits in the two queues that run after every callback. */
export function queuesEmpty(): boolean {
  return ticks.isEmpty && microtasks.isEmpty;
}

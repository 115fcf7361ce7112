/**
 * Why this file exists: the worker's side of its start: it waits for what to run, runs it in the poll phase of its own
 * loop, and tells its parent of an error that nobody caught. Node 20: lib/internal/main/worker_thread.js.
 */
import { clock } from '../../clock';
import { errorMs } from './costs';
import type { WorkerStart } from '../../../agent-messages';
import { codedError } from '../../node-errors';
import { printing } from '../../output';
import { NativeError, NativeSyntaxError, defineProperty, named } from '../../primordials';
import { process } from '../../process-object';
import { processHooks } from '../../ticks';
import { fatal } from '../../uncaught';
import { environmentData } from './environment-data';
import { pack } from './error-crossing';
import { started } from './module';
import { openEnd, startEnd, type End } from './end';
import { portTraffic } from './port-events';
import { listenAsThread } from './thread-messages';
import { post } from './transfer';
import { standardInput } from '../../process-streams';
import { inputOver } from './worker-input';
import { stdioOver, type StreamName } from './worker-stdio';
import type { LoadScript } from './worker-messages';

type FromParent =
  | LoadScript
  | { readonly type: 'stdioWantsMoreData'; readonly stream: StreamName }
  | { readonly type: 'stdin'; readonly chunk: Uint8Array | null };

/** What a worker cannot do. */
const unavailable = ['abort', 'chdir', 'initgroups', 'setegid', 'seteuid', 'setgid', 'setgroups', 'setuid'];

/** Opens the worker's port to Node: its first message starts the program. */
export function awaitProgram(start: WorkerStart, run: () => void): void {
  const isExiting = (): boolean => processHooks.isExiting();
  const end: End = openEnd(start.port, {
    deliver: (given) => {
      const message = given as FromParent; // the parent's side of the runtime sent it
      if (message.type === 'loadScript') {
        if (message.hasStdin) standardInput.source = () => input.source;
        load(end, message, start, run);
      } else if (message.type === 'stdin') input.take(message.chunk);
      else stdio.wantsMore(message.stream);
    },
    fail: () => undefined,
    told: () => undefined,
  });
  const stdio = stdioOver(end, isExiting);
  const input = inputOver(end);
  end.isRefed = true;
  startEnd(end);
  let isFlushedAtExit = false;
  for (const stream of ['stdout', 'stderr'] as const) {
    printing[stream] = (text, written) => {
      if (!isFlushedAtExit) {
        isFlushedAtExit = true;
        process.on('exit', flushSync);
      }
      stdio.write(stream, text, written);
    };
  }
  const flushSync = named((): void => {
    stdio.wantsMore('stdout');
    stdio.wantsMore('stderr');
  }, 'flushSync');
  fatal.report = (error) => {
    clock.spend(errorMs);
    post(end, undefined, { type: 'errorMessage', error: pack(error) }, undefined, 'error');
  };
  for (const name of unavailable) {
    const refuse = named(() => {
      throw codedError(NativeError, 'ERR_WORKER_UNSUPPORTED_OPERATION', `process.${name}() is not supported in workers`);
    }, 'unavailableInWorker');
    defineProperty(process, name, { value: refuse, writable: true, enumerable: true, configurable: true });
  }
}

function load(end: End, message: LoadScript, start: WorkerStart, run: () => void): void {
  end.isRefed = false;
  const entry = message.isData ? [] : [message.isEval ? '[worker eval]' : message.filename];
  const { execPath } = process as unknown as { execPath: string };
  const argv = [execPath, ...entry, ...(message.argv ?? [])];
  Object.assign(process, { argv, execArgv: [...(message.execArgv ?? [])] });
  started.parentPort = message.publicPort;
  started.workerData = message.workerData;
  started.resourceLimits = message.resourceLimits;
  for (const [key, value] of [...message.environmentData]) environmentData.set(key, value);
  listenAsThread(message.ear);
  portTraffic.workerStarted();
  post(end, undefined, { type: 'upAndRunning' }, undefined, 'online');
  const { fault } = start;
  end.next = fault === null ? run : () => { processHooks.uncaught(faultOf(fault), 'exception'); };
}

/** What keeps the file from running is an error of the worker. */
function faultOf(fault: { readonly code: string | null; readonly message: string }): Error {
  if (fault.code === null) return new NativeSyntaxError(fault.message);
  const error = new NativeError(fault.message);
  return Object.assign(error, { code: fault.code, requireStack: [] });
}


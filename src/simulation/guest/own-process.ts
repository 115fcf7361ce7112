/**
 * Why this file exists: this agent is a process that another one started: what it was given before its program begins.
 * Node 20: lib/internal/process/pre_execution.js.
 */
import type { ProcessRequest, WorkerStart } from '../agent-messages';
import { ask } from './agents';
import type { Emitter } from './modules/events/emitter';
import { requireError } from './module-errors';
import { codedError } from './node-errors';
import { NativeError, NativeSyntaxError, hide } from './primordials';
import { printing, sharedOutput } from './output';
import { environment } from './environment';
import { ownSignals, process, setArguments } from './process';
import { standardInput } from './process-streams';
import { sendOn } from './modules/workers/pipes';
import { portTraffic } from './modules/workers/port-events';
import { nextTick } from './ticks';
import { locatedWith } from './thrown-places';

type Start = ProcessRequest & { readonly env: Readonly<Record<string, string>> };

const hooks: ((start: Start) => void)[] = [];

/** What parts do before the program begins: channel, cluster. */
export function atProcessStart(hook: (start: Start) => void): void {
  hooks.push(hook);
}

/** A module is read by the loop, which reads what has come through the channel as well, before the module begins. */
export const beforeModule: { look(): void } = { look: () => undefined };

/** Of this process, for those that it starts: where its descriptors lead. */
export const descriptors: { stdio: ProcessRequest['stdio'] } = { stdio: ['inherit', 'inherit', 'inherit'] };

export function beginProcess({ env, path, isEval, pid }: WorkerStart, start: ProcessRequest): void {
  const { NODE_UNIQUE_ID: ofCluster, ...others } = env;
  Object.assign(process, { env: environment(start.channel === 0 || ofCluster === undefined ? env : others) });
  const { ppid, execArgv, stdio } = start;
  Object.assign(process, { pid, ppid, execArgv: [...execArgv] });
  setArguments(isEval ? undefined : path, start.args);
  descriptors.stdio = stdio;
  sharedOutput.asks = stdio.includes('inherit');
  for (const [fd, name] of [[1, 'stdout'], [2, 'stderr']] as const) {
    const way = stdio[fd];
    if (way === 'ignore') printing[name] = (_, written) => { nextTick(written, []); };
    else if (way !== 'inherit') {
      printing[name] = (text, written) => {
        if (!sendOn(way, `t${text}`)) tellBroken(name);
        nextTick(written, []);
      };
    }
  }
  const [port] = stdio;
  const { open } = standardInput;
  if (typeof port === 'number' && open !== undefined) standardInput.source = () => open(port);
  tellSignals();
  portTraffic.workerStarted();
  for (const hook of hooks) hook({ ...start, env });
}

/**
 * Nobody can read what is printed any more: whoever listens to the stream is told. NOT MODELLED: that `write` without a
 * listener ends the process; the console never does.
 */
function tellBroken(name: 'stdout' | 'stderr'): void {
  nextTick(() => {
    const stream = Reflect.get(process, name) as Emitter; // process.ts put it there
    if (stream.listenerCount('error') === 0) return;
    const error = Object.assign(new NativeError('write EPIPE'), { errno: -32, code: 'EPIPE', syscall: 'write' });
    stream.emit('error', error);
  }, []);
}

/** Signals end a process that does not listen to them: others have to know. */
function tellSignals(): void {
  ownSignals.changed = (heard) => { ask({ op: 'listens', signals: heard }); };
  ownSignals.die = (signal) => { ask({ op: 'dies', signal }); };
}

/** What keeps the program from being read is what its main module throws. */
export function faultOf({ fault, path }: WorkerStart): Error | undefined {
  if (fault === null) return undefined;
  const { code, message, head } = fault;
  if (code === 'MODULE_NOT_FOUND') return requireError(path, []);
  if (code !== null) return codedError(NativeError, code, message);
  const error = new NativeSyntaxError(message);
  hide(error, 'stack', `SyntaxError: ${message}\n    at wrapSafe (node:internal/modules/cjs/loader:1464:18)`);
  return locatedWith(error, head);
}

/** Why this file exists: what a dedicated worker runs in: a scope without a window or a document. HTML §10.2.1. */
import type { WorkerStart } from '../../../../agent-messages';
import { isModuleEntry } from '../../../dynamic-import';
import { portTraffic } from '../../../modules/workers/port-events';
import { printing } from '../../../output';
import { NativeError, NativeTypeError, hide, named, setPrototypeOf } from '../../../primordials';
import { standIn } from '../../../stand-ins';
import { toParent } from '../errors';
import { trusted } from '../events/event';
import { EventTarget, defineHandlers, dispatch } from '../events/event-target';
import { MessageEvent } from '../events/kinds';
import { asInterface, expose, exposeGetter } from '../interfaces';
import { removePageNames } from '../lacking';
import { asCallbacks, enterPhase, loop, runCallback, spin } from '../loop';
import { workerIdentity } from '../navigator';
import { runModule, runScript } from '../page';
import { checkCount } from '../web-errors';
import { openRemote, send } from './remote';

const ofPages = [
  'window', 'document', 'parent', 'top', 'frames', 'opener', 'length', 'requestIdleCallback', 'cancelIdleCallback', 'Window', 'localStorage',
  'sessionStorage', 'alert', 'confirm', 'prompt', 'innerWidth', 'innerHeight', 'devicePixelRatio', 'scrollX', 'scrollY', 'history', 'MutationObserver',
  'Navigator', 'Location', 'navigator', 'location',
];

class WorkerGlobalScope extends EventTarget {
  constructor(name = 'WorkerGlobalScope') {
    throw new NativeTypeError(`Failed to construct '${name}': Illegal constructor`);
    super();
  }
}
class DedicatedWorkerGlobalScope extends WorkerGlobalScope {
  constructor() {
    super('DedicatedWorkerGlobalScope');
  }
}

function install(start: WorkerStart): void {
  for (const name of ofPages) Reflect.deleteProperty(globalThis, name);
  removePageNames();
  asInterface(WorkerGlobalScope, 'WorkerGlobalScope');
  asInterface(DedicatedWorkerGlobalScope, 'DedicatedWorkerGlobalScope');
  setPrototypeOf(globalThis, DedicatedWorkerGlobalScope.prototype);
  hide(globalThis, Symbol.toStringTag, 'DedicatedWorkerGlobalScope');
  const postMessage = (...given: [message?: unknown, options?: unknown]): void => {
    checkCount(given, 1, 'postMessage', 'DedicatedWorkerGlobalScope');
    send(start.port, { data: given[0] }, given[1], 'DedicatedWorkerGlobalScope');
  };
  const close = (): void => {
    loop.isClosing = true;
  };
  expose({
    DedicatedWorkerGlobalScope, WorkerGlobalScope, ...workerIdentity(start.path.replace(/^\/project/, '')), importScripts: standIn('importScripts'),
    postMessage: named(postMessage, 'postMessage', 1), close: named(close, 'close', 0),
  });
  exposeGetter('name', () => start.env['name'] ?? '');
  defineHandlers(globalThis, ['message', 'messageerror', 'error', 'unhandledrejection', 'rejectionhandled']);
}

/** A worker's program, then its loop: it waits for messages until it is ended. */
export function runBrowserWorker(maxTurns: number, start: WorkerStart): void {
  install(start);
  toParent.send = (fault) => {
    send(start.port, { fault }, undefined, 'DedicatedWorkerGlobalScope');
  };
  for (const stream of ['stdout', 'stderr'] as const) {
    printing[stream] = (text, written) => {
      send(start.port, { print: { stream, text } }, undefined, 'DedicatedWorkerGlobalScope');
      written();
    };
  }
  portTraffic.workerStarted();
  enterPhase('main');
  openRemote(start.port, ({ data }, token, ports) => {
    const { caller, finish } = asCallbacks(token, { queue: 'tasks', origin: 'message', label: 'message' });
    dispatch(globalThis, trusted(new MessageEvent('message', { data, ports })), caller);
    finish();
  });
  const { fault } = start;
  if (fault !== null) runCallback(0, () => { throw new NativeError(fault.message); });
  else if (isModuleEntry()) runModule();
  else runCallback(0, runScript);
  spin(maxTurns); // until it closes itself or is stopped
  enterPhase('exit');
}

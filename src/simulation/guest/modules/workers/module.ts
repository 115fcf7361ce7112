/** Why this file exists: `node:worker_threads`. Node 20: lib/worker_threads.js. */
import { agent } from '../../agents';
import { nativeCoded } from '../../node-errors';
import { NativeTypeError, named } from '../../primordials';
import { BroadcastChannel } from './broadcast';
import { endOfPort } from './end';
import { getEnvironmentData, setEnvironmentData } from './environment-data';
import { MessageChannel, MessagePort } from './message-port';
import { receiveMessageOnPort } from './receive';
import { postMessageToThread } from './thread-messages';
import { markAsUntransferable } from './transfer';
import { Worker } from './worker';
import { SHARE_ENV } from './worker-options';

/** What a worker was started with. */
export const started: { parentPort: unknown; workerData: unknown; resourceLimits: object } = {
  parentPort: null,
  workerData: null,
  resourceLimits: {},
};

/** Whoever has made a context has ended the run (`node:vm` is not modelled): whatever is given here is none. */
function moveMessagePortToContext(port: unknown): never {
  const message = endOfPort(port) === undefined ? 'The "port" argument must be a MessagePort instance' : 'Invalid context argument';
  throw nativeCoded(NativeTypeError, 'ERR_INVALID_ARG_TYPE', message);
}

export function workerThreadsModule(): object {
  return {
    isMainThread: agent.threadId === 0,
    MessagePort,
    MessageChannel,
    markAsUntransferable: named(markAsUntransferable, 'markAsUntransferable'),
    moveMessagePortToContext: named(moveMessagePortToContext, 'moveMessagePortToContext'),
    receiveMessageOnPort: named(receiveMessageOnPort, 'receiveMessageOnPort'),
    resourceLimits: started.resourceLimits,
    postMessageToThread: named(postMessageToThread, 'postMessageToThread', 4),
    threadId: agent.threadId,
    SHARE_ENV,
    Worker,
    parentPort: started.parentPort,
    workerData: started.workerData,
    BroadcastChannel,
    setEnvironmentData: named(setEnvironmentData, 'setEnvironmentData'),
    getEnvironmentData: named(getEnvironmentData, 'getEnvironmentData'),
  };
}

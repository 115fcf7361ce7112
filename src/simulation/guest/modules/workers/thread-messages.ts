/**
 * Why this file exists: postMessageToThread: a message to any thread of the process, which hears it as an event of its
 * `process`. As in Node it goes by the main thread, and shared memory says how it was received. Node 20:
 * lib/internal/worker/messaging.js.
 */
import { agent, ask } from '../../agents';
import { checkNumber, codedError } from '../../node-errors';
import { rejectedWith, resolvedWith } from '../../own-promises';
import { NativeError } from '../../primordials';
import { process } from '../../process-object';
import { promiseThen } from '../../promise-methods';
import { preview } from '../../preview';
import { recording } from '../../recorder';
import { messageSaid } from '../../loop/agent-races';
import { beforeMessage } from '../../loop/nudges';
import { newPortNumber, openEnd, startEnd } from './end';
import { portTraffic } from './port-events';
import { cellOf, notifyAt, waitLater } from './shared-waiting';
import { newMessageNumber, pack } from './transfer';

/** Bytes of the memory: Node's status, which is waited for, and its result. */
const [statusAt, resultAt, memorySize] = [0, 4, 8];
const [delivered, noListeners, listenerFailed] = [0, 1, 2];
const answered = 1;
const NativeShared = SharedArrayBuffer;

interface Letter {
  readonly source: number;
  readonly value: unknown;
  readonly memory: SharedArrayBuffer;
}

/** A letter, written already, on its way by the main thread. */
interface Envelope {
  readonly destination: unknown;
  readonly packed: ReturnType<typeof pack>;
  readonly id: number;
  readonly memory: SharedArrayBuffer;
}

/** Of the process to which this thread belongs: the program may write over `process.pid`. */
const own: { pid: number; isOpen: boolean } = { pid: 0, isOpen: false };

/** No program names a BroadcastChannel so. */
function channelOf(threadId: unknown): string {
  return `\0thread ${String(threadId)} of ${own.pid}`;
}

/** A thread's ear, which lives as long as the worker; its parent opens it, so that nothing is lost before it starts. */
export function joinThread(threadId: number, port: number): void {
  openOwnEar();
  ask({ op: 'join', port, channel: channelOf(threadId) });
  ask({ op: 'detach', port, messages: [] });
}

/** The worker that has just started listens. */
export function listenAsThread(port: number): void {
  own.pid = process.pid;
  own.isOpen = true;
  ask({ op: 'attach', port });
  listen(port);
}

/** A main thread listens from its first worker on: before, nobody could write to it. */
function openOwnEar(): void {
  if (own.isOpen || agent.threadId !== 0) return;
  own.pid = process.pid;
  own.isOpen = true;
  const port = newPortNumber();
  ask({ op: 'join', port, channel: channelOf(0) });
  listen(port);
}

function listen(port: number): void {
  const end = openEnd(port, {
    deliver: (message) => {
      const come = message as Letter | Envelope; // those below sent it
      if ('packed' in come) forward(come);
      else receive(come);
    },
    fail: () => undefined,
    told: () => undefined,
  });
  startEnd(end);
}

function receive({ source, value, memory }: Letter): void {
  let result = listenerFailed;
  try {
    result = process.emit('workerMessage', value, source) ? delivered : noListeners;
  } catch {
    // Who wrote is told that its listener failed; nobody else hears of it.
  }
  answer(memory, result);
}

function answer(memory: SharedArrayBuffer, result: number): void {
  const bytes = new Uint8Array(memory);
  bytes[resultAt] = result;
  bytes[statusAt] = answered;
  notifyAt(cellOf(memory, statusAt), 1);
}

function forward({ destination, packed, id, memory }: Envelope): void {
  if (!send(destination, id, () => packed)) answer(memory, noListeners);
}

/** Whoever joins a channel for a moment is heard by the one who listens to it; false where nobody does. */
function send(destination: unknown, id: number, write: () => ReturnType<typeof pack>): boolean {
  const port = newPortNumber();
  const { isHeard } = ask({ op: 'join', port, channel: channelOf(destination) });
  try {
    if (isHeard === true) ask({ op: 'post', port, ...write(), id });
  } finally {
    ask({ op: 'close', port });
  }
  return isHeard === true;
}

/** Its promise is settled when the other thread has heard it, or cannot; `timeout` in milliseconds. */
export function postMessageToThread(
  threadId: unknown,
  value: unknown,
  transferList: unknown,
  timeout: unknown,
): object {
  try {
    const isShort = typeof transferList === 'number' && timeout === undefined;
    return posted(threadId, value, isShort ? [] : transferList, isShort ? transferList : timeout);
  } catch (error) {
    return rejectedWith(error);
  }
}

function posted(threadId: unknown, value: unknown, transferList: unknown, timeout: unknown): object {
  if (timeout !== undefined) checkNumber(timeout, 'timeout', 0);
  if (threadId === agent.threadId)
    throw codedError(NativeError, 'ERR_WORKER_MESSAGING_SAME_THREAD', 'Cannot sent a message to the same thread');
  const memory = new NativeShared(memorySize);
  const ms = timeout === undefined ? Infinity : (timeout as number); // just checked
  const waiting = ms === 0 ? resolvedWith('timed-out') : waitLater(cellOf(memory, statusAt), ms);
  write({ source: agent.threadId, value, memory }, transferList, threadId);
  return promiseThen(waiting, (how: unknown) => told(how, memory), undefined);
}

function write(letter: Letter, list: unknown, destination: unknown): void {
  openOwnEar();
  const id = newMessageNumber();
  const packed = (): ReturnType<typeof pack> => {
    const written = pack(letter, list);
    messageSaid();
    beforeMessage(id);
    portTraffic.posted(id, recording.on ? preview(letter.value) : '', written.text.length);
    return written;
  };
  const { memory } = letter;
  const envelope = (): Envelope => ({ destination, packed: packed(), id, memory });
  if (agent.threadId !== 0) send(0, 0, () => pack(envelope(), undefined));
  else if (!send(destination, id, packed)) answer(memory, noListeners);
}

function told(how: unknown, memory: SharedArrayBuffer): undefined {
  if (how === 'timed-out')
    throw codedError(NativeError, 'ERR_WORKER_MESSAGING_TIMEOUT', 'Sending a message to another thread timed out');
  const result = new Uint8Array(memory)[resultAt];
  if (result === noListeners)
    throw codedError(NativeError, 'ERR_WORKER_MESSAGING_FAILED', 'Cannot find the destination thread or listener');
  if (result === listenerFailed) throw codedError(NativeError, 'ERR_WORKER_MESSAGING_ERRORED', failedWords);
  return undefined;
}

const failedWords = 'The destination thread threw an error while processing the message';

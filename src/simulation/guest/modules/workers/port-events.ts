/** Why this file exists: what the record tells of ports and workers; each message is a task of its receiver. */
import type { Arrival } from '../../../agent-messages';
import { code, emit, emitMore, here, recording, text, top, word } from '../../recorder';
import { taskCancelled, taskQueued } from '../../tasks';

type Message = Extract<Arrival, { kind: 'message' }>;

const posted = code('message-posted');
const arrived = code('message-arrived');
const taken = code('message-taken');
const created = code('worker-created');
const started = code('worker-started');
const blocked = code('agent-blocked');
const unblocked = code('agent-unblocked');

/** Tasks of messages that wait in a port, by the message. */
const tasks = new WeakMap<object, number>();

export const portTraffic = {
  /** `isChannel`: it goes from process to process. */
  posted(id: number, label: string, size: number, isChannel = false): void {
    if (!recording.on || id === 0) return;
    emit(posted, id, text(label), size, here(), top()?.id ?? 0);
    emitMore(isChannel ? 1 : 0, 0, 0, 0, 0);
  },
  arrived(message: Message): void {
    if (!recording.on || message.id === 0) return; // Node's own talk
    const task = taskQueued({ queue: 'messages', origin: 'message', label: 'message', site: 0 });
    tasks.set(message, task);
    emit(arrived, message.id, task);
  },
  /** The task of a message that is told now. */
  received(message: Message): number {
    return tasks.get(message) ?? 0;
  },
  taken(message: Message): void {
    portTraffic.dropped(message);
    emit(taken, message.id);
  },
  /** It will not be told here. */
  dropped(message: object): void {
    taskCancelled(tasks.get(message) ?? 0);
  },
  /** `pid`: of a process of its own. */
  workerCreated(thread: number, label: string, pid = 0): void {
    if (recording.on) emit(created, thread, text(label), here(), pid);
  },
  workerStarted(): void {
    emit(started);
  },
  blocked(): void {
    emit(blocked, here());
  },
  unblocked(how: 'ok' | 'timed-out'): void {
    emit(unblocked, word(how));
  },
};

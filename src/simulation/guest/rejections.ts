/**
 * Why this file exists: promises that were rejected and nobody handled: when Node tells of them, and of those that are
 * handled after all. Node 20: lib/internal/process/promises.js, with its default --unhandled-rejections=throw.
 */
import { SafeMap, SafeWeakMap } from './primordials';
import { rejectionTracker } from './promise-reactions';
import type { PromiseSlot } from './promise-slot';
import { code, emit, valueText } from './recorder';
import { under } from './stood-for';
import { TaskQueue } from './tasks';

/** What process.ts supplies. */
export const rejectionHooks: {
  /** Tells that nobody handles it; may throw what a listener throws. */
  unhandled(reason: unknown, promise: object): void;
  handled(promise: object, id: number): void;
} = { unhandled: () => undefined, handled: () => undefined };

const unhandled = code('rejection-unhandled');
const handledLater = code('rejection-handled');

interface Suspect {
  readonly slot: PromiseSlot;
  /** Counts all rejections without a handler: Node shows it in its warning. */
  readonly id: number;
}

let lastId = 0;
let pending = new SafeMap<object, Suspect>();
const told = new SafeWeakMap<object, Suspect>();
const repented = new TaskQueue<{ readonly promise: object; readonly id: number }>();

rejectionTracker.reject = (promise, slot) => {
  pending.set(promise, { slot, id: ++lastId });
};

rejectionTracker.handle = (promise, slot) => {
  emit(handledLater, slot.id);
  if (pending.delete(promise)) return;
  const suspect = told.get(promise);
  if (suspect === undefined) return;
  told.delete(promise);
  repented.push({ promise, id: suspect.id });
};

/** hasRejectionToWarn. */
export function hasJudgements(): boolean {
  return pending.size !== 0 || !repented.isEmpty;
}

/** processPromiseRejections: true when something may have been queued. */
export function judgeRejections(): boolean {
  let mayHaveQueued = !repented.isEmpty;
  for (let each = repented.shift(); each !== undefined; each = repented.shift()) tellHandled(each.promise, each.id);
  const judged = pending;
  pending = new SafeMap<object, Suspect>();
  for (const [promise, suspect] of judged) {
    told.set(promise, suspect);
    mayHaveQueued = true;
    const reason = suspect.slot.result;
    emit(unhandled, suspect.slot.id, valueText(reason));
    tellUnhandled(reason, promise);
  }
  return mayHaveQueued || pending.size !== 0;
}

const file = 'node:internal/process/promises';

const tellHandled = under(`processPromiseRejections (${file}:441:18)`, (promise: object, id: number) => {
  rejectionHooks.handled(promise, id);
});
const tellUnhandled = under(
  [
    `emitUnhandledRejection (${file}:250:13)`,
    `throwUnhandledRejectionsMode (${file}:385:19)`,
    `processPromiseRejections (${file}:470:17)`,
  ],
  (reason: unknown, promise: object) => {
    rejectionHooks.unhandled(reason, promise);
  },
);

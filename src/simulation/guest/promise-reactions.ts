/**
 * Why this file exists: who waits for a promise, and the jobs that tell them. ECMA-262 §27.2.1.8, §27.2.2.1,
 * §27.2.5.4.1.
 */
import { asyncContext } from './async-context';
import { asyncBase } from './async-stack';
import { isNodes } from './node-code';
import { call, type Callable } from './primordials';
import { asJobOf, promiseHooks } from './promise-hooks';
import { knownSlot, type PromiseSlot, type Reaction } from './promise-slot';
import { code, emit, nameOf, recording, siteOf } from './recorder';
import { enqueueJob } from './tasks';

const awaited = code('promise-awaited');

/** ECMA-262 §27.2.1.9 HostPromiseRejectionTracker; Node's answer stands in rejections.ts. */
export const rejectionTracker: {
  reject(promise: object, slot: PromiseSlot): void;
  handle(promise: object, slot: PromiseSlot): void;
  /** V8's own: a promise that has its answer is given another. */
  again(how: 'resolve' | 'reject', promise: object, value: unknown): void;
} = {
  reject: () => undefined,
  handle: () => undefined,
  again: () => undefined,
};

/** PerformPromiseThen on a promise that nobody sees and that is fulfilled: its number is all there is of it. */
export function awaitUnseen(id: number, value: unknown, { settle, frame }: Pick<Reaction, 'settle' | 'frame'>): void {
  emit(awaited, id, frame, 0);
  const origin = frame === 0 && isNodes() ? 'internal' : 'await';
  enqueueJob({ queue: 'microtasks', origin, label: '', site: 0, promise: id, frame }, () => settle?.(true, value), asyncContext.current);
}

/** ECMA-262 §27.2.1.8 TriggerPromiseReactions. */
export function trigger(first: Reaction | undefined, ok: boolean, value: unknown, promise: number): void {
  for (let reaction = first; reaction !== undefined; reaction = reaction.next)
    enqueueReaction(reaction, ok, value, promise);
}

function enqueueReaction(reaction: Reaction, ok: boolean, value: unknown, promise: number): void {
  const handler = ok ? reaction.onFulfilled : reaction.onRejected;
  const origin = reaction.isNodes === true ? 'internal' : reaction.settle === undefined ? 'then' : 'await';
  const site = handler === undefined ? 0 : siteOf(handler);
  const label = handler === undefined ? '' : nameOf(handler);
  enqueueJob(
    { queue: 'microtasks', origin, label, site, promise, frame: reaction.frame },
    () => {
      runHeard(reaction, handler, ok, value);
    },
    reaction.context,
  );
}

/** The same while hooks listen: an await has a promise that nobody else sees. */
function runHeard(reaction: Reaction, handler: Callable | undefined, ok: boolean, value: unknown): void {
  const { unseen, derived } = reaction;
  asJobOf(unseen ?? derived, () => {
    runReaction(reaction, handler, ok, value);
    if (unseen !== undefined) promiseHooks.by?.settled(unseen);
  });
}

/** ECMA-262 §27.2.2.1 NewPromiseReactionJob. */
function runReaction(reaction: Reaction, handler: Callable | undefined, ok: boolean, value: unknown): void {
  if (reaction.settle !== undefined) {
    reaction.settle(ok, value);
    return;
  }
  let result = value;
  let fine = ok;
  const capability = reaction.capability;
  if (handler !== undefined) {
    // A job of a class of its own is for nobody: V8 follows promises of the language's own alone.
    asyncBase.current = capability?.onResolve === capability?.resolve ? capability : undefined;
    try {
      result = call(handler, undefined, value);
      fine = true;
    } catch (error) {
      result = error;
      fine = false;
    }
    asyncBase.current = undefined;
  }
  if (capability === undefined) return;
  if (fine) capability.resolve(result);
  else capability.reject(result);
}

/** ECMA-262 §27.2.5.4.1 PerformPromiseThen. */
export function performThen(promise: object, reaction: Reaction): void {
  const slot = knownSlot(promise);
  emit(awaited, slot.id, reaction.frame, reaction.derived);
  reaction.context = asyncContext.current;
  reaction.isNodes = reaction.frame === 0 && isNodes();
  if (promiseHooks.by !== undefined && reaction.settle !== undefined && reaction.derived === 0) {
    reaction.unseen = ++recording.lastPromise;
    promiseHooks.by.init(reaction.unseen, slot.id, promiseHooks.unseen());
  }
  const wasHandled = slot.handled;
  slot.handled = true;
  if (slot.state === 'pending') {
    if (slot.lastReaction === undefined) slot.firstReaction = reaction;
    else slot.lastReaction.next = reaction;
    slot.lastReaction = reaction;
    return;
  }
  if (slot.state === 'rejected' && !wasHandled) rejectionTracker.handle(promise, slot);
  enqueueReaction(reaction, slot.state === 'fulfilled', slot.result, slot.id);
}

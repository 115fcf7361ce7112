/**
 * Why this file exists: who waits for what runs now: the `at async` lines of a stack. V8 11.3:
 * src/execution/isolate.cc, CaptureAsyncStackTrace: it follows the one reaction that each pending promise has.
 */
import { NativeWeakMap, apply } from './primordials';
import { slotOf } from './promise-slot';
import type { Reaction } from './promise-slot';

/** An async function that waits: its result, and where its await stands. */
export interface Awaiter {
  readonly promise: object;
  site: number;
}

/** The async function that the current job goes on with; undefined in any other task. */
export const asyncBase: { current: Awaiter | undefined } = { current: undefined };

interface Element {
  readonly promise: object;
  /** `Promise.all` or its like. */
  readonly name: string;
  readonly index: number;
}

const elements = new NativeWeakMap<object, Element>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** Promise.all and its like wait for one of their elements by this function. */
export function waitsFor(element: object, promise: object, name: string, index: number): void {
  apply(remember, elements, [element, { promise, name, index }]);
}

/** One line: the site of an await, or which element of Promise.all. */
export type AsyncLine = { readonly site: number } | { readonly name: string; readonly index: number };

/** Those who wait for the async function that runs now, the nearest first. */
export function waiting(most: number, each: (line: AsyncLine) => void): void {
  let promise = asyncBase.current?.promise;
  for (let i = 0; i < most && promise !== undefined; ) {
    const slot = slotOf(promise);
    const reaction: Reaction | undefined = slot?.state === 'pending' ? slot.firstReaction : undefined;
    if (reaction === undefined || reaction.next !== undefined) return;
    if (reaction.awaiter !== undefined) {
      each({ site: reaction.awaiter.site });
      promise = reaction.awaiter.promise;
      i++;
      continue;
    }
    const element = reaction.onFulfilled && (apply(lookUp, elements, [reaction.onFulfilled]) as Element | undefined);
    if (element !== undefined) {
      each({ name: element.name, index: element.index });
      i++;
    }
    promise = element?.promise ?? reaction.capability?.promise;
  }
}

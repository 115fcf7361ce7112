/**
 * Why this file exists: who waits for what runs now: the `at async` lines of a stack. V8 11.3:
 * src/execution/isolate.cc, CaptureAsyncStackTrace: it follows the one reaction that each pending promise has.
 */
import type { CalledOn } from './called-on';
import { NativeWeakMap, apply } from './primordials';
import { slotOf } from './promise-slot';
import type { Reaction } from './promise-slot';
import { nodeFrames } from './stood-for';

/** Whose promise others wait for: an async function's result, a generator's request, what `then` made. */
export interface Awaited {
  /** Undefined once a generator has answered all requests. */
  readonly promise: object | undefined;
  /** Frames of Node's own that wait before anybody else does, the innermost first. */
  readonly waiters?: readonly string[];
  /** What its function was called on, where no place of the program says so. */
  readonly on?: CalledOn | undefined;
}

/** An async function or generator that waits, and where its await stands. */
export interface Awaiter extends Awaited {
  site: number;
  /** Where it is Node's own that waits: its frames. */
  readonly lines?: readonly string[];
}

/** An await on behalf of whoever is answered when a stack is asked for. */
export function waitsAt(who: Awaited, site: number): Awaiter {
  return {
    get promise() {
      return who.promise;
    },
    site,
  };
}

/** An await in a function of Node's, whose lines are these, the innermost first. */
export function waitsInNode(promise: object | undefined, lines: readonly string[]): Awaiter {
  return { promise, site: inNode, lines };
}

const inNode = -1;

/** What the current job of a promise is for; undefined in any other task. */
export const asyncBase: { current: Awaited | undefined } = { current: undefined };

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

const resolved = new NativeWeakMap<object, object>();

/** A function that may be handed to `then` resolves a promise: who waits for that waits for both. */
export function resolves(resolve: object, promise: object): void {
  apply(remember, resolved, [resolve, promise]);
}

/** One line: the site of an await, one of Node's own, or which element of Promise.all. */
export type AsyncLine =
  | { readonly site: number; readonly on: CalledOn | undefined }
  | { readonly text: string }
  | { readonly name: string; readonly index: number };

/** What a reaction settles, if it is a promise of the language's own. */
function promiseOf({ onFulfilled, capability }: Reaction): object | undefined {
  const promise = onFulfilled && (apply(lookUp, resolved, [onFulfilled]) as object | undefined);
  return promise ?? (capability?.onResolve === capability?.resolve ? capability?.promise : undefined);
}

/** Those who wait for the async function that runs now, the nearest first. */
export function waiting(most: number, each: (line: AsyncLine) => void): void {
  let promise = asyncBase.current?.promise;
  let i = nodeLines(asyncBase.current?.waiters, most, each);
  while (i < most && promise !== undefined) {
    const slot = slotOf(promise);
    const reaction: Reaction | undefined = slot?.state === 'pending' ? slot.firstReaction : undefined;
    if (reaction === undefined || reaction.next !== undefined) return;
    if (reaction.awaiter !== undefined) {
      const { awaiter } = reaction;
      if (awaiter.site === inNode) i += nodeLines(awaiter.lines, most - i, each);
      else {
        each({ site: awaiter.site, on: awaiter.on });
        i++;
      }
      promise = awaiter.promise;
      continue;
    }
    const element = reaction.onFulfilled && (apply(lookUp, elements, [reaction.onFulfilled]) as Element | undefined);
    if (element !== undefined) {
      each({ name: element.name, index: element.index });
      i++;
    }
    promise = element?.promise ?? promiseOf(reaction);
  }
}

function nodeLines(lines: readonly string[] | undefined, most: number, each: (line: AsyncLine) => void): number {
  const count = lines === undefined || !nodeFrames.shown ? 0 : lines.length < most ? lines.length : most;
  for (let i = 0; i < count; i++) each({ text: lines?.[i] ?? '' });
  return count;
}

/**
 * Why this file exists: of an async arrow function that goes on after an await V8 still knows what it was called on: a
 * listener is `Server.<anonymous>`, a timer's callback `Timeout._onTimeout`. Its callers say so before they call.
 */
import type { Callable } from './primordials';
import { classNameOf } from './receivers';
import { markedSite } from './recorder';

export interface CalledOn {
  /** Its constructor's name. */
  readonly type: string;
  /** The property that holds the function, '' when none does. */
  readonly method: string;
}

/** The callback that was called last, unless an async function has begun since. */
const last: { callback: Callable | undefined; on: object | string; method: string } = {
  callback: undefined, on: '', method: '',
};

/** `on`: the object, or the name of its class. */
export function noteCalledOn(callback: Callable, on: object | string, method = ''): void {
  last.callback = callback;
  last.on = on;
  last.method = method;
}

/** What the async function of this site, which begins, was called on, if it is the last callback. */
export function takeCalledOn(site: number): CalledOn | undefined {
  const { callback, on, method } = last;
  if (callback === undefined) return undefined;
  last.callback = undefined;
  if (markedSite(callback) !== site) return undefined;
  return { type: typeof on === 'string' ? on : classNameOf(on), method };
}

/**
 * Why this file exists: async functions and async generators in the parts (`parts/`), and in libraries that they
 * bundle. The build lowers them to generators; these drive them with our promises and the specification's jobs. They
 * are Node's own functions, not the program's: no frames.
 */
import { askFor, callAsyncGenerator } from './async-generator';
import { runAsync } from './await';
import { resumeNative } from './generators';
import { apply, type Callable } from './primordials';

type Body = Callable;
type Arguments = ArrayLike<unknown> | null;
type Resumed = 'next' | 'throw' | 'return';

const none: never[] = [];

/** An async function: every `yield` of its body is an await. */
export function async(self: unknown, args: Arguments, body: Body): object {
  // A lowered body is a generator function.
  const start = (): Generator => apply(body, self, args ?? none) as Generator;
  return runAsync(start, 'async-function');
}

/** What the body of an async generator yields to await it. */
export class await_ {
  constructor(readonly value: unknown) {}
}
export { await_ as await };

export function asyncGenerator(self: unknown, args: Arguments, body: Body): object {
  const inner = apply(body, self, args ?? none) as object; // a lowered body is a generator function
  return callAsyncGenerator(-1, () => drive(inner, 'next', undefined), undefined, none, undefined);
}

/** Says before each `yield` what it is, as the runtime's own lowering does. */
function* drive(inner: object, first: Resumed, given: unknown): Generator<unknown, unknown, unknown> {
  let how = first;
  let sent = given;
  for (;;) {
    const step = resumeNative(inner, how, sent);
    const { done } = step;
    const value: unknown = step.value;
    if (done === true && (value === undefined || first === 'return')) return value; // only a value is awaited
    let isResumed = false;
    try {
      askFor('await');
      const awaited = yield value instanceof await_ ? value.value : value;
      if (done === true) return awaited;
      sent = awaited;
      if (!(value instanceof await_)) {
        askFor('yield');
        sent = yield awaited;
      }
      how = 'next';
      isResumed = true;
    } catch (error) {
      if (done === true) throw error;
      how = 'throw';
      sent = error;
      isResumed = true;
    } finally {
      // The consumer has had enough: the body's own `finally` blocks run. With values nobody returns here.
      if (!isResumed && done !== true) yield* drive(inner, 'return', undefined);
    }
  }
}

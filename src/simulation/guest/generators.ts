/**
 * Why this file exists: sync generators run by the engine itself; the record needs to know when their frames come and
 * go. The methods of
 * the generator prototype are wrapped (a generator's frame is found by its object), and the lowered `yield` says when
 * it parks.
 */
import { popFrame, pushFrame, resumeFrame, suspendFrame } from './frames';
import {
  NativeWeakMap, apply, getOwnPropertyDescriptor, getPrototypeOf, hide, isObject, named, type Callable,
} from './primordials';
import { proxyDetails } from './proxies';
import { recording, stack, type Frame } from './recorder';

const generatorPrototype = getPrototypeOf(
  function* () {
    /* only its prototype is wanted */
  }.prototype as object,
) as Record<string, Callable>;
const native = {
  next: generatorPrototype['next'],
  return: generatorPrototype['return'],
  throw: generatorPrototype['throw'],
};
const frames = new NativeWeakMap<object, Frame>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;
let running: object | undefined;

/** The engine's own methods, for generators that the runtime drives itself. */
export function resumeNative(
  generator: object,
  how: 'next' | 'return' | 'throw',
  value: unknown,
): IteratorResult<unknown> {
  // The engine's own methods answer so.
  return apply(native[how] as Callable, generator, [value]) as IteratorResult<unknown>;
}

/** $_y: a generator's body begins, at its first `next`. */
export function onGeneratorEnter(site: number, args: readonly unknown[]): Frame | undefined {
  const frame = pushFrame(site, args);
  if (frame !== undefined && running !== undefined) apply(remember, frames, [running, frame]);
  return frame;
}

/** $_p: before `yield`; the frame leaves the stack. Answers the yielded value. */
export function onYield(frame: Frame | undefined, site: number, value: unknown): unknown {
  suspendFrame(frame, site, 'yield', 0, value);
  return value;
}

/** $_z: a generator's body ends. */
export function onGeneratorLeave(
  frame: Frame | undefined,
  error: { readonly error: unknown } | undefined,
  value: unknown,
): void {
  popFrame(frame, error ? 'threw' : 'returned', error ? error.error : value);
}

function wrap(how: 'next' | 'return' | 'throw'): void {
  const method = {
    call(this: object, value?: unknown): unknown {
      if (!recording.on) return apply(native[how] as Callable, this, [value]);
      const before = running;
      running = enter(this, how, value);
      try {
        const answer: unknown = apply(native[how] as Callable, this, [value]);
        parkDelegating(this, answer);
        return answer;
      } finally {
        running = before;
      }
    },
  }.call;
  hide(generatorPrototype, how, named(method, how, 1));
}

/** A generator is about to go on: its frame, once it has one, comes back. Answers the generator. */
function enter(generator: object, how: 'next' | 'return' | 'throw', value: unknown): object {
  const frame = apply(lookUp, frames, [generator]) as Frame | undefined;
  if (frame !== undefined && !frame.ended && !isOnStack(frame)) resumeFrame(frame, how, value);
  return generator;
}

/** A generator that came back and is still on the stack parked in a `yield*`, which the engine runs by itself. */
function parkDelegating(generator: object, answer: unknown): void {
  const frame = apply(lookUp, frames, [generator]) as Frame | undefined;
  if (frame === undefined || frame.ended || !isOnStack(frame)) return;
  suspendFrame(frame, frame.at, 'yield', 0, valueOf(answer));
}

/** The value in an iterator's result, as far as it can be read without running code of the program. */
function valueOf(result: unknown): unknown {
  if (!isObject(result) || proxyDetails(result) !== undefined) return undefined;
  return getOwnPropertyDescriptor(result, 'value')?.value as unknown;
}

function isOnStack(frame: Frame): boolean {
  for (let i = stack.length - 1; i >= 0; i--) if (stack[i] === frame) return true;
  return false;
}

/** Puts the recording methods in place of the engine's. */
export function installGenerators(): void {
  wrap('next');
  wrap('return');
  wrap('throw');
}

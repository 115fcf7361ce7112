/**
 * Why this file exists: sync generators run by the engine itself; the record needs to know when their frames come and
 * go. The methods of
 * the generator prototype are wrapped (a generator's frame is found by its object), and the lowered `yield` says when
 * it parks.
 */
import { popFrame, pushFrame, resumeFrame, suspendFrame, type Locals } from './frames';
import {
  NativeTypeError,
  NativeWeakMap,
  SafeWeakMap,
  apply,
  get,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  inOrder,
  isObject,
  named,
  type Callable,
} from './primordials';
import { proxyDetails } from './proxy-guards';
import { recording, stack, type Frame } from './recorder';
import { describe } from './words';

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
export const nativeNext = native.next as Callable;
const frames = new NativeWeakMap<object, Frame>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;
/** The methods by which a generator's body runs. */
const callers = new SafeWeakMap<object, 'next' | 'return' | 'throw'>();
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

/** Tells of another method that runs bodies. */
export function isResumer(f: object, how: 'next' | 'return' | 'throw'): void {
  callers.set(f, how);
}

/** The method that runs a body, if the function is one. */
export function resumedBy(f: unknown): string | undefined {
  return isObject(f) ? callers.get(f) : undefined;
}

/** $_y: a generator's body begins, at its first `next`. */
export function onGeneratorEnter(site: number, args: readonly unknown[]): Frame | undefined {
  const frame = pushFrame(site, args);
  if (frame !== undefined && running !== undefined) apply(remember, frames, [running, frame]);
  return frame;
}

/** $_p: before `yield`; the frame leaves the stack. Answers the yielded value. */
export function onYield(frame: Frame | undefined, site: number, value: unknown, locals?: Locals): unknown {
  suspendFrame(frame, site, 'yield', 0, value, locals);
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

/** The engine's own method, with V8's words for what is no generator. */
function resumed(generator: object, how: 'next' | 'return' | 'throw', value: unknown): unknown {
  try {
    return resumeNative(generator, how, value);
  } catch (error) {
    if (!(error instanceof NativeTypeError) || error.message !== 'not a generator') throw error;
    throw new NativeTypeError(
      `Method [Generator].prototype.${how} called on incompatible receiver ${describe(generator)}`,
    );
  }
}

function wrap(how: 'next' | 'return' | 'throw'): void {
  const method = {
    call(this: object, value?: unknown): unknown {
      if (!recording.on) return resumed(this, how, value);
      const before = running;
      running = enter(this, how, value);
      try {
        const result = resumed(this, how, value);
        parkDelegating(this, result);
        return result;
      } finally {
        running = before;
      }
    },
  }.call;
  hide(generatorPrototype, how, named(method, how, 1));
  callers.set(method, how);
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

/** Puts the recording methods in place of the engine's, and the keys of the prototypes in V8's order. */
export function installGenerators(): void {
  wrap('next');
  wrap('return');
  wrap('throw');
  inOrder(generatorPrototype, ['constructor', 'next', 'return', 'throw']);
  inOrder(get(generatorPrototype, 'constructor') as object, ['prototype', 'constructor']); // %GeneratorFunction.prototype%
}

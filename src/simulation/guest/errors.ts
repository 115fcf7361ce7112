/**
 * Why this file exists: errors read as V8 words them, with stacks in the user's own lines. The engine asks
 * `Error.prepareStackTrace` for every error it makes or throws again; the first time is the moment to translate its
 * words and to keep its call sites. As in V8 the stack becomes text when it is first read.
 */
import { CallSite } from './call-site';
import { ending } from './ending';
import { reword } from './fault-words';
import { isOurs } from './function-text';
import {
  NativeError, NativeTypeError, NativeWeakMap, apply, bareList, defineProperty, getOwnPropertyDescriptor,
  getPrototypeOf, hide, isCallable, isObject, named,
} from './primordials';
import { recording } from './recorder';
import { nameBuiltins } from './builtin-names';
import { builds, frameText, framesOf, type StackFrame } from './stack-frames';
import { dropFramesAbove, stackText } from './stack-text';
import type { EngineSite } from './unseen-frames';
import { firstSpot, type Spot } from './user-places';

const waiting = new NativeWeakMap<object, readonly StackFrame[]>();
const { get: lookUp, has: isKnown, set: remember, delete: forget } = NativeWeakMap.prototype;
const seen = new NativeWeakMap<object, true>();
/** The engine made it, at a place that is known. */
const placed = new NativeWeakMap<object, true>();
/** Frames of the runtime lie between those of the program, so the engine is asked for more than V8's ten. */
const engineFrames = 80;
/** What the engine reads; the program's `Error.stackTraceLimit` takes the name of its accessor. */
const setEngineLimit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit')?.set as (limit: number) => void;
let engineLimit = engineFrames;
/** What the engine calls for errors, likewise. */
const setEngineHook = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace')?.set as (hook: unknown) => void;

/** A program that asks for more gets more from its next error on. */
function followLimit(limit: number): void {
  const wanted = limit > 10 ? limit * 8 : engineFrames;
  if (wanted === engineLimit) return;
  engineLimit = wanted;
  apply(setEngineLimit, NativeError, [wanted > 1000 ? 1000 : wanted]);
}

/** The engine's own class of error, which V8, and so its types, do not have. */
const internalPrototype = (globalThis as unknown as { InternalError?: { prototype: object } }).InternalError?.prototype;

/**
 * Whether it was made as an error: the engine tells of whatever object is thrown, V8 gives others no stack. The types
 * do not know it.
 */
const { isError } = NativeError as unknown as { isError(value: unknown): boolean };

let captured: readonly EngineSite[] | undefined;

/** What the engine calls: with a new error, or again with one that is thrown again. */
function onError(error: object, sites: readonly EngineSite[]): string {
  if (captured !== undefined) {
    captured = sites;
    return '';
  }
  if (!isError(error)) return '';
  if (isOutOfMemory(error)) return endForMemory();
  if (apply(isKnown, seen, [error])) return '';
  apply(remember, seen, [error, true]);
  const { hidden, at } = reword(error, sites);
  if (at !== undefined) apply(remember, placed, [error, true]);
  const limit = stackLimit();
  followLimit(limit);
  const frames = framesOf(sites, limit + 8, at, at === undefined ? makerOf(error) : '');
  let first = hidden ? 1 : 0;
  while (builds(frames[first], error)) first++;
  keepFrames(error, frames, first);
  return '';
}

/** The name of an error's class. */
function makerOf(error: object): string {
  const prototype = getPrototypeOf(error);
  return nameOf(prototype && getOwnPropertyDescriptor(prototype, 'constructor')?.value);
}

/** Needs no memory itself. */
function isOutOfMemory(error: object): boolean {
  return getPrototypeOf(error) === internalPrototype && (error as Error).message === 'out of memory'; // of its class
}

/**
 * V8 ends the process there and then. Whoever catches the error is stopped at the engine's next look, and unheard. What
 * stops it must not be thrown in here, where the engine drops what is thrown: so it calls in here no more.
 */
function endForMemory(): string {
  ending.reached = { kind: 'budget', message: 'memory', site: 0 };
  apply(setEngineHook, NativeError, [undefined]);
  recording.on = false; // in life nothing happens any more
  ending.interrupt();
  return '';
}

/** `Error.stackTraceLimit`, as the program left it; V8 makes no stack when it is no number. */
function stackLimit(): number {
  const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit')?.value as unknown;
  return typeof limit === 'number' ? limit : -1;
}

/** The error gets its `stack`, in front of its `message` as in V8. */
function keepFrames(error: object, all: readonly StackFrame[], first: number, isNew = true): void {
  const limit = stackLimit();
  if (limit < 0) return;
  const frames = bareList<StackFrame>();
  for (let i = first; i < all.length && frames.length < limit; i++) {
    const frame = all[i];
    if (frame !== undefined) frames[frames.length] = frame;
  }
  apply(remember, waiting, [error, frames]);
  const own = isNew ? [moved(error, 'message'), moved(error, 'cause'), moved(error, 'errors')] : [];
  defineProperty(error, 'stack', lazyStack);
  if (own[0]) defineProperty(error, 'message', own[0]);
  if (own[1]) defineProperty(error, 'cause', own[1]);
  if (own[2]) defineProperty(error, 'errors', own[2]);
}

const { deleteProperty } = Reflect;

/** Takes a property away, to be put behind the stack. */
function moved(error: object, key: string): PropertyDescriptor | undefined {
  const own = getOwnPropertyDescriptor(error, key);
  return own?.configurable === true && deleteProperty(error, key) ? own : undefined;
}

const lazyStack: PropertyDescriptor = {
  get(this: unknown): unknown {
    return isObject(this) ? madeStack(this) : undefined;
  },
  set(this: unknown, value: unknown) {
    if (isObject(this)) hide(this, 'stack', value);
  },
  enumerable: false,
  configurable: true,
};

/** What a frozen error answers, whose property must stay as it is. */
const made = new NativeWeakMap<object, { readonly stack: unknown }>();

/** The stack becomes a plain property now: of the error itself, or of the one that an object inherits it from. */
function madeStack(asked: object): unknown {
  for (let error: object | null = asked; error !== null; error = getPrototypeOf(error)) {
    const frames = apply(lookUp, waiting, [error]) as readonly StackFrame[] | undefined;
    if (frames !== undefined) return makeStack(error, frames);
    const known = apply(lookUp, made, [error]) as { readonly stack: unknown } | undefined;
    if (known !== undefined) return known.stack;
  }
  return undefined;
}

function makeStack(error: object, frames: readonly StackFrame[]): unknown {
  apply(forget, waiting, [error]);
  apply(remember, made, [error, { stack: undefined }]); // whoever prepares it may look at it
  const stack = prepared(error, frames);
  apply(remember, made, [error, { stack }]);
  if (getOwnPropertyDescriptor(error, 'stack')?.get === lazyStack.get) hide(error, 'stack', stack);
  return stack;
}

function prepared(error: object, frames: readonly StackFrame[]): unknown {
  const own = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace')?.value as unknown;
  if (isCallable(own) && own !== ErrorPrepareStackTrace) {
    const sites: CallSite[] = [];
    for (let i = 0; i < frames.length; i++) {
      const frame = frames[i];
      if (frame !== undefined) defineProperty(sites, i, dataProperty(new CallSite(frame)));
    }
    return apply(own, NativeError, [error, sites] as never[]);
  }
  const lines = bareList<string>();
  for (let i = 0; i < frames.length; i++) {
    const frame = frames[i];
    if (frame !== undefined) lines[lines.length] = frameText(frame);
  }
  return stackText(error, lines);
}

/** What `Error.prepareStackTrace` is in Node until a program puts its own there. */
function ErrorPrepareStackTrace(error: object, sites: ArrayLike<unknown>): string {
  return stackText(error, sites);
}

function dataProperty(value: unknown): PropertyDescriptor {
  return { value, writable: true, enumerable: true, configurable: true };
}

/** Whoever looks for the property itself finds a plain one. */
export function settleStack(value: unknown): void {
  if (isObject(value)) madeStack(value);
}

/** Nobody has read it so far: V8 still has its frames. */
export function isStackUnread(error: object): boolean {
  return apply(isKnown, waiting, [error]);
}

/** Of a stack that nobody has read: how many frames of the program it has. */
export function countProgramFrames(error: object): number {
  const frames = apply(lookUp, waiting, [error]) as readonly StackFrame[] | undefined;
  let count = 0;
  for (let i = 0; i < (frames?.length ?? 0); i++) if (frames?.[i]?.spot !== undefined) count++;
  return count;
}

/** The stack of what the program did not call. */
export function dropFrames(error: object): void {
  keepFrames(error, bareList<StackFrame>(), 0, false);
}

/** Made by the engine, not by the program. */
export function isPlaced(error: object): boolean {
  return apply(isKnown, placed, [error]);
}

/** Where the program called what runs now. */
export function callingSpot(): Spot | undefined {
  const frames = framesNow();
  for (let i = 0; i < frames.length; i++) if (frames[i]?.spot !== undefined) return frames[i]?.spot;
  return undefined;
}

function framesNow(): StackFrame[] {
  captured = [];
  try {
    new NativeError('');
    return framesOf(captured, engineLimit);
  } finally {
    captured = undefined;
  }
}

/** Error.captureStackTrace(object, function): V8's stack of this moment, below that function. */
export function captureStackTrace(object: unknown, below?: unknown): void {
  if (!isObject(object)) throw new NativeTypeError(`Invalid argument`);
  dropFramesAbove(object);
  const all = framesNow();
  let first = 0;
  if (isCallable(below)) {
    while (first < all.length && all[first]?.f !== below) first++;
    first = first === all.length && isOurs(below) ? 0 : first + 1; // our own are in no stack
  }
  apply(forget, waiting, [object]);
  keepFrames(object, all, first, false);
}

/** Of an expression's function the engine only knows where it ends. */
function nameOf(f: unknown): string {
  const name: unknown = isCallable(f) ? getOwnPropertyDescriptor(f, 'name')?.value : undefined;
  return typeof name === 'string' ? name : '';
}

/** The same for an error that was made when the stack was full: the function which it leaves now could not begin. */
export function captureCallers(error: object): void {
  const all = framesNow();
  const top = all[0];
  const spot = top?.spot && firstSpot(top.spot);
  const name = top?.own === undefined ? nameOf(top?.f) : top.name;
  if (top !== undefined && spot !== undefined) all[0] = { ...top, spot, name };
  if (all.length > 1) keepFrames(error, all, spot === undefined ? 1 : 0, false);
}

/** Functions that read properties as they are must not see that ours is made late. */
function settleBefore(owner: object, key: string): void {
  const native = (owner as Record<string, (...args: unknown[]) => unknown>)[key];
  if (native === undefined) return;
  const method = {
    call(this: unknown, ...args: unknown[]): unknown {
      if (isObject(args[0]) && apply(isKnown, waiting, [args[0]])) settleStack(args[0]);
      return apply(native, this, args);
    },
  }.call;
  hide(owner, key, named(method, key, native.length));
}

export function installErrors(): void {
  apply(setEngineLimit, NativeError, [engineFrames]);
  apply(setEngineHook, NativeError, [onError]);
  // From here on these names are the program's: the engine keeps what it was given.
  defineProperty(NativeError, 'prepareStackTrace', {
    value: named(ErrorPrepareStackTrace, 'ErrorPrepareStackTrace', 2),
    writable: true,
    configurable: true,
  });
  defineProperty(NativeError, 'stackTraceLimit', dataProperty(10));
  const method = {
    call(object: unknown, below?: unknown): void {
      captureStackTrace(object, below);
    },
  }.call; // no constructor, as built-ins are
  hide(NativeError, 'captureStackTrace', named(method, 'captureStackTrace', 2));
  Reflect.deleteProperty(NativeError.prototype, 'stack');
  settleBefore(globalThis.Object, 'getOwnPropertyDescriptor');
  settleBefore(globalThis.Object, 'getOwnPropertyDescriptors');
  settleBefore(globalThis.Reflect, 'getOwnPropertyDescriptor');
  nameBuiltins();
}

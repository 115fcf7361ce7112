/**
 * Why this file exists: V8 names a frame after the object that its function was called on: a timer's callback is
 * `Timeout._onTimeout`. Which object that is the engine does not tell; the runtime's own callers are known. V8:
 * src/objects/call-site-info.cc (AppendMethodCall).
 */
import { asyncBase } from './async-stack';
import type { CalledOn } from './called-on';
import { NativeWeakMap, apply, bareList, getOwnPropertyDescriptor, getPrototypeOf, isCallable } from './primordials';

/** What a function of the runtime calls a callback on. */
export interface Receiver {
  /** The name of its constructor; `outer` such calls are under way within this one. */
  readonly type: (outer: number) => string;
  /** The property that holds the callback, '' when none does. */
  readonly method: string;
  /** It is an emitter, or a target of events, that tells its listeners. */
  readonly emits?: boolean;
}

const callers = new NativeWeakMap<object, Receiver>();
const { get, set } = NativeWeakMap.prototype;
const { endsWith, lastIndexOf, slice, startsWith } = String.prototype;

/** V8 looks for a method's name when a stack becomes text: by then an immediate that has run has none. */
export const immediates = { runs: false };

/** Calls of `caller` are on objects of this type. */
export function callsOn(caller: object, type: string, method: string): void {
  apply(set, callers, [caller, { type: () => type, method }]);
}

/** What goes on with the function of the current job. */
let resumer: object | undefined;

export function callsOnWhatItBeganOn(caller: object): void {
  resumer = caller;
}

/** The receiver of the callback that a frame of the runtime has called. */
export function receiverFrom(caller: unknown): Receiver | undefined {
  if (caller === resumer && caller !== undefined) return ofCalledOn(asyncBase.current?.on);
  return isCallable(caller) ? (apply(get, callers, [caller]) as Receiver | undefined) : undefined;
}

export function ofCalledOn(on: CalledOn | undefined): Receiver | undefined {
  return on && { type: () => on.type, method: on.method };
}

/** The name of a frame whose function was called on that object; `outer` as above. */
export function nameOn({ type, method }: Receiver, name: string, outer: number): string {
  const owner = type(outer);
  const bare = apply(slice, name, [apply(lastIndexOf, name, ['.']) + 1]);
  if (bare === '' || bare === '<anonymous>') return `${owner}.${method === '' ? '<anonymous>' : method}`;
  const whole = apply(startsWith, bare, [owner]) ? bare : `${owner}.${bare}`;
  return method === '' || apply(endsWith, bare, [method]) ? whole : `${whole} [as ${method}]`;
}

/** The emitters whose listeners are being called, the innermost last. */
export const emitting = bareList<object>();

/** Listeners are called on their emitter, whose class the program chose. */
export function callsOnEmitters(caller: object, emits = true): void {
  apply(set, callers, [caller, { type: emitterName, method: '', emits }]);
}

/** The name of the emitter's class that `outer` others emit within. */
export function emitterName(outer: number): string {
  return classNameOf(emitting[emitting.length - 1 - outer]);
}

/** What V8 calls an object's constructor, without running anything. */
export function classNameOf(object: object | undefined): string {
  for (let at = object; at !== undefined && at !== null; at = getPrototypeOf(at) as object | undefined) {
    const maker = getOwnPropertyDescriptor(at, 'constructor')?.value as unknown;
    const name = isCallable(maker) ? (getOwnPropertyDescriptor(maker, 'name')?.value as unknown) : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return 'Object';
}

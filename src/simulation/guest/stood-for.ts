/**
 * Why this file exists: Node's own frames lie between those of the program and below them, and count towards the ten
 * that a stack shows. A function of the runtime stands for the frames of Node's that do the same. From Node 20.20.
 */
import { NativeWeakMap, apply, bareList, getOwnPropertyDescriptor, isCallable, type Callable } from './primordials';

/**
 * By the functions of the runtime that one calls, `line:column` of Node's that does the same; '' for any other, or for
 * none; above it whole frames, if there are more. What is not named there has no frame.
 */
export type Places = Readonly<Record<string, string | readonly string[]>>;

/** `outer` emitters are emitting within this one; `placeIn` chooses by what has been called. */
type FramesNow = (
  outer: number, placeIn: (places: Places) => string | readonly string[] | undefined,
) => readonly string[];
type Frames = readonly string[] | FramesNow;

const stood = new NativeWeakMap<object, Frames>();
const { get, set } = NativeWeakMap.prototype;
const none = bareList<string>();

/** The last of some frames: they are called by what is not JavaScript. */
export const native = '@native';

/** A page has none of Node's. */
export const nodeFrames = { shown: true };

/** `frames`, the innermost first, as stacks spell them: `EventEmitter.emit (node:events:524:28)`. */
export function standsFor<F extends Callable>(f: F, ...frames: readonly string[]): F {
  apply(set, stood, [f, frames]);
  return f;
}

/** Calls it below these frames. */
export function under<A extends unknown[], R>(
  frames: string | readonly string[], f: (...args: A) => R,
): (...args: A) => R {
  const method = {
    call(...args: A): R {
      return f(...args);
    },
  };
  return standsFor(method.call, ...(typeof frames === 'string' ? [frames] : frames));
}

/** Calls what it is given below that frame. */
export function callUnder(frame: string): (f: Callable, self: unknown, args: readonly unknown[]) => unknown {
  return under(frame, (f: Callable, self: unknown, args: readonly unknown[]) => apply(f, self, args) as unknown);
}

/** `name (file:line:column)`, a place for each of what it calls; an empty name for a function without one. */
export function standsAt<F extends Callable>(f: F, name: string, file: string, places: Places): F {
  const frames: Frames = (_, placeIn) => {
    const found = placeIn(places);
    if (found === undefined) return none;
    const all = typeof found === 'string' ? [found] : [...found];
    const place = `${file}:${all[all.length - 1] ?? ''}`;
    all[all.length - 1] = name === '' ? place : `${name} (${place})`;
    return all;
  };
  apply(set, stood, [f, frames]);
  return f;
}

/** `standsAt` for the members of a module, `type` being what V8 calls the object that they are called on. */
export function standsAtEach(module: object, type: string, file: string, all: Readonly<Record<string, Places>>): void {
  for (const [name, places] of Object.entries(all)) {
    const f: unknown = getOwnPropertyDescriptor(module, name)?.value;
    if (isCallable(f)) standsAt(f, type === '' ? name : `${type}.${name}`, file, places);
  }
}

/** The same where the names depend on what is under way. */
export function standsForThose(f: Callable, frames: FramesNow): void {
  apply(set, stood, [f, frames]);
}

/** `calleeIn` answers which of these names has been called last. */
export function framesStoodFor(
  f: unknown, outer: number, calleeIn: (isKnown: (name: string) => boolean) => string | undefined,
): readonly string[] {
  if (!nodeFrames.shown || !isCallable(f)) return none;
  const frames = apply(get, stood, [f]) as Frames | undefined;
  if (typeof frames !== 'function') return frames ?? none;
  return frames(outer, (places) => places[calleeIn((name) => getOwnPropertyDescriptor(places, name) !== undefined) ?? '']);
}

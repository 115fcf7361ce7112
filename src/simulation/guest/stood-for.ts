/**
 * Why this file exists: Node's own frames lie between those of the program and below them, and count towards the ten
 * that a stack shows. A function of the runtime stands for the frames of Node's that do the same. From Node 20.20.
 */
import { NativeWeakMap, apply, bareList, isCallable, type Callable } from './primordials';

/** `outer` emitters are emitting within this one. */
type Frames = readonly string[] | ((outer: number) => readonly string[]);

const stood = new NativeWeakMap<object, Frames>();
const { get, set } = NativeWeakMap.prototype;
const none = bareList<string>();

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

/** The same where the names depend on what is under way. */
export function standsForThose(f: Callable, frames: (outer: number) => readonly string[]): void {
  apply(set, stood, [f, frames]);
}

export function framesStoodFor(f: unknown, outer: number): readonly string[] {
  if (!nodeFrames.shown || !isCallable(f)) return none;
  const frames = apply(get, stood, [f]) as Frames | undefined;
  return typeof frames === 'function' ? frames(outer) : (frames ?? none);
}

/** Why this file exists: the classes of the program, for V8's words that name one. */
import { apply, bareList } from './primordials';

/** Taken before the program can replace it. */
export const NativeWeakRef = WeakRef;
const { deref } = WeakRef.prototype;

export function targetOf(reference: WeakRef<object> | undefined): object | undefined {
  if (reference === undefined) return undefined;
  return apply(deref, reference, []) as object | undefined; // that is what each of them holds
}

const classes = bareList<WeakRef<object>>();

/** A class is being defined. */
export function noteClass(made: object): void {
  classes[classes.length] = new NativeWeakRef(made);
}

/** The last class that passes. */
export function lastClassThat(passes: (made: object) => boolean): object | undefined {
  for (let i = classes.length - 1; i >= 0; i--) {
    const made = targetOf(classes[i]);
    if (made !== undefined && passes(made)) return made;
  }
  return undefined;
}

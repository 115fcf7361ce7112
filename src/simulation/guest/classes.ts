/** Why this file exists: the classes of the program, for V8's words that name one. */
import { apply, bareList, type Callable } from './primordials';

interface Reference {
  deref(): object | undefined;
}
export const NativeWeakRef = WeakRef as unknown as new (object: object) => Reference;
const { deref } = WeakRef.prototype as unknown as { deref: Callable };

export function targetOf(reference: Reference | undefined): object | undefined {
  return reference === undefined ? undefined : (apply(deref, reference, []) as object | undefined);
}

const classes = bareList<Reference>();

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

/**
 * Why this file exists: the internal slots of a promise. They are a private field put on the object from outside, so
 * that neither
 * the program nor a Proxy can see them. ECMA-262 §27.2.6 (Properties of Promise Instances).
 */
import type { CalledOn } from './called-on';
import type { AsyncContext } from './async-context';
import { NativeTypeError, type Callable } from './primordials';

export interface PromiseCapability {
  readonly promise: object;
  readonly resolve: (value: unknown) => unknown;
  readonly reject: (reason: unknown) => unknown;
  /** The functions themselves, for when the program gets to see them. */
  readonly onResolve: Callable;
  readonly onReject: Callable;
}

/** ECMA-262 §27.2.1.2 PromiseReaction Records; `frame` and `settle` stand for the continuation of an await. */
export interface Reaction {
  readonly capability: PromiseCapability | undefined;
  readonly onFulfilled: Callable | undefined;
  readonly onRejected: Callable | undefined;
  /** The continuation of an await: called in a job of its own, with how the promise was settled. */
  readonly settle: ((ok: boolean, value: unknown) => void) | undefined;
  /** For the record: the suspended frame that waits, 0 when none. */
  readonly frame: number;
  /** For the record: the promise that the `then` made, 0 when none. */
  readonly derived: number;
  /** For hooks: the promise that an await makes while one is enabled. */
  unseen?: number;
  /** For the record: Node's own code waits. Set when the reaction is registered. */
  isNodes?: boolean;
  /** Of AsyncLocalStorage: set when the reaction is registered. */
  context?: AsyncContext;
  /** For stacks: the async function that awaits. */
  readonly awaiter?:
    | { readonly promise: object | undefined; readonly site: number; readonly lines?: readonly string[]; readonly on?: CalledOn | undefined }
    | undefined;
  next: Reaction | undefined;
}

export interface PromiseSlot {
  readonly id: number;
  state: 'pending' | 'fulfilled' | 'rejected';
  result: unknown;
  firstReaction: Reaction | undefined;
  lastReaction: Reaction | undefined;
  handled: boolean;
}

const Returned = function (this: unknown, object: object) {
  return object;
  // A base constructor that returns its argument, so that the field lands there.
} as unknown as new (object: object) => object;

class Stamp extends Returned {
  readonly #slot: PromiseSlot;

  constructor(object: object, slot: PromiseSlot) {
    super(object);
    this.#slot = slot;
  }

  static of(value: object): PromiseSlot | undefined {
    return #slot in value ? value.#slot : undefined;
  }
}

/** Gives an object the slots of a promise. */
export function stampPromise(object: object, slot: PromiseSlot): void {
  new Stamp(object, slot);
}

/** ECMA-262 §27.2.1.6 IsPromise: its slots, or undefined for any other value. */
export function slotOf(value: unknown): PromiseSlot | undefined {
  return typeof value === 'object' && value !== null ? Stamp.of(value) : undefined;
}

export function promiseState(value: unknown): PromiseSlot['state'] | undefined {
  return slotOf(value)?.state;
}

/** The slots of a promise that this runtime made. */
export function knownSlot(promise: object): PromiseSlot {
  const slot = slotOf(promise);
  if (slot === undefined) throw new NativeTypeError('Loopscope bug: a promise without slots');
  return slot;
}

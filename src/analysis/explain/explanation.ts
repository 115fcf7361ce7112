/**
 * Why this file exists: what a hover says, as facts first and as Markdown second, for the editor and the command line
 * alike.
 */
import type { TextRange } from '../../base/text';
import type { AwaitKind, BlockingEffect, BoundaryKind, Color } from '../flow-model/flow-model';
import type { ScheduledBy } from '../known-apis/callbacks';

/** What an `await` waits for. `value` is there already; `unknown` is said, never guessed. */
export type AwaitedWhat =
  'timer' | 'network' | 'pool' | 'process' | 'event' | 'async-function' | 'collection' | 'value' | 'unknown';

export interface RejectionPlace {
  readonly kind: 'catch' | 'caller' | 'process';
  /** Of the `catch` clause. */
  readonly range?: TextRange;
}

export interface AwaitFacts {
  readonly kind: 'await';
  readonly what: AwaitedWhat;
  /** As written: `fetch`, `setTimeout`, `loadUser`. */
  readonly operand: string;
  /** The function that is suspended; undefined at the top level of a module. */
  readonly suspended: string | undefined;
  /** The least number of microtask turns before it resumes. */
  readonly microtaskTurns: number;
  readonly rejection: RejectionPlace;
  /** Variables and fields used after this point that other code may change meanwhile. */
  readonly mayChange: readonly MayChange[];
  /** Reads an iterable step by step, or disposes at the end of the block; a plain `await` otherwise. */
  readonly form: AwaitKind;
}

/** Something that this function uses after an await, and the functions that may change it before. */
export interface MayChange {
  readonly name: string;
  /** Names of functions; the function itself stands for another run of it. */
  readonly by: readonly string[];
}

/** `.then`, `.catch` or `.finally` of a promise. */
export interface ChainFacts {
  readonly kind: 'chain';
  readonly method: 'then' | 'catch' | 'finally';
  /** As written: what the handlers wait for. */
  readonly receiver: string;
  /** A handler for rejections is among the arguments. */
  readonly handlesRejection: boolean;
  /** What the promise that comes back meets; undefined when the text around does not say. */
  readonly result: BoundaryKind | undefined;
}

/** `new Promise(executor)`. */
export interface NewPromiseFacts {
  readonly kind: 'new-promise';
  /** What the executor starts, as far as it is known. */
  readonly what: AwaitedWhat;
  readonly result: BoundaryKind | undefined;
}

/** A call that gives a callback to the event loop. */
export interface ScheduleFacts {
  readonly kind: 'schedule';
  readonly by: ScheduledBy;
  readonly callee: string;
  /** The delay as it is written, of a timer. */
  readonly delay: string | undefined;
}

/** `new Worker(…)` or `postMessage(…)`. */
export interface WorkerFacts {
  readonly kind: 'worker';
  readonly callee: string;
  readonly does: 'starts' | 'posts';
}

export interface YieldFacts {
  readonly kind: 'yield';
  readonly generator: string;
  readonly isAsync: boolean;
  readonly delegates: boolean;
}

export interface CallFacts {
  readonly kind: 'call';
  readonly callee: string;
  readonly calleeColor: Color;
  readonly boundary: BoundaryKind | undefined;
  /** Its promise is a combination of others: `Promise.all` and its like. */
  readonly combinator: string | undefined;
  readonly effect: BlockingEffect | undefined;
}

export interface FunctionFacts {
  readonly kind: 'function';
  readonly name: string;
  readonly color: Color;
  readonly awaits: number;
  readonly effect: BlockingEffect | undefined;
}

export type Facts =
  | AwaitFacts
  | CallFacts
  | FunctionFacts
  | ChainFacts
  | NewPromiseFacts
  | ScheduleFacts
  | WorkerFacts
  | YieldFacts;

export interface Explanation {
  /** What the hover is about; an editor underlines it. */
  readonly range: TextRange;
  readonly facts: Facts;
  readonly markdown: string;
}

export interface ExplainOptions {
  /** The target of "visualize from here", or undefined to leave the link out. */
  readonly linkTo?: (range: TextRange) => string | undefined;
  /** Adds the picture as a data URI; true when absent. */
  readonly picture?: boolean;
}

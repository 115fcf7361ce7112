/**
 * Why this file exists: what a hover says, as facts first and as Markdown second, for the editor and the command line
 * alike.
 */
import type { TextRange } from '../../base/text';
import type { BlockingEffect, BoundaryKind, Color } from '../flow-model/flow-model';

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
  readonly mayChange: readonly string[];
}

export interface CallFacts {
  readonly kind: 'call';
  readonly callee: string;
  readonly calleeColor: Color;
  readonly boundary: BoundaryKind | undefined;
  readonly effect: BlockingEffect | undefined;
}

export interface FunctionFacts {
  readonly kind: 'function';
  readonly name: string;
  readonly color: Color;
  readonly awaits: number;
  readonly effect: BlockingEffect | undefined;
}

export interface Explanation {
  /** What the hover is about; an editor underlines it. */
  readonly range: TextRange;
  readonly facts: AwaitFacts | CallFacts | FunctionFacts;
  readonly markdown: string;
}

export interface ExplainOptions {
  /** The target of "visualize from here", or undefined to leave the link out. */
  readonly linkTo?: (range: TextRange) => string | undefined;
  /** Adds the picture as a data URI; true when absent. */
  readonly picture?: boolean;
}

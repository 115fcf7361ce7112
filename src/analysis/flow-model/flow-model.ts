/**
 * Why this file exists: the flow model says, for every function of a file, its colour, where it waits, which boundaries
 * between colours
 * it crosses, and whether calling it blocks. Rules, hovers, lenses and the call graph read it; nobody else asks the
 * type checker.
 */
import type { TextRange } from '../../base/text';

export const colors = ['sync', 'async', 'generator', 'async-generator', 'callback', 'worker', 'either'] as const;
export type Color = (typeof colors)[number];

export const boundaryKinds = [
  'awaited',
  'returned',
  'collected',
  'chained',
  'floating',
  'scheduled',
  'blocking',
  'posted',
  'yielded',
  'bridged',
] as const;
export type BoundaryKind = (typeof boundaryKinds)[number];

/** A place where control passes between colours: a call, an `await`, a `yield`. */
export interface Boundary {
  readonly range: TextRange;
  readonly kind: BoundaryKind;
  /** As written, shortened: `db.write`, `setTimeout`; empty for a bare `yield`. */
  readonly callee: string;
  readonly calleeColor: Color;
}

export type AwaitKind = 'await' | 'for-await' | 'await-using';

export interface AwaitSite {
  readonly kind: AwaitKind;
  /** The whole `await …` expression; for `for await` and `await using`, the keyword. */
  readonly range: TextRange;
  /** What is awaited. */
  readonly operand: TextRange;
}

export type CostTier = 'low' | 'medium' | 'high';
export type BlockingClass = 'sync-io' | 'cpu' | 'wait' | 'spawn';

/** What a blocking API was measured to take: `ms` for `arg` on one machine, an order of magnitude. */
export interface Measured {
  readonly arg: string;
  readonly ms: number;
}

/** One call of the chain from a function to the API that blocks. */
export interface ChainLink {
  readonly file: string;
  /** The call (or the property read that runs a getter). */
  readonly range: TextRange;
  /** What is called there. */
  readonly callee: string;
}

/** Calling the function blocks the loop: through `chain`, whose last link is the call of `api`. */
export interface BlockingEffect {
  readonly api: { readonly module: string; readonly name: string };
  readonly class: BlockingClass;
  readonly tier: CostTier;
  readonly measured: readonly Measured[];
  /** False: it goes through a method that is implemented more than once, and not every implementation blocks. */
  readonly certain: boolean;
  readonly chain: readonly ChainLink[];
}

export type FunctionKind =
  'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor' | 'static-block';

export interface FlowFunction {
  readonly file: string;
  readonly kind: FunctionKind;
  /** `load`, `Store.save`, `<module>`, or `map callback` for a function without a name. */
  readonly name: string;
  readonly range: TextRange;
  /** Where to draw: the name, or the keyword or first token when there is none. */
  readonly nameRange: TextRange;
  readonly color: Color;
  readonly awaits: readonly AwaitSite[];
  readonly boundaries: readonly Boundary[];
  /** Empty when no blocking is known; the costliest first. */
  readonly effects: readonly BlockingEffect[];
}

export interface SyntaxProblem {
  readonly range: TextRange;
  readonly message: string;
}

export interface FlowModel {
  readonly file: string;
  /** In order of their start; the module body, always there, is first. */
  readonly functions: readonly FlowFunction[];
}

/** The innermost function of the model around an offset: the module body when no other is. */
export function functionAt(model: FlowModel, offset: number): FlowFunction | undefined {
  let found: FlowFunction | undefined;
  for (const candidate of model.functions) {
    if (candidate.range.start > offset) break;
    if (candidate.kind === 'module' || offset <= candidate.range.end) found = candidate;
  }
  return found;
}

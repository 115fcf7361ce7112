/**
 * Why this file exists: the reader predicts the printed order before it is shown. A wrong answer is compared with what
 * wrong models of the loop would print; the one that fits names the misconception.
 */
import type { Trace } from '../trace/trace';
import { models } from './models';
import type { Model } from './models';
import { replay } from './replay';
import { scoreOf } from './score';

export interface Question {
  /** The printed lines in an order that tells nothing. */
  readonly shuffled: readonly string[];
  readonly real: readonly string[];
  /** What each wrong model would print, where that is another order. */
  readonly believed: readonly { readonly model: Model; readonly order: readonly string[] }[];
}

export type Verdict =
  | { readonly kind: 'right' }
  /** `firstDifference` is an index into the lines. */
  | { readonly kind: 'wrong'; readonly firstDifference: number; readonly model?: Model };

const [fewestLines, mostLines] = [2, 14];

/** The question that a run asks; undefined when it prints too few lines to be asked for, or too many to be ordered. */
export function questionOf(trace: Trace): Question | undefined {
  const score = scoreOf(trace);
  const real = score.printed;
  if (real.length < fewestLines || real.length > mostLines || new Set(real).size < fewestLines) return undefined;
  return { real, shuffled: shuffle(real), believed: believedOrders() };

  function believedOrders(): Question['believed'] {
    // Where even the real loop cannot be played again from the score, no wrong one can be trusted.
    if (!isSame(replay(score), real)) return [];
    const all = models.map(model => ({ model, order: replay(score, model.belief) }));
    return all.filter(({ order }) => !isSame(order, real));
  }
}

/** By the alphabet; turned once more when that happens to be the answer. */
function shuffle(lines: readonly string[]): readonly string[] {
  const sorted = lines.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return isSame(sorted, lines) ? [...sorted.slice(1), ...sorted.slice(0, 1)] : sorted;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, n) => line === other[n]);
}

export function judge({ real, believed }: Question, order: readonly string[]): Verdict {
  if (isSame(order, real)) return { kind: 'right' };
  const firstDifference = real.findIndex((line, n) => line !== order[n]);
  const model = believed.find(each => isSame(each.order, order))?.model;
  return { kind: 'wrong', firstDifference, ...(model === undefined ? {} : { model }) };
}

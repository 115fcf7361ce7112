/**
 * Why this file exists: why a step happens, said in a sentence. `facts.ts` finds the fact, a table says it in a
 * language.
 */
import { captionsInEnglish } from './captions-en';
import { factOf } from './facts';
import type { Fact } from './facts';
import type { History } from './history';
import type { TraceIndex } from './trace-index';

/** `headline`: what happens. `rule`: why, for a learner. `mechanics`: how, in the specification's words. */
export interface Caption {
  readonly headline: string;
  readonly rule: string;
  readonly mechanics: string;
}

/** A language: how each fact is said. */
export type CaptionTable = { readonly [Kind in Fact['kind']]: (fact: Extract<Fact, { kind: Kind }>) => Caption };

/** Says a fact. */
export function sayFact(fact: Fact, table: CaptionTable = captionsInEnglish): Caption {
  // The table has, for each kind, a function of that kind's fact; TypeScript cannot tie the two by itself.
  const say = table[fact.kind] as (fact: Fact) => Caption;
  return say(fact);
}

/** The caption of a step; of the moment before anything for step −1. */
export function captionOf(history: History, index: TraceIndex, step: number, table = captionsInEnglish): Caption {
  const event = history.trace.events[step];
  if (event === undefined) return sayFact({ kind: 'nothing-yet' }, table);
  return sayFact(factOf(index, history.stateAt(step - 1), event), table);
}

/**
 * Why this file exists: why a step happens, said in a sentence. `facts.ts` finds the fact, a table says it in a
 * language.
 */
import { captionsInEnglish } from './captions-en';
import { factOf } from './facts';
import type { Fact } from './facts';
import type { History } from './history';
import type { Trace } from './trace';
import type { TraceIndex } from './trace-index';

/** `headline`: what happens. `rule`: why, for a learner. `mechanics`: how, in the specification's words. */
export interface Caption {
  readonly headline: string;
  readonly rule: string;
  readonly mechanics: string;
}

/** A language: how each fact is said. */
export type CaptionTable = { readonly [Kind in Fact['kind']]: (fact: Extract<Fact, { kind: Kind }>) => Caption } & {
  /** What is said otherwise of a browser's loop. */
  readonly inBrowser: BrowserCaptions;
};
export interface BrowserCaptions {
  /** Facts that are said in other words; where one answers nothing it is said as for Node. */
  readonly facts: BrowserFacts;
  /** Sentences that speak of Node, and what stands in their place. */
  readonly sentences: Readonly<Record<string, string>>;
}
type BrowserFacts = { readonly [Kind in Fact['kind']]?: (fact: Extract<Fact, { kind: Kind }>) => Caption | undefined };

/** Says a fact. */
export function sayFact(fact: Fact, table: CaptionTable = captionsInEnglish, host: Trace['host']['kind'] = 'node'): Caption {
  // The tables have, for each kind, a function of that kind's fact; TypeScript cannot tie the two by itself.
  const say = table[fact.kind] as (fact: Fact) => Caption;
  if (host === 'node') return say(fact);
  const { facts, sentences } = table.inBrowser;
  const sayOfBrowser = facts[fact.kind] as ((fact: Fact) => Caption | undefined) | undefined;
  const { headline, rule, mechanics } = sayOfBrowser?.(fact) ?? say(fact);
  const inPlace = (sentence: string): string => sentences[sentence] ?? sentence;
  return { headline, rule: inPlace(rule), mechanics: inPlace(mechanics) };
}

/** The caption of a step; of the moment before anything for step −1. */
export function captionOf(history: History, index: TraceIndex, step: number, table = captionsInEnglish): Caption {
  const event = history.trace.events[step];
  if (event === undefined) return sayFact({ kind: 'nothing-yet' }, table);
  return sayFact(factOf(index, history.stateAt(step - 1), event), table, history.trace.host.kind);
}

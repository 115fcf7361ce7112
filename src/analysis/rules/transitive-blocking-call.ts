/**
 * Why this file exists: a helper, getter or constructor that blocks somewhere below stops the loop just the same,
 * invisibly at the call.
 */
import { atLeast, type Finding } from '../finding';
import type { BlockingEffect } from '../flow-model/flow-model';
import type { Edge, FunctionSummary } from '../flow-model/summary';
import { measuredPhrase } from '../known-apis/blocking';
import { type Place, placeOf, severityOf } from './place';
import type { Rule, RuleContext } from './rule';

export const transitiveBlockingCall: Rule = {
  id: 'transitive-blocking-call',
  finds: 'a call that blocks through functions, getters and constructors, across files',
  severity: 'by-cost',
  check: (context) =>
    context.summary.functions.flatMap((fn) => {
      const place = placeOf(fn, context.summary);
      if (place === undefined) return [];
      return loudestOfEach(fn.edges.flatMap((edge) => finding(edge, place, fn, context) ?? []));
    }),
};

/** One call may be several edges: to what is declared, and to what implements it. */
function loudestOfEach(findings: readonly Finding[]): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const each of findings) {
    const key = `${String(each.range.start)}-${String(each.range.end)}`;
    const known = byPlace.get(key);
    if (known === undefined || !atLeast(known.severity, each.severity)) byPlace.set(key, each);
  }
  return [...byPlace.values()];
}

function finding(
  edge: Edge,
  place: Place,
  fn: FunctionSummary,
  { summary, effects }: RuleContext,
): Finding | undefined {
  const effect = effects.through(edge, summary);
  if (effect === undefined) return undefined;
  const severity = severityOf(effect.tier, edge.inLoop, place);
  if (severity === undefined) return undefined;
  // Which implementation runs is not known here.
  const names = effect.chain.map((link) => link.callee);
  return {
    rule: 'transitive-blocking-call',
    severity: effect.certain ? severity : 'hint',
    file: summary.file,
    range: edge.range,
    message: message(edge, effect, place, names),
    related: [
      { file: summary.file, range: fn.nameRange, message: `Runs on the event loop: ${place.text}.` },
      ...effect.chain.map((link, index) => ({ file: link.file, range: link.range, message: step(names, index) })),
    ],
    fixes: [],
  };
}

function step(names: readonly string[], index: number): string {
  const name = names[index] ?? '';
  return index === names.length - 1 ? `\`${name}\` blocks.` : `\`${name}\` goes on to \`${names[index + 1] ?? ''}\`.`;
}

function message(edge: Edge, effect: BlockingEffect, place: Place, names: readonly string[]): string {
  const details = [`${effect.tier} cost`, measuredPhrase(effect.measured), edge.inLoop ? 'in a loop' : ''].filter(
    (part) => part !== '',
  );
  const chain = names.map((name) => `\`${name}\``).join(' → ');
  const verb = effect.certain ? 'blocks' : 'may block';
  return `\`${edge.callee}\` ${verb} the event loop inside ${place.text}, through ${chain} (${details.join(', ')}).`;
}

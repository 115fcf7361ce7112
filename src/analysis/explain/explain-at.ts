/** Why this file exists: from an offset to what stands there: an await before a call before a function's name. */
import ts from 'typescript';
import type { TextRange } from '../../base/text';
import type { Effects } from '../flow-model/effects';
import type { FileSummary, FunctionSummary, ResolvedCall } from '../flow-model/summary';
import { rangeOf } from '../syntax';
import { awaitFacts } from './await-facts';
import { callFacts } from './call-facts';
import type { ExplainOptions, Explanation, Facts } from './explanation';
import { markdownOf } from './markdown';

/** Undefined where nothing asynchronous or blocking stands. */
export function explainAt(
  summary: FileSummary,
  effects: Effects,
  offset: number,
  options: ExplainOptions,
): Explanation | undefined {
  const found =
    awaitAt(summary, offset) ??
    yieldAt(summary, offset) ??
    callAt(summary, effects, offset) ??
    functionAt(summary, effects, offset);
  if (found === undefined) return undefined;
  const { range, facts, from = range } = found;
  return { range, facts, markdown: markdownOf(facts, from, summary.source, options) };
}

interface Found {
  readonly range: TextRange;
  readonly facts: Facts;
  /** What "visualize from here" begins with, when it is more than what is explained. */
  readonly from?: TextRange;
}

/** On the keyword `await`, wherever it is written. */
function awaitAt(summary: FileSummary, offset: number): Found | undefined {
  for (const fn of summary.functions) {
    for (const [index, { range }] of fn.awaits.entries()) {
      const node = fn.sites.awaits[index];
      if (node === undefined || !isWithin(offset, range.start, range.start + 'await'.length)) continue;
      return { range, facts: awaitFacts(node, fn, summary) };
    }
  }
  return undefined;
}

/** On the keyword `yield`. */
function yieldAt(summary: FileSummary, offset: number): Found | undefined {
  for (const fn of summary.functions) {
    const node = fn.sites.yields.find((each) => isWithin(offset, each.getStart(), each.getStart() + 'yield'.length));
    if (node === undefined) continue;
    const delegates = node.asteriskToken !== undefined;
    const facts: Facts = { kind: 'yield', generator: fn.name, isAsync: fn.color === 'async-generator', delegates };
    return { range: rangeOf(node), facts };
  }
  return undefined;
}

/** On the name of what is called, or on `new`; the innermost call wins. */
function callAt(summary: FileSummary, effects: Effects, offset: number): Found | undefined {
  for (const fn of summary.functions) {
    for (const call of fn.calls) {
      const range = placeOf(call, offset);
      if (range === undefined) continue;
      const facts = callFacts(call, fn, summary, effects);
      return facts && { range, facts, from: rangeOf(call.node) };
    }
  }
  return undefined;
}

function placeOf({ node }: ResolvedCall, offset: number): TextRange | undefined {
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return undefined;
  const callee = node.expression;
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
  if (!ts.isIdentifier(name)) return undefined;
  const start = ts.isNewExpression(node) ? node.getStart() : name.getStart();
  const onKeyword = ts.isNewExpression(node) && isWithin(offset, start, start + 'new'.length);
  return onKeyword || isWithin(offset, name.getStart(), name.end) ? { start, end: name.end } : undefined;
}

function functionAt(summary: FileSummary, effects: Effects, offset: number): Found | undefined {
  const fn = summary.functions.find((each) => !each.implicit && each.kind !== 'module' && isOn(each, offset));
  if (fn === undefined) return undefined;
  const effect = effects.of(fn, summary.engine)[0];
  const facts: Facts = { kind: 'function', name: fn.name, color: fn.color, awaits: fn.awaits.length, effect };
  return { range: fn.nameRange, facts, from: fn.range };
}

function isOn({ nameRange }: FunctionSummary, offset: number): boolean {
  return isWithin(offset, nameRange.start, nameRange.end);
}

function isWithin(offset: number, start: number, end: number): boolean {
  return start <= offset && offset <= end;
}

/** Why this file exists: from an offset to what stands there: an await before a call before a function's name. */
import ts from 'typescript';
import { boundariesOf } from '../flow-model/boundaries';
import type { Effects } from '../flow-model/effects';
import type { FileSummary, FunctionSummary } from '../flow-model/summary';
import { awaitFacts } from './await-facts';
import type { CallFacts, ExplainOptions, Explanation, FunctionFacts } from './explanation';
import { awaitMarkdown, callMarkdown, functionMarkdown } from './markdown';

/** Undefined where nothing asynchronous or blocking stands. */
export function explainAt(
  summary: FileSummary,
  effects: Effects,
  offset: number,
  options: ExplainOptions,
): Explanation | undefined {
  return (
    explainAwait(summary, offset, options) ??
    explainCall(summary, effects, offset, options) ??
    explainFunction(summary, effects, offset, options)
  );
}

/** On the keyword `await`, wherever it is written. */
function explainAwait(summary: FileSummary, offset: number, options: ExplainOptions): Explanation | undefined {
  for (const fn of summary.functions) {
    for (const [index, site] of fn.awaits.entries()) {
      const keyword = { start: site.range.start, end: site.range.start + 'await'.length };
      const node = fn.sites.awaits[index];
      if (offset < keyword.start || offset > keyword.end || node === undefined) continue;
      const facts = awaitFacts(node, fn, summary);
      return { range: site.range, facts, markdown: awaitMarkdown(facts, site.range, summary.source, options) };
    }
  }
  return undefined;
}

/** On the name of what is called; the innermost call wins. */
function explainCall(
  summary: FileSummary,
  effects: Effects,
  offset: number,
  options: ExplainOptions,
): Explanation | undefined {
  for (const fn of summary.functions) {
    for (const call of fn.calls) {
      if (ts.isExpressionWithTypeArguments(call.node) || ts.isTaggedTemplateExpression(call.node)) continue;
      const callee = call.node.expression;
      const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
      if (!ts.isIdentifier(name) || offset < name.getStart() || offset > name.end) continue;
      const boundary = boundariesOf(fn, summary, effects).find(
        (each) => each.range.start === call.node.getStart() && each.range.end === call.node.end,
      );
      if (boundary === undefined) return undefined;
      const edge = fn.edges.find((each) => each.node === call.node);
      const direct = fn.blocking.find((each) => each.node === call.node);
      const directEffect =
        direct === undefined
          ? undefined
          : {
              ...direct.api,
              api: { module: direct.api.module, name: direct.api.name },
              measured: direct.api.measured ?? [],
              certain: true,
              chain: [{ file: summary.file, range: direct.range, callee: direct.callee }],
            };
      const facts: CallFacts = {
        kind: 'call',
        callee: call.callee,
        calleeColor: boundary.calleeColor,
        boundary: boundary.kind,
        effect: directEffect ?? (edge === undefined ? undefined : effects.through(edge, summary)),
      };
      const range = { start: name.getStart(), end: name.end };
      return { range, facts, markdown: callMarkdown(facts, boundary.range, options) };
    }
  }
  return undefined;
}

function explainFunction(
  summary: FileSummary,
  effects: Effects,
  offset: number,
  options: ExplainOptions,
): Explanation | undefined {
  const fn = summary.functions.find((each) => !each.implicit && each.kind !== 'module' && isOn(each, offset));
  if (fn === undefined) return undefined;
  const effect = effects.of(fn, summary.engine)[0];
  const facts: FunctionFacts = { kind: 'function', name: fn.name, color: fn.color, awaits: fn.awaits.length, effect };
  return { range: fn.nameRange, facts, markdown: functionMarkdown(facts, fn.range, options) };
}

function isOn(fn: FunctionSummary, offset: number): boolean {
  return fn.nameRange.start <= offset && offset <= fn.nameRange.end;
}

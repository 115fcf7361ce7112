/** Why this file exists: two rules look at work that is started for all of a list at once; they differ in its kind. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { isFunctionNode, skipOuter } from '../syntax';
import { isTestFile } from './place';
import { found, type Rule, type RuleContext } from './rule';
import { callsLibrary, isPromiseStatic } from './shapes/targets';
import { bindingsOf } from './state/bindings';
import { firstSuspension } from './state/own-nodes';
import { mapped, resourceOfCall, resourceUsed, type Use } from './state/resources';
import { unboundedSource } from './state/sizes';

/** Work for each of a list of any length, started at once and collected by `Promise.all`, that takes up something. */
export function concurrencyFindings(
  rule: Rule,
  context: RuleContext,
  tell: (use: Use, source: string) => Pick<Finding, 'message' | 'severity'> | undefined,
): readonly Finding[] {
  if (isTestFile(context.summary.file)) return [];
  return context.nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => {
    if (!isPromiseStatic(call, context, /^(all|allSettled|any|race)$/)) return [];
    const [list] = call.arguments;
    if (list === undefined) return [];
    return [mappedStart(skipOuter(list), context), ...pushedStarts(skipOuter(list), context)].flatMap((start) => {
      const told = start === undefined ? undefined : tell(start.use, start.source);
      if (start === undefined || told === undefined) return [];
      return [found(rule, context, start.node, told.message, { severity: told.severity, related: start.use.chain })];
    });
  });
}

/** Work that is started for each of a list. */
interface Start {
  readonly node: ts.Node;
  /** The list, as it is written. */
  readonly source: string;
  readonly use: Use;
}

function mappedStart(map: ts.Expression, context: RuleContext): Start | undefined {
  if (!ts.isCallExpression(map) || !isMap(map, context)) return undefined;
  const callee = skipOuter(map.expression);
  const source = ts.isPropertyAccessExpression(callee) ? unboundedSource(callee.expression, context) : undefined;
  const fn = source === undefined ? undefined : mapped(map, context);
  const use = fn === undefined ? undefined : resourceUsed(fn, context);
  return source === undefined || use === undefined ? undefined : { node: map, source, use };
}

/** `for (const x of xs) jobs.push(f(x)); await Promise.all(jobs);`, with nothing awaited in the loop. */
function pushedStarts(list: ts.Expression, context: RuleContext): readonly Start[] {
  const binding = ts.isIdentifier(list) ? bindingsOf(context.summary.source).of(list) : undefined;
  return (binding?.mentions ?? []).flatMap((mention) => {
    const access = mention.parent;
    const call = access.parent;
    const isPush = ts.isPropertyAccessExpression(access) && access.name.text === 'push' && ts.isCallExpression(call);
    const [work] = isPush ? call.arguments : [];
    const loop = work === undefined ? undefined : loopAround(call);
    if (work === undefined || loop === undefined || firstSuspension(loop.statement) !== undefined) return [];
    const source = unboundedSource(loop.expression, context);
    const use = source === undefined ? undefined : resourceOfCall(skipOuter(work), context);
    return source === undefined || use === undefined ? [] : [{ node: work, source, use }];
  });
}

function loopAround(node: ts.Node): ts.ForOfStatement | undefined {
  for (let around = node.parent; !ts.isSourceFile(around) && !isFunctionNode(around); around = around.parent) {
    if (ts.isForOfStatement(around)) return around.awaitModifier === undefined ? around : undefined;
    if (ts.isIterationStatement(around, false)) return undefined;
  }
  return undefined;
}

function isMap(call: ts.CallExpression, context: RuleContext): boolean {
  return callsLibrary(call, context, (name) => /^global (Readonly)?Array\.(map|flatMap)$/.test(name));
}

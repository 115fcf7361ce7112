/** Why this file exists: two rules look at work that is started for all of a list at once; they differ in its kind. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { skipOuter } from '../syntax';
import { isTestFile } from './place';
import { found, type Rule, type RuleContext } from './rule';
import { callsLibrary, isPromiseStatic } from './shapes/targets';
import { mapped, resourceUsed, type Use } from './state/resources';
import { unboundedSource } from './state/sizes';

/** `Promise.all(xs.map(f))`, where `xs` may be of any length and `f` takes up something outside. */
export function concurrencyFindings(
  rule: Rule,
  context: RuleContext,
  tell: (use: Use, source: string) => Pick<Finding, 'message' | 'severity'> | undefined,
): readonly Finding[] {
  if (isTestFile(context.summary.file)) return [];
  return context.nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => {
    if (!isPromiseStatic(call, context, /^(all|allSettled|any|race)$/)) return [];
    const [list] = call.arguments;
    const map = list === undefined ? undefined : skipOuter(list);
    if (map === undefined || !ts.isCallExpression(map) || !isMap(map, context)) return [];
    const callee = skipOuter(map.expression);
    const source = ts.isPropertyAccessExpression(callee) ? unboundedSource(callee.expression, context) : undefined;
    const fn = source === undefined ? undefined : mapped(map, context);
    const use = fn === undefined ? undefined : resourceUsed(fn, context);
    const told = use === undefined || source === undefined ? undefined : tell(use, source);
    if (told === undefined || use === undefined) return [];
    return [found(rule, context, map, told.message, { severity: told.severity, related: use.chain })];
  });
}

function isMap(call: ts.CallExpression, context: RuleContext): boolean {
  return callsLibrary(call, context, (name) => /^global (Readonly)?Array\.(map|flatMap)$/.test(name));
}

/** Why this file exists: a loop that awaits each turn asks one after the other, though no turn needs another. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { rangeOf, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { bindingsOf } from './state/bindings';
import { onlyReads } from './state/independence';
import { locationOf } from './state/locations';
import { isSuspension, ownNodes, writtenBy } from './state/own-nodes';

export const sequentialAwaitLoop: Rule = {
  id: 'sequential-await-loop',
  finds: 'an `await` in a loop whose turns do not need each other',
  severity: 'info',
  check: (context) => {
    const loops = context.nodes.of(ts.SyntaxKind.ForOfStatement);
    return loops.flatMap((loop) => ofLoop(loop, context) ?? []);
  },
};

function ofLoop(loop: ts.ForOfStatement, context: RuleContext): Finding | undefined {
  if (loop.awaitModifier !== undefined || !ts.isVariableDeclarationList(loop.initializer)) return undefined;
  const waits = ownNodes(loop.statement, isSuspension);
  const [first] = waits;
  if (first === undefined || !waits.every((wait) => isRead(wait, context)) || leavesEarly(loop.statement))
    return undefined;
  if (!waits.some((wait) => usesTurn(wait, loop, context)) || !onlyCollects(loop, context)) return undefined;
  const message =
    'Each turn of this loop waits for the one before, and needs nothing of it: the waits add up. Start them together, ' +
    'as many at a time as the other side bears, and await all.';
  const related = [
    { file: context.summary.file, range: rangeOf(loop.initializer), message: 'One turn for each of these.' },
  ];
  return found(sequentialAwaitLoop, context, first, message, { related, fixes: together(loop, first, context) });
}

function isRead(wait: ts.Node, context: RuleContext): boolean {
  const call = ts.isAwaitExpression(wait) ? skipOuter(wait.expression) : undefined;
  return call !== undefined && ts.isCallExpression(call) && onlyReads(call, context);
}

/** A turn may decide that there is no next one. */
function leavesEarly(body: ts.Statement): boolean {
  return (
    ownNodes(body, (node): node is ts.Node => {
      return ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakOrContinueStatement(node);
    }).length > 0
  );
}

/** What is asked differs from turn to turn. */
function usesTurn(wait: ts.Node, loop: ts.ForOfStatement, { summary: { source } }: RuleContext): boolean {
  return ownNodes(wait, ts.isIdentifier).some((name) => {
    const declared = bindingsOf(source).of(name)?.declared;
    return declared !== undefined && isInside(declared, loop);
  });
}

/** Outside of the loop a turn only adds to a list, a set or a map, which no turn reads. */
function onlyCollects(loop: ts.ForOfStatement, context: RuleContext): boolean {
  const collected = new Set<string>();
  const calls = ownNodes(loop.statement, ts.isCallExpression).every((call) => {
    const collector = collectorOf(call, loop, context);
    if (collector !== undefined) collected.add(collector);
    return collector !== undefined || onlyReads(call, context);
  });
  const writes = ownNodes(loop.statement, ts.isExpression).every((node) => {
    const target = writtenBy(node);
    if (target === undefined || isOwn(target, loop, context)) return true;
    if (!ts.isElementAccessExpression(target) || !isPlainAssignment(node)) return false;
    collected.add(target.expression.getText());
    return true;
  });
  return calls && writes && [...collected].every((name) => mentionsOf(name, loop.statement) === 1);
}

/** `out.push(…)`, `set.add(…)`, `map.set(…)` on a variable from outside of the loop. */
function collectorOf(call: ts.CallExpression, loop: ts.Node, context: RuleContext): string | undefined {
  const callee = skipOuter(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || !/^(push|add|set)$/.test(callee.name.text)) return undefined;
  const targets = context.answers.callees.get(call) ?? [];
  const isCollection = targets.some((target) => {
    return target.kind === 'library' && target.module === 'global' && /^(Array|Set|Map)\./.test(target.name);
  });
  if (!isCollection || !ts.isIdentifier(callee.expression)) return undefined;
  const declared = bindingsOf(context.summary.source).of(callee.expression)?.declared;
  return declared === undefined || isInside(declared, loop) ? undefined : callee.expression.text;
}

function isOwn(target: ts.Expression, loop: ts.Node, { summary: { source } }: RuleContext): boolean {
  const root = locationOf(target)?.root;
  const declared = root !== undefined && ts.isIdentifier(root) ? bindingsOf(source).of(root)?.declared : undefined;
  return declared !== undefined && isInside(declared, loop);
}

function isPlainAssignment(node: ts.Node): boolean {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

function mentionsOf(name: string, body: ts.Node): number {
  return ownNodes(body, ts.isIdentifier).filter((each) => each.text === name).length;
}

function isInside(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

/** `for (const x of xs) out.push(await f(x));`, whose turns do nothing else. */
function together(loop: ts.ForOfStatement, wait: ts.Node, { summary: { file } }: RuleContext): readonly Fix[] {
  const only = ts.isBlock(loop.statement) ? loop.statement.statements[0] : loop.statement;
  const isAlone = !ts.isBlock(loop.statement) || loop.statement.statements.length === 1;
  const push = isAlone && only !== undefined && ts.isExpressionStatement(only) ? skipOuter(only.expression) : undefined;
  if (push === undefined || !ts.isCallExpression(push) || !push.expression.getText().endsWith(".push")) return [];
  const [argument, ...others] = push.arguments;
  const isWait = argument !== undefined && others.length === 0 && skipOuter(argument) === wait;
  const name = ts.isVariableDeclarationList(loop.initializer) ? loop.initializer.declarations[0]?.name : undefined;
  if (!isWait || !ts.isAwaitExpression(wait) || name === undefined) return [];
  const each = ts.isIdentifier(name) ? name.text : `(${name.getText()})`;
  const parameter = each.startsWith('(') ? each : `(${each})`;
  const all = `Array.from(${loop.expression.getText()}, ${parameter} => ${wait.expression.getText()})`;
  const newText = `${push.expression.getText()}(...(await Promise.all(${all})));`;
  return [{ title: 'Start all of them together', edits: [{ file, range: rangeOf(loop), newText }] }];
}

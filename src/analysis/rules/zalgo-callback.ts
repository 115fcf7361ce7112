/**
 * Why this file exists: a callback that is called before the function returns on one way and later on another makes the
 * caller's order depend on data.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { callbackTimeOf } from '../flow-model/callback-time';
import { edgeTarget } from '../flow-model/edge-target';
import { isAsyncFunction, isFunctionNode, rangeOf, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import type { Binding } from './state/bindings';
import { callbackParameters, callOf, functionAround } from './state/callbacks';
import { leaves } from './state/own-nodes';

export const zalgoCallback: Rule = {
  id: 'zalgo-callback',
  finds: 'a callback that is called at once on one way through a function, and later on another',
  severity: 'warning',
  check: (context) =>
    context.summary.functions.flatMap(({ sites: { node } }) => {
      if (!isFunctionNode(node) || isAsyncFunction(node)) return [];
      return callbackParameters(node, context).flatMap((callback) => ofCallback(callback, node, context) ?? []);
    }),
};

function ofCallback(callback: Binding, fn: ts.Node, context: RuleContext): Finding | undefined {
  const later = callback.mentions.find((mention) => isLater(mention, fn, context));
  if (later === undefined) return undefined;
  const now = callback.mentions.find((mention) => {
    return callOf(mention) !== undefined && functionAround(mention) === fn && areAlternatives(mention, later, fn);
  });
  const call = now === undefined ? undefined : callOf(now);
  if (call === undefined) return undefined;
  const name = `\`${callback.name}\``;
  const message =
    `${name} is called here before the function returns, and on another way later: what the caller does after its ` +
    'call comes sometimes before the callback and sometimes after it. Call it later on every way.';
  return found(zalgoCallback, context, call, message, {
    related: [{ file: context.summary.file, range: rangeOf(later), message: `${name} is called later from here.` }],
    fixes: byNextTick(call, context),
  });
}

/** The callback is given to something that calls it once and later, or is called in a function that is. */
function isLater(mention: ts.Identifier, fn: ts.Node, context: RuleContext): boolean {
  for (let node: ts.Node = mention; node !== fn; node = node.parent) {
    const { parent } = node;
    const isValue = node === mention || ts.isArrowFunction(node) || ts.isFunctionExpression(node);
    if (!isValue || !ts.isCallExpression(parent) || skipOuter(parent.expression) === node) continue;
    return isOnceAndLater(
      parent,
      parent.arguments.findIndex((each) => each === node),
      context,
    );
  }
  return false;
}

function isOnceAndLater(call: ts.CallExpression, index: number, { answers, effects, summary }: RuleContext): boolean {
  const targets = answers.callees.get(call) ?? [];
  const own = targets.flatMap((target) => edgeTarget(target) ?? []);
  if (own.length > 0) {
    const { now, later } = effects.parameterTime(own, index, summary.engine);
    return !now && later !== undefined && later !== 'event' && later !== 'request';
  }
  const taker = callbackTimeOf(targets);
  if (taker?.time !== 'later' || taker.by === 'request') return false;
  const name = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : call.expression.getText();
  // A listener that is told what is there and then every change is called many times on purpose.
  return taker.by === 'event' ? name === 'once' : name !== 'setInterval';
}

/** After one of them the function ends without the other. */
function areAlternatives(now: ts.Node, later: ts.Node, fn: ts.Node): boolean {
  return endsWithout(now, later, fn) || endsWithout(later, now, fn);
}

function endsWithout(first: ts.Node, later: ts.Node, fn: ts.Node): boolean {
  for (let node = first; node !== fn; node = node.parent) {
    const { parent } = node;
    if (isFunctionNode(node)) continue;
    if (ts.isReturnStatement(parent) && functionAround(parent) === fn) return first.end < later.pos;
    if (ts.isBlock(parent)) {
      const rest = parent.statements.slice(parent.statements.findIndex((each) => each === node));
      if (parent.parent !== fn && functionAround(parent) === fn && rest.some(leaves)) return true;
    }
    if (ts.isIfStatement(parent) && parent.expression !== node) {
      const other = parent.thenStatement === node ? parent.elseStatement : parent.thenStatement;
      if (other !== undefined && other.pos <= later.pos && later.end <= other.end) return true;
    }
  }
  return false;
}

/** `cb(null, x)` → `process.nextTick(cb, null, x)`, in files that are surely Node's. */
function byNextTick(call: ts.CallExpression, { summary: { source, file } }: RuleContext): readonly Fix[] {
  if (!ts.isExpressionStatement(call.parent) && !ts.isReturnStatement(call.parent)) return [];
  if (!importsNode(source) || call.arguments.some(ts.isSpreadElement)) return [];
  const list = [call.expression, ...call.arguments].map((each) => each.getText()).join(', ');
  const newText = `process.nextTick(${list})`;
  return [{ title: 'Call it on the next tick', edits: [{ file, range: rangeOf(call), newText }], preferred: true }];
}

function importsNode(source: ts.SourceFile): boolean {
  return source.statements.some((statement) => {
    return (
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      statement.moduleSpecifier.text.startsWith('node:')
    );
  });
}

/**
 * Why this file exists: an async iterable cannot be taken apart by a plain loop, and a list of promises that a
 * `for await` walks through has its later promises reject while nobody listens to them yet.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { promiseAllLoopFix } from './fixes/for-of';
import { found, type Rule, type RuleContext } from './rule';
import { forAwaits, headOfForAwait } from './shapes/for-await';

const { SyntaxKind } = ts;

export const asyncIterableMisuse: Rule = {
  id: 'async-iterable-misuse',
  finds: 'a plain loop or spread over an async iterable, and a `for await` over promises that are already under way',
  severity: 'error',
  questions: (nodes) => ({
    protocols: [...plainlyIterated(nodes), ...forAwaits(nodes).map((each) => each.expression)],
  }),
  check: (context) => [
    ...plainlyIterated(context.nodes).flatMap((node) => checkPlain(node, context)),
    ...forAwaits(context.nodes).flatMap((node) => checkForAwait(node, context)),
  ],
};

function checkPlain(node: ts.Expression, context: RuleContext): readonly Finding[] {
  const facts = context.answers.protocols.get(node);
  if (facts?.asyncIterable !== 'yes' || facts.iterable !== 'no') return [];
  const isLoop = ts.isForOfStatement(node.parent);
  const remedy = isLoop ? 'use `for await`' : 'collect it with `for await` first';
  const message = `\`${calleeName(node)}\` is an async iterable: it is not iterable at once, and this throws a TypeError; ${remedy}.`;
  return [found(asyncIterableMisuse, context, node, message)];
}

function checkForAwait(node: ts.ForOfStatement, context: RuleContext): readonly Finding[] {
  const facts = context.answers.protocols.get(node.expression);
  if (facts?.asyncIterable !== 'no' || facts.bringsThenables !== 'yes') return [];
  const message = `The promises of \`${calleeName(node.expression)}\` are waited for one after the other: a later one that rejects meanwhile is unhandled.`;
  const fixes = promiseAllLoopFix(node, context.summary.file);
  return [found(asyncIterableMisuse, context, node, message, { range: headOfForAwait(node), fixes })];
}

function plainlyIterated(nodes: FileNodes): readonly ts.Expression[] {
  const loops = nodes.of(SyntaxKind.ForOfStatement).filter((each) => each.awaitModifier === undefined);
  return [...loops, ...nodes.of(SyntaxKind.SpreadElement)].map((each) => each.expression);
}

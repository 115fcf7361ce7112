/**
 * Why this file exists: a pattern that matches one text in exponentially many ways blocks the thread for years on a
 * short input that does not match.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { found, type Rule, type RuleContext } from './rule';
import { exponentialPart } from './patterns/exponential';

export const redos: Rule = {
  id: 'redos',
  finds: 'a regular expression that takes exponential time on some short inputs',
  severity: 'warning',
  check: (context) => {
    return context.nodes.of(ts.SyntaxKind.RegularExpressionLiteral).flatMap((node) => ofLiteral(node, context) ?? []);
  },
};

function ofLiteral(node: ts.RegularExpressionLiteral, context: RuleContext): Finding | undefined {
  const part = exponentialPart(node.text);
  if (part === undefined) return undefined;
  const message =
    `\`${part}\` can match one text in very many ways: on an input that almost matches, each further character ` +
    'doubles the time, and the thread is blocked meanwhile. Let one way be left.';
  return found(redos, context, node, message);
}

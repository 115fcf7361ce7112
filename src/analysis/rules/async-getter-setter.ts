/** Why this file exists: reading a property looks like nothing; a getter that starts async work hides that it does. */
import ts from 'typescript';
import { rangeOf } from '../syntax';
import { found, type Rule } from './rule';
import { containsOwn } from './shapes/functions';

export const asyncGetterSetter: Rule = {
  id: 'async-getter-setter',
  finds: 'a getter that starts async work each time it is read',
  severity: 'info',
  questions: (nodes) => ({ returns: nodes.of(ts.SyntaxKind.GetAccessor).filter(({ body }) => body !== undefined) }),
  check: (context) =>
    context.nodes.of(ts.SyntaxKind.GetAccessor).flatMap((node) => {
      const { body, name } = node;
      if (body === undefined || context.answers.returns.get(node)?.promise !== 'yes' || !starts(body)) return [];
      const text = name.getText();
      const message = `Reading \`${text}\` starts async work each time, and nothing at the reading shows it: a method \`${text}()\` would.`;
      return [found(asyncGetterSetter, context, node, message, { range: rangeOf(name) })];
    }),
};

/** A getter that hands out a promise kept in a field starts nothing, nor does one that makes it when it is missing. */
function starts(body: ts.Block): boolean {
  const keeps = containsOwn(body, (node) => {
    if (!ts.isBinaryExpression(node)) return false;
    const { kind } = node.operatorToken;
    return kind === ts.SyntaxKind.QuestionQuestionEqualsToken || kind === ts.SyntaxKind.EqualsToken;
  });
  return !keeps && containsOwn(body, (node) => ts.isCallExpression(node) || ts.isNewExpression(node));
}

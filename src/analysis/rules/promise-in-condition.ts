/**
 * Why this file exists: a promise is an object, and an object is true, is `[object Promise]` as text and equals
 * nothing: where a condition or an operand is one, an `await` was forgotten.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, comparisonOperators } from '../syntax';
import type { FileNodes } from './file-nodes';
import { fixByAwaiting } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { bindingsOf } from './state/bindings';

const { SyntaxKind } = ts;

export const promiseInCondition: Rule = {
  id: 'promise-in-condition',
  finds: 'a promise as a condition, an operand or a piece of text',
  severity: 'error',
  questions: (nodes) => ({
    types: [...conditions(nodes), ...texts(nodes), ...comparisons(nodes).flatMap(({ left, right }) => [left, right])],
  }),
  check: (context) => [
    ...conditions(context.nodes).flatMap((node) => check(node, context, conditionMessage)),
    ...texts(context.nodes).flatMap((node) => check(node, context, textMessage)),
    ...comparisons(context.nodes).flatMap((node) => checkOperands(node, context)),
  ],
};

function check(node: ts.Expression, context: RuleContext, message: (name: string) => string): readonly Finding[] {
  if (typeOf(node, context).alwaysThenable !== 'yes' || mayBeUnset(node, context)) return [];
  const fixes = fixByAwaiting(context.summary.file, node);
  return [found(promiseInCondition, context, node, message(calleeName(node)), { fixes })];
}

/** `let pending: Promise<void>;` says nothing of the time before it is set. */
function mayBeUnset(node: ts.Expression, { summary: { source } }: RuleContext): boolean {
  const declared = ts.isIdentifier(node) ? bindingsOf(source).of(node)?.declared.parent : undefined;
  if (declared === undefined || !ts.isVariableDeclaration(declared)) return false;
  const isHeadOfLoop = ts.isForOfStatement(declared.parent.parent) || ts.isForInStatement(declared.parent.parent);
  const isAmbient = (ts.getCombinedModifierFlags(declared) & ts.ModifierFlags.Ambient) !== 0;
  return declared.initializer === undefined && !isHeadOfLoop && !isAmbient;
}

function conditionMessage(name: string): string {
  return `\`${name}\` is a promise, and a promise is always true: the condition never fails.`;
}

function textMessage(name: string): string {
  return `\`${name}\` is a promise: the text will say "[object Promise]", or the key be that.`;
}

/** A promise against something that is none: never equal, never a number. Both may be unknown. */
function checkOperands({ left, right }: ts.BinaryExpression, context: RuleContext): readonly Finding[] {
  return [
    { node: left, other: right },
    { node: right, other: left },
  ].flatMap(({ node, other }) => {
    const facts = typeOf(other, context);
    if (facts.thenable !== 'no' || facts.nullable) return [];
    return check(node, context, (name) => `\`${name}\` is a promise: neither equal to a value nor a number.`);
  });
}

/** What decides a branch; a set, because a test may be looked at from inside and from outside. */
function conditions(nodes: FileNodes): readonly ts.Expression[] {
  const tests = [
    ...nodes
      .of(SyntaxKind.IfStatement, SyntaxKind.WhileStatement, SyntaxKind.DoStatement)
      .map((each) => each.expression),
    ...nodes.of(SyntaxKind.SwitchStatement).map((each) => each.expression),
    ...nodes.of(SyntaxKind.ForStatement).flatMap((each) => each.condition ?? []),
    ...nodes.of(SyntaxKind.ConditionalExpression).map((each) => each.condition),
    ...nodes
      .of(SyntaxKind.PrefixUnaryExpression)
      .flatMap((each) => (each.operator === SyntaxKind.ExclamationToken ? each.operand : [])),
  ];
  const logical = nodes.of(SyntaxKind.BinaryExpression).filter(isLogical);
  const found = [...tests.flatMap((each) => decisive(each, true)), ...logical.flatMap((each) => decisive(each, false))];
  return [...new Set(found)];
}

/** In a test both sides of `||` decide; elsewhere only the left one, and of `??` not even that. */
function decisive(given: ts.Expression, isTest: boolean): readonly ts.Expression[] {
  const node = ts.isParenthesizedExpression(given) ? given.expression : given;
  if (node !== given) return decisive(node, isTest);
  if (!isLogical(node)) return [node];
  const looksLeft = isTest || node.operatorToken.kind !== SyntaxKind.QuestionQuestionToken;
  return [...(looksLeft ? decisive(node.left, isTest) : []), ...(isTest ? decisive(node.right, isTest) : [])];
}

function isLogical(node: ts.Expression): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === SyntaxKind.AmpersandAmpersandToken ||
    kind === SyntaxKind.BarBarToken ||
    kind === SyntaxKind.QuestionQuestionToken
  );
}

/** What becomes text: pieces of a template, and computed keys. */
function texts(nodes: FileNodes): readonly ts.Expression[] {
  const spans = nodes.of(SyntaxKind.TemplateSpan).filter((each) => !ts.isTaggedTemplateExpression(each.parent.parent));
  const keys = nodes.of(SyntaxKind.ElementAccessExpression).map((each) => each.argumentExpression);
  return [...spans.map((each) => each.expression), ...keys];
}

function comparisons(nodes: FileNodes): readonly ts.BinaryExpression[] {
  return nodes.of(SyntaxKind.BinaryExpression).filter(({ operatorToken: { kind } }) => comparing.has(kind));
}

const comparing: ReadonlySet<ts.SyntaxKind> = new Set([
  ...comparisonOperators,
  SyntaxKind.PlusToken,
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
]);

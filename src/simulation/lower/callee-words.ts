/**
 * Why this file exists: V8 names the failing part of an expression by printing it anew: `a.b(...).c`, `x[0]`,
 * `(intermediate value)`. V8 11.3: src/ast/prettyprinter.cc, CallPrinter.
 */
import ts from 'typescript';

/** What V8 writes for an expression that it has no words for. */
export const unnamed = '(intermediate value)';

/** The words for an expression, as they stand before `is not a function`. */
export function expressionWords(node: ts.Expression): string {
  const isWhole = isErased(node) && ts.isOptionalChain(withoutTypes(node)); // `(a?.b)()`: the chain ends in it
  return isWhole ? unnamed : wordsOf(node, '(...)');
}

/** As they stand before `is not iterable`, where calls are written without their parentheses. */
export function iterableWords(given: ts.Expression): string {
  const node = withoutTypes(given);
  if (ts.isOptionalChain(node)) return unnamed;
  const made = isMade(node);
  return made === undefined ? wordsOf(node, '') : `${wordsOf(made, '')} is not a function or its return value`;
}

/** As they stand before `is not async iterable`; undefined where V8 has no words for it. */
export function asyncIterableWords(given: ts.Expression): string | undefined {
  const node = withoutTypes(given);
  if (ts.isOptionalChain(node) || isChoice(node) || isMadeInParts(node)) return undefined;
  const isCall = isMade(node) !== undefined;
  return `${wordsOf(node, '(...)')}${isCall ? ' is not a function or its return value' : ''}`;
}

/** As they stand before `is not iterable` after `yield*`; undefined where V8 spells the value instead. */
export function delegatedWords(given: ts.Expression): string | undefined {
  const node = withoutTypes(given);
  const computed = isMade(node) !== undefined || isMember(node) || isArithmetic(node) || ts.isAwaitExpression(node);
  return computed && !ts.isOptionalChain(node) ? `yield* ${unnamed}` : undefined;
}

export function isMember(given: ts.Expression): given is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  const node = withoutTypes(given);
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** Whether V8 finds the expression by its place, its first character; else it spells the value of `const [a] = …`. */
export function isPlacedAtStart(node: ts.Expression): boolean {
  if (isMember(node) || ts.isParenthesizedExpression(node) || ts.isOptionalChain(node)) return false;
  if (ts.isBinaryExpression(node) || ts.isPostfixUnaryExpression(node)) return false;
  if (ts.isTaggedTemplateExpression(node)) return false;
  if (ts.isPrefixUnaryExpression(node)) return !movesPlace.includes(node.operator);
  return !ts.isCallExpression(node) || ts.isIdentifier(node.expression) || ts.isCallExpression(node.expression);
}

const movesPlace = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken];

function isArithmetic(node: ts.Expression): boolean {
  if (ts.isBinaryExpression(node)) return !isChoice(node) && foldedValue(node) === undefined;
  if (ts.isPostfixUnaryExpression(node)) return true;
  const isNot = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken;
  return ts.isPrefixUnaryExpression(node) && !isNot && foldedValue(node) === undefined;
}

/** What a call or `new` calls. */
function isMade(node: ts.Expression): ts.Expression | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.expression;
  return ts.isTaggedTemplateExpression(node) ? node.tag : undefined;
}

/** An object literal that needs code for a member, behind whose place V8 no longer finds the literal. */
export function isMadeInParts(given: ts.Expression): boolean {
  const node = withoutTypes(given);
  return ts.isObjectLiteralExpression(node) && node.properties.some(needsCode);
}

function needsCode(member: ts.ObjectLiteralElementLike): boolean {
  if (ts.isMethodDeclaration(member) || ts.isShorthandPropertyAssignment(member)) return true;
  if (!ts.isPropertyAssignment(member)) return false;
  return ts.isComputedPropertyName(member.name) || literalWords(withoutTypes(member.initializer)) === undefined;
}

const choices: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
];

function isChoice(node: ts.Expression): boolean {
  return ts.isBinaryExpression(node) && choices.includes(node.operatorToken.kind);
}

function wordsOf(node: ts.Expression, called: '(...)' | ''): string {
  if (isErased(node)) return wordsOf(node.expression, called);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return propertyWords(node, called);
  if (ts.isElementAccessExpression(node)) return elementWords(node, called);
  if (ts.isCallExpression(node)) return `${wordsOf(node.expression, called)}${called}`;
  if (ts.isTaggedTemplateExpression(node)) return `${wordsOf(node.tag, called)}${called}`;
  if (ts.isArrayLiteralExpression(node)) return `[${node.elements.map((each) => wordsOf(each, called)).join(',')}]`;
  if (ts.isObjectLiteralExpression(node)) return `{${unnamed.repeat(node.properties.length)}}`;
  if (ts.isConditionalExpression(node)) return unnamed.repeat(3);
  if (ts.isTemplateExpression(node)) return node.templateSpans.map((span) => wordsOf(span.expression, called)).join('');
  return foldedWords(node) ?? operatorWords(node, called) ?? literalWords(node) ?? unnamed;
}

/**
 * V8's parser computes operators between literals. V8 11.3: src/parsing/parser.cc,
 * ShortcutNumericLiteralBinaryExpression.
 */
function foldedWords(node: ts.Expression): string | undefined {
  const value = foldedValue(node);
  return value === undefined || ts.isNumericLiteral(node) ? undefined : String(value);
}

function foldedValue(given: ts.Expression): number | boolean | undefined {
  const node = withoutTypes(given);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isPrefixUnaryExpression(node)) {
    const value = foldedValue(node.operand);
    const fold = value === undefined ? undefined : foldedPrefix[node.operator];
    return value === undefined ? undefined : fold?.(Number(value));
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const fold = foldedBinary[node.operatorToken.kind];
  const [left, right] = [foldedValue(node.left), foldedValue(node.right)];
  return fold && typeof left === 'number' && typeof right === 'number' ? fold(left, right) : undefined;
}

const foldedPrefix: Readonly<Partial<Record<ts.SyntaxKind, (value: number) => number | boolean>>> = {
  [ts.SyntaxKind.MinusToken]: (value) => -value,
  [ts.SyntaxKind.PlusToken]: (value) => value,
  [ts.SyntaxKind.TildeToken]: (value) => ~value,
  [ts.SyntaxKind.ExclamationToken]: (value) => value === 0,
};

const foldedBinary: Readonly<Partial<Record<ts.SyntaxKind, (left: number, right: number) => number>>> = {
  [ts.SyntaxKind.PlusToken]: (left, right) => left + right,
  [ts.SyntaxKind.MinusToken]: (left, right) => left - right,
  [ts.SyntaxKind.AsteriskToken]: (left, right) => left * right,
  [ts.SyntaxKind.SlashToken]: (left, right) => left / right,
};

type Erased =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.ExpressionWithTypeArguments;

/** What is not there any more once types are gone. */
export function isErased(node: ts.Node): node is Erased {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isExpressionWithTypeArguments(node)
  );
}

export function withoutTypes(node: ts.Expression): ts.Expression {
  return isErased(node) ? withoutTypes(node.expression) : node;
}

function propertyWords(node: ts.PropertyAccessExpression, called: '(...)' | ''): string {
  const object = wordsOf(node.expression, called);
  if (ts.isPrivateIdentifier(node.name)) return `${object}${node.questionDotToken ? '?.' : ''}[${node.name.text}]`;
  return `${object}${node.questionDotToken ? '?.' : '.'}${node.name.text}`;
}

function elementWords(node: ts.ElementAccessExpression, called: '(...)' | ''): string {
  const object = wordsOf(node.expression, called);
  const key = withoutTypes(node.argumentExpression);
  const isName = ts.isStringLiteralLike(key) && !/^(0|[1-9]\d*)$/.test(key.text);
  if (isName) return `${object}${node.questionDotToken ? '?.' : '.'}${key.text}`;
  return `${object}${node.questionDotToken ? '?.' : ''}[${wordsOf(key, called)}]`;
}

function operatorWords(node: ts.Expression, called: '(...)' | ''): string | undefined {
  const words = (part: ts.Expression): string => wordsOf(part, called);
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment)
      return words(node.left);
    return `(${words(node.left)} ${ts.tokenToString(operator) ?? ''} ${words(node.right)})`;
  }
  if (ts.isPrefixUnaryExpression(node))
    return `(${ts.tokenToString(node.operator) ?? ''}${words(node.operand)})`;
  if (ts.isPostfixUnaryExpression(node))
    return `(${words(node.operand)}${ts.tokenToString(node.operator) ?? ''})`;
  if (ts.isTypeOfExpression(node)) return `(typeof ${words(node.expression)})`;
  if (ts.isVoidExpression(node)) return `(void ${words(node.expression)})`;
  if (ts.isDeleteExpression(node)) return `(delete ${words(node.expression)})`;
  return undefined;
}

function literalWords(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return `"${node.text}"`;
  if (ts.isNumericLiteral(node) || ts.isRegularExpressionLiteral(node)) return node.text;
  switch (node.kind) {
    case ts.SyntaxKind.ThisKeyword:
      return 'this';
    case ts.SyntaxKind.NullKeyword:
      return 'null';
    case ts.SyntaxKind.TrueKeyword:
      return 'true';
    case ts.SyntaxKind.FalseKeyword:
      return 'false';
    default:
      return undefined;
  }
}

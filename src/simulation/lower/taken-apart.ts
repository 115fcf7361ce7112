/**
 * Why this file exists: `const { a } = x` of nothing is an error in V8's own words, which name the value; the engine
 * does not say which it was. `x` becomes `($_dv = x) ?? $_j($_dv, words)`, which costs nothing when it is there.
 */
import ts from 'typescript';
import { callProbe, placed, probe } from './build';
import { expressionWords, isPlacedAtStart, withoutTypes } from './callee-words';
import { faultOf, firstKey, firstTarget, readingFault, type ObjectPattern, type PatternFault } from './object-patterns';
import { originalOf } from './sites';
import type { Lowering } from './lowering';
import { isUnseen } from './unseen';

const { factory } = ts;

/** `const { a } = x`, `const [b] = y`, lowered. */
export function checkedDeclaration(lowering: Lowering, node: ts.VariableDeclaration): ts.VariableDeclaration {
  const { name, initializer } = node;
  if (initializer === undefined) return node;
  const value = checkedInitializer(lowering, name, initializer);
  return value === initializer ? node : factory.updateVariableDeclaration(node, name, undefined, undefined, value);
}

function checkedInitializer(lowering: Lowering, name: ts.BindingName, value: ts.Expression): ts.Expression {
  const [original, written] = [originalOf(value), originalOf(name)];
  if (ts.isIdentifier(value) && written !== undefined && ts.isCatchClause(written.parent.parent))
    return checkedPart(lowering, name, value);
  if (!ts.isArrayBindingPattern(name)) return checkedValue(lowering, name, value);
  const isFound = original === undefined || !ts.isExpression(original) || isSpelledByText(original);
  return isFound ? value : rememberedValue(value);
}

/** V8 finds it in the text and spells that. */
function isSpelledByText(value: ts.Expression): boolean {
  return isPlacedAtStart(value) && !isUnseen(value);
}

/** `catch ({ a }) { … }` → `catch ($_ce) { let { a } = …; … }`: no name of a block can be that of its pattern. */
export function checkedCatch(lowering: Lowering, node: ts.CatchClause): ts.CatchClause {
  const name = node.variableDeclaration?.name;
  if (name === undefined || ts.isIdentifier(name)) return node;
  const bind = factory.createVariableDeclaration(name, undefined, undefined, checkedPart(lowering, name, probe('ce')));
  const list = factory.createVariableDeclarationList([bind], ts.NodeFlags.Let);
  const declared = factory.createVariableStatement(undefined, list);
  const block = factory.updateBlock(node.block, [declared, ...node.block.statements]);
  return factory.updateCatchClause(node, factory.createVariableDeclaration(probe('ce')), block);
}

/** What a declaration or an assignment takes apart, checked first. `value` is already lowered. */
function checkedValue(lowering: Lowering, pattern: ts.Node, value: ts.Expression): ts.Expression {
  const original = originalOf(value);
  const written = originalOf(pattern);
  if (original === undefined || written === undefined || !ts.isExpression(original)) return value;
  if (!ts.isObjectBindingPattern(written) && !ts.isObjectLiteralExpression(written)) return value;
  if (isSomething(withoutTypes(original))) return value;
  const { before, after, at } = faultWith(written, original);
  const fail = callProbe('j', probe('dv'), before, after);
  const start = at.getStart(lowering.source);
  ts.setSourceMapRange(fail, { pos: start, end: start });
  return factory.createBinaryExpression(
    factory.createParenthesizedExpression(factory.createAssignment(probe('dv'), value)),
    ts.SyntaxKind.QuestionQuestionToken,
    fail,
  );
}

/** What a loop takes apart in each turn: an expression that may be evaluated twice. */
export function checkedItem(lowering: Lowering, pattern: ts.Node, value: ts.Expression): ts.Expression {
  const written = originalOf(pattern);
  if (written === undefined || !ts.isObjectBindingPattern(written)) return value;
  const fail = failure(lowering, value, written, faultOf(written, '.for'));
  return elseFail(value, fail);
}

function failure(lowering: Lowering, value: ts.Expression, pattern: ObjectPattern, fault: PatternFault): ts.Expression {
  const at = fault.at === pattern ? startOf(pattern) : fault.at;
  const start = at.getStart(lowering.source);
  return placed(callProbe('j', value, fault.before, fault.after), start);
}

/** What a parameter or `catch` takes apart; of an object a variable. V8 calls what has no name by what it is. */
export function checkedPart(lowering: Lowering, pattern: ts.BindingName, value: ts.Expression): ts.Expression {
  const written = originalOf(pattern);
  if (written === undefined || ts.isIdentifier(written)) return value;
  const start = written.getStart(lowering.source);
  if (!ts.isObjectBindingPattern(written))
    return placed(rememberedValue(value), start);
  const fail = (of: string): ts.Expression => failure(lowering, value, written, faultOf(written, of));
  const missing = ts.isCatchClause(written.parent.parent)
    ? fail('.catch')
    : factory.createConditionalExpression(isNull(value), undefined, fail('object null'), undefined, fail('undefined'));
  return elseFail(value, factory.createParenthesizedExpression(missing));
}

function elseFail(value: ts.Expression, fail: ts.Expression): ts.Expression {
  return factory.createBinaryExpression(value, ts.SyntaxKind.QuestionQuestionToken, fail);
}

function isNull(value: ts.Expression): ts.Expression {
  return factory.createStrictEquality(value, factory.createNull());
}

/** What an assignment takes apart, or just writes; V8 spells what is no list by its value. */
export function assignedValue(lowering: Lowering, node: ts.BinaryExpression, value: ts.Expression): ts.Expression {
  const target = withoutTypes(node.left);
  if (ts.isObjectLiteralExpression(target)) return checkedValue(lowering, target, value);
  const isList = ts.isArrayLiteralExpression(target) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isList && !ts.isArrayLiteralExpression(withoutTypes(node.right)) ? rememberedValue(value) : value;
}

/** The pattern, or what it collects. */
function startOf(pattern: ObjectPattern): ts.Node {
  if (!ts.isObjectBindingPattern(pattern)) return pattern;
  const [first] = pattern.elements;
  return first?.dotDotDotToken === undefined ? pattern : first.name;
}

/** What stands before and after the value; where V8 does not find the text again it speaks of a property. */
function faultWith(pattern: ObjectPattern, value: ts.Expression): PatternFault {
  const [key, first] = [firstKey(pattern), firstTarget(pattern)];
  if (isUnseen(value)) {
    if (key !== undefined && first !== undefined) return readingFault(key, first);
    return { before: 'Cannot read properties of ', after: '', at: startOf(pattern) };
  }
  const fault = faultOf(pattern, expressionWords(value));
  return key === undefined ? { ...fault, at: value } : fault;
}

/** `const [a] = x.y` and `yield* x`, which V8 words by the value: `$_ta(x.y)` remembers it. */
export function rememberedValue(value: ts.Expression): ts.Expression {
  return callProbe('ta', value);
}

/** Neither undefined nor null, whatever happens. */
function isSomething(node: ts.Expression): boolean {
  return (
    ts.isObjectLiteralExpression(node) ||
    ts.isArrayLiteralExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isFunctionExpression(node) ||
    ts.isStringLiteralLike(node)
  );
}

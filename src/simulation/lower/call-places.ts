/**
 * Why this file exists: the engine places a call where it last read a name, so of `f(g())` it cannot tell which of the
 * two is no function, nor of `f()()`. Where both may be none, a name is read between: `f($_id(g(), $_id))`; it stands
 * at the end of the outer call, where no inner one is.
 */
import ts from 'typescript';
import { callProbe, probe } from './build';
import type { CallableNames } from './callable-names';
import { withoutTypes } from './callee-words';
import type { Lowering } from './lowering';
import { originalOf } from './sites';

const { factory } = ts;

type Call = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

/** A lowered call, told apart from the calls in its arguments and in what it calls. */
export function toldApart(lowering: Lowering, node: ts.Node): ts.Node {
  const { callable } = lowering;
  const original = isCall(node) ? originalOf(node) : undefined;
  if (!isCall(node) || callable === undefined || original === undefined || !isCall(original)) return node;
  if (isSurely(calleeOf(original), callable) && !repeats(original)) return node;
  return ts.isTaggedTemplateExpression(node) ? node : withReads(node, original);
}

function withReads(node: Exclude<Call, ts.TaggedTemplateExpression>, original: Call): ts.Expression {
  const { expression, arguments: given } = node;
  const callee = withCalleeRead(expression, original);
  const args = given && withLastRead(given, original);
  if (callee === expression && args === given) return node;
  if (ts.isNewExpression(node)) return factory.updateNewExpression(node, callee, undefined, args);
  return ts.isCallChain(node)
    ? factory.updateCallChain(node, callee, node.questionDotToken, undefined, args ?? [])
    : factory.updateCallExpression(node, callee, undefined, args ?? []);
}

function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);
}

function calleeOf(call: Call): ts.Expression {
  return withoutTypes(ts.isTaggedTemplateExpression(call) ? call.tag : call.expression);
}

/** Objects of the language and of hosts whose members are functions. */
const toolboxes = new Set(['console', 'Math', 'JSON', 'Object', 'Reflect', 'Promise', 'Array', 'Number', 'String', 'process']);

/** A word of the language, a name that stands for a function, a member of what the language has. */
function isSurely(callee: ts.Expression, callable: CallableNames): boolean {
  if (callee.kind === ts.SyntaxKind.SuperKeyword || callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === 'eval' || callable.variables.has(callee.text);
  if (!ts.isPropertyAccessExpression(callee) || !callable.members.has(callee.name.text)) return false;
  return ts.isIdentifier(callee.expression) && toolboxes.has(callee.expression.text);
}

/** `f(f(x))`, `new Error('a', { cause: new Error('b') })`: by its name alone the outer call would be the inner. */
function repeats(call: Call): boolean {
  const name = lastName(calleeOf(call));
  const written = ts.isTaggedTemplateExpression(call) ? [] : (call.arguments ?? []);
  return written.some((given) => someCall(given, (inner) => lastName(calleeOf(inner)) === name));
}

function lastName(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  return ts.isIdentifier(callee) ? callee.text : undefined;
}

/** `f()()`. */
function withCalleeRead(callee: ts.Expression, original: Call): ts.Expression {
  return isCall(calleeOf(original)) ? readAfter(callee, original.end - 1) : callee;
}

/** `f(g())`: the place is that of the closing parenthesis; of what is spread, the end of it. */
function withLastRead(given: ts.NodeArray<ts.Expression>, original: Call): ts.NodeArray<ts.Expression> {
  const last = given.at(-1);
  const written = ts.isTaggedTemplateExpression(original) ? [] : (original.arguments ?? []);
  if (last === undefined || !written.some((argument) => someCall(argument, () => true))) return given;
  const value = ts.isSpreadElement(last)
    ? factory.updateSpreadElement(last, readAfter(last.expression, written.at(-1)?.end ?? original.end - 1))
    : readAfter(last, original.end - 1);
  return factory.createNodeArray([...given.slice(0, -1), value]);
}

/** Of the calls that run while this is computed. */
function someCall(node: ts.Node, suits: (call: Call) => boolean): boolean {
  if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
  if (isCall(node) && suits(node)) return true;
  return ts.forEachChild(node, (child) => someCall(child, suits) || undefined) === true;
}

/** `a in b` and `a instanceof b`, whose errors spell the operands; at their operator, as in V8. */
export function askedOfOperands(lowering: Lowering, node: ts.BinaryExpression): ts.Expression {
  const { left, operatorToken, right } = node;
  const original = originalOf(node);
  const isKey = operatorToken.kind === ts.SyntaxKind.InKeyword;
  if (lowering.callable === undefined || original === undefined || !ts.isBinaryExpression(original)) return node;
  if ((!isKey && operatorToken.kind !== ts.SyntaxKind.InstanceOfKeyword) || ts.isPrivateIdentifier(left)) return node;
  const name = isKey ? 'in' : 'is';
  const place = original.operatorToken.getStart(lowering.source);
  const asked = callProbe(name, left, right, ts.setSourceMapRange(probe(name), { pos: place, end: place }));
  return ts.setOriginalNode(asked, node);
}

function readAfter(value: ts.Expression, place: number): ts.Expression {
  return callProbe('id', value, ts.setSourceMapRange(probe('id'), { pos: place, end: place }));
}

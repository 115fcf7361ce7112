/**
 * Why this file exists: where the stack is full, V8 says that a function is at the first place in its bytecode: its
 * first statement, or its parameters, where something without a place is done before. V8:
 * src/interpreter/bytecode-generator.cc (GenerateBytecodeBody), src/runtime/runtime-internal.cc (ThrowStackOverflow).
 */
import ts from 'typescript';
import { withoutTypes } from './callee-words';
import { placeOfRead } from './expression-places';
import { operatorOf } from './iterated-places';
import { bodyKind } from './scope';

/** Undefined for what is no plain function with something to do. */
export function firstPlace(node: ts.Node, source: ts.SourceFile): number | undefined {
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined || isSuspended(node)) return undefined;
  const { body } = node;
  if (preparesFirst(node, body)) return parametersOf(node, source);
  const names = new Set(node.parameters.map((each) => each.name.getText(source)));
  if (!ts.isBlock(body)) return placeOfFirstRead(body, names, source) ?? placeOfBody(withoutTypes(body), source);
  const first = body.statements.find((each) => !isDirective(each));
  const value = first && valueOf(first);
  return (value && placeOfFirstRead(value, names, source)) ?? (first && placeOfStatement(first, source));
}

/** What a statement evaluates first. */
function valueOf(node: ts.Statement): ts.Expression | undefined {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations[0]?.initializer;
  const isOne = ts.isExpressionStatement(node) || ts.isReturnStatement(node) || ts.isIfStatement(node);
  return isOne ? node.expression : undefined;
}

type Names = ReadonlySet<string>;

/** A property of `this` or of a parameter, which are there already: it has a place of its own. */
function placeOfFirstRead(given: ts.Expression, names: Names, source: ts.SourceFile): number | undefined {
  const node = withoutTypes(given);
  if (ts.isCallExpression(node)) return placeOfFirstRead(node.expression, names, source);
  if (ts.isBinaryExpression(node))
    return placeOfFirstRead(isThere(node.left, names) ? node.right : node.left, names, source);
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return undefined;
  if (isThere(node.expression, names)) return placeOfRead(node, source);
  return placeOfFirstRead(node.expression, names, source);
}

function isThere(given: ts.Expression, names: Names): boolean {
  const node = withoutTypes(given);
  return node.kind === ts.SyntaxKind.ThisKeyword || (ts.isIdentifier(node) && names.has(node.text));
}

function isSuspended(node: ts.SignatureDeclaration): boolean {
  return bodyKind(node) !== 'sync';
}

/** Contexts for inner functions, the function's own name, `arguments`, values of parameters. */
function preparesFirst(node: ts.SignatureDeclaration, body: ts.ConciseBody): boolean {
  if (!node.parameters.every(isPlain)) return true;
  const own = ts.isFunctionExpression(node) ? node.name?.text : undefined;
  const prepares = (inner: ts.Node): boolean => {
    if (ts.isFunctionLike(inner) || ts.isClassLike(inner)) return true;
    if (ts.isIdentifier(inner) && (inner.text === own || inner.text === 'arguments')) return true;
    return ts.forEachChild(inner, prepares) === true;
  };
  return ts.forEachChild(body, prepares) === true;
}

function isPlain({ name, initializer, dotDotDotToken }: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(name) && initializer === undefined && dotDotDotToken === undefined;
}

function parametersOf(node: ts.SignatureDeclaration, source: ts.SourceFile): number {
  if (ts.isArrowFunction(node)) return node.getStart(source);
  return source.text.lastIndexOf('(', node.parameters.pos);
}

function placeOfBody(node: ts.Expression, source: ts.SourceFile): number {
  return ts.isConditionalExpression(node) ? node.getStart(source) : operatorOf(node, source);
}

/** A declaration stands at its value. */
function placeOfStatement(node: ts.Statement, source: ts.SourceFile): number {
  const [declared] = ts.isVariableStatement(node) ? node.declarationList.declarations : [];
  return (declared?.initializer ?? node).getStart(source);
}

function isDirective(node: ts.Statement): boolean {
  return ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression);
}

/** Why this file exists: where reads and writes of members can fail, and where V8 says that they did. */
import ts from 'typescript';
import type { FaultKind } from '../fault-place';
import { lastPlace, placeBehind } from './bytecode-places';
import { isMember, withoutTypes } from './callee-words';
import { placeOfRead, positionOf } from './expression-places';
import { isWritten } from './written';

/** Notes a place, by offsets: see fault-place.ts. */
export type Add = (
  kind: FaultKind, from: number, to: number, at: number, words: string,
  end?: number, argument?: string, message?: string, callee?: string,
) => void;

/** `namesDecorated`: a decorated class keeps its own name, as under `experimentalDecorators`. */
export function propertyPlace(
  node: ts.PropertyAccessExpression, source: ts.SourceFile, add: Add, namesDecorated: boolean,
): void {
  memberPlace(node, placeOfRead(node, source), node.name.text, source, add);
  if (!ts.isPrivateIdentifier(node.name)) return;
  const how = isTarget(node) || isPatternTarget(node) ? 'write' : isPrivateOfSomebody(node) ? 'read=' : 'read';
  const owner = classAround(node, node.name.text, namesDecorated);
  const place = owner.startsWith('field') ? placeOfField(node, source) : node.name.getStart(source);
  add('private', node.expression.getStart(source), node.end, place, `${how} ${node.name.text} ${owner}`);
}

/** A write stands at its operator, a read that writes afterwards at the dot. */
function placeOfField(node: ts.PropertyAccessExpression, source: ts.SourceFile): number {
  if (isTarget(node)) return writingOperator(node, source) ?? node.name.getStart(source);
  if (isPatternTarget(node) || isChanged(node)) return source.text.indexOf('.', node.expression.end);
  return node.name.getStart(source);
}

/** A private member of another object than `this`, which the program remembers before it looks. */
export function isPrivateOfSomebody(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isPrivateIdentifier(node.name) &&
    !ts.isOptionalChain(node) &&
    withoutTypes(node.expression).kind !== ts.SyntaxKind.ThisKeyword &&
    !isTarget(node)
  );
}

/** A read stands at `at`, a write at its operator. */
function memberPlace(node: Member, at: number, name: string, source: ts.SourceFile, add: Add): void {
  const from = node.expression.getStart(source);
  const operator = writingOperator(node, source);
  const isPrivate = ts.isPropertyAccessExpression(node) && ts.isPrivateIdentifier(node.name);
  if (isTarget(node)) add('write', from, node.parent.end, isPrivate ? at : (operator ?? at), name); // it is written after the value is there
  else if (isPatternTarget(node)) add('write', from, node.end, ts.isForInStatement(node.parent) ? at : from, name);
  else if (ts.isDeleteExpression(node.parent)) add('delete', from, node.end, placeOfDelete(node, source), name);
  else if (operator === undefined) add('read', from, node.end, at, name);
  else {
    add('read', from, node.end, readBeforeWrite(node, source), name);
    add('write', from, node.end, operator, name);
  }
}

/** It has no place of its own; a key that is written is none. */
function placeOfDelete(node: Member, source: ts.SourceFile): number {
  const key = ts.isElementAccessExpression(node) ? lastPlace(node.argumentExpression, source) : undefined;
  return key ?? placeBehind(node.expression, source);
}

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** Where the operator stands that writes to a member: `=`, `+=`, `++`. */
function writingOperator(node: Member, source: ts.SourceFile): number | undefined {
  const { parent } = node;
  const isWritten = isTarget(node) || isChanged(node);
  if (ts.isBinaryExpression(parent) && isWritten) return parent.operatorToken.getStart(source);
  if (!isChanged(node)) return undefined;
  return ts.isPostfixUnaryExpression(parent) ? parent.end - 2 : parent.getStart(source);
}

/** V8 gives the read of `x.a += 1` no place of its own: it is that of what was evaluated last. */
function readBeforeWrite(node: Member, source: ts.SourceFile): number {
  const object = withoutTypes(node.expression);
  if (isMember(object) || ts.isCallExpression(object)) return placeOfRead(object, source);
  const statement = node.parent.parent;
  const isWhole = ts.isExpressionStatement(statement) || ts.isReturnStatement(statement);
  return isWhole ? statement.getStart(source) : object.getStart(source);
}

export function elementPlace(node: ts.ElementAccessExpression, source: ts.SourceFile, add: Add): void {
  const key = withoutTypes(node.argumentExpression);
  const isIterator = ts.isPropertyAccessExpression(key) && key.getText(source) === 'Symbol.iterator';
  const own = ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : '*';
  const name = isIterator ? 'Symbol.iterator' : own;
  memberPlace(node, positionOf(node, source), name, source, add);
}

function isTarget(node: Member): boolean {
  const { parent } = node;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}

/** `[x.a] = list`, `for (x.a of list)`. */
function isPatternTarget(node: Member): boolean {
  return !isChanged(node) && isWritten(node);
}

/** `x.a += 1` and `x.a++` read first, then write. */
function isChanged(node: Member): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent))
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return false;
  const operator = parent.operatorToken.kind;
  return operator >= ts.SyntaxKind.FirstCompoundAssignment && operator <= ts.SyntaxKind.LastCompoundAssignment;
}

/**
 * The class that declares a private name and what it is there: `field A`, `get static A`, `method anonymous`. A class
 * without a name that has static private methods V8 calls `.`.
 */
function classAround(node: ts.Node, name: string, namesDecorated: boolean): string {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isClassLike(at)) continue;
    const member = at.members.find((each) => each.name && ts.isPrivateIdentifier(each.name) && each.name.text === name);
    if (member === undefined) continue;
    const isNamed = namesDecorated || (ts.getDecorators(at) ?? []).length === 0;
    const own = (isNamed ? at.name?.text : undefined) ?? (at.members.some(isStaticPrivateMethod) ? '.' : 'anonymous');
    return `${memberKind(at, name)} ${isStatic(member) ? 'static ' : ''}${own}`;
  }
  return 'field anonymous';
}

function isStatic(member: ts.ClassElement): boolean {
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return modifiers.some((each) => each.kind === ts.SyntaxKind.StaticKeyword);
}

function isStaticPrivateMethod(member: ts.ClassElement): boolean {
  const isField = ts.isPropertyDeclaration(member);
  return !isField && isStatic(member) && member.name !== undefined && ts.isPrivateIdentifier(member.name);
}

function memberKind(node: ts.ClassLikeDeclaration, name: string): string {
  const members = node.members.filter(
    (each) => each.name && ts.isPrivateIdentifier(each.name) && each.name.text === name,
  );
  const gets = members.some(ts.isGetAccessor);
  const sets = members.some(ts.isSetAccessor);
  if (gets || sets) return gets && sets ? 'both' : gets ? 'get' : 'set';
  return members.some(ts.isMethodDeclaration) ? 'method' : 'field';
}

/**
 * Why this file exists: where V8 says that a variable cannot be set, since it is constant, not there or not there yet:
 * at the operator, or at the name where a pattern or a loop sets it. V8: src/parsing/parser-base.h
 * (ParseAssignmentExpression, ParsePostfixContinuation), src/interpreter/bytecode-generator.cc.
 */
import ts from 'typescript';
import { isErased } from './callee-words';
import { type Add } from './member-places';
import { endOfWhole } from './object-patterns';
import { isAssignment, isWritten } from './written';

/** Where V8 says that an identifier which is written to cannot be set. */
export function placeOfSet(node: ts.Identifier, source: ts.SourceFile): number {
  const { parent } = outermost(node);
  if (ts.isPostfixUnaryExpression(parent)) return parent.end - '++'.length;
  return isAssignment(parent) && !isWritten(parent) ? parent.operatorToken.getStart(source) : node.getStart(source);
}

/** Notes where an identifier is set that may not be there. True when it is set, and is not read before. */
export function assignedPlace(node: ts.Identifier, source: ts.SourceFile, add: Add): boolean {
  if (!isWritten(node)) return false;
  const { parent } = outermost(node);
  const isWhole = isAssignment(parent) && !isWritten(parent);
  const isStep = ts.isPostfixUnaryExpression(parent) || ts.isPrefixUnaryExpression(parent);
  if (isStep || (isWhole && parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken)) return false;
  add('assign', node.getStart(source), isWhole ? parent.end : endOfWhole(node), placeOfSet(node, source), node.text);
  return true;
}

/** A name that its own assignment reads: which of the two is not there must be told apart. */
export function isReadToBeSet(node: ts.Identifier): boolean {
  for (let at: ts.Node = node; !ts.isStatement(at.parent) && !ts.isFunctionLike(at.parent); at = at.parent) {
    const { parent } = at;
    if (isAssignment(parent) && parent.right === at && mentions(parent.left, node.text)) return true;
  }
  return false;
}

function mentions(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node)) return node.text === name;
  return ts.forEachChild(node, (each) => mentions(each, name)) ?? false;
}

function outermost(node: ts.Node): ts.Node {
  const { parent } = node;
  return isErased(parent) ? outermost(parent) : node;
}

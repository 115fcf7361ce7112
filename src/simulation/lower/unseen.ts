/** Why this file exists: what V8 does not find again in the text, it spells by its value instead. */
import ts from 'typescript';
import { originalOf } from './sites';

/** In a static block, the value of a static field, or a computed name of a member; not in a function there. */
export function isUnseen(node: ts.Node): boolean {
  for (let at = node; !ts.isFunctionLike(at) && !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassStaticBlockDeclaration(at)) return true;
    if (ts.isComputedPropertyName(at)) return ts.isClassElement(at.parent) || ts.isObjectLiteralElement(at.parent);
    if (ts.isPropertyDeclaration(at)) return at.modifiers?.some(isStatic) === true;
  }
  return false;
}

function isStatic({ kind }: ts.ModifierLike): boolean {
  return kind === ts.SyntaxKind.StaticKeyword;
}

/** V8 spells the value, and it may be no list. */
export function isUnseenList(node: ts.Expression): boolean {
  const original = originalOf(node);
  if (original === undefined || ts.isArrayLiteralExpression(original)) return false;
  return isUnseen(original) || isSeveral(original);
}

/** `a + b + c`, one operation of V8's, which it does not find again either. */
export function isSeveral(node: ts.Node): boolean {
  if (!ts.isBinaryExpression(node) || !ts.isBinaryExpression(node.left)) return false;
  return node.left.operatorToken.kind === node.operatorToken.kind;
}

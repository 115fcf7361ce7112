/** Why this file exists: whether code is strict (ECMA-262 §11.2.2): what is moved or renamed must keep that. */
import ts from 'typescript';
import type { Lowering } from './lowering';

/** True when the code of a node is strict mode code. */
export function isStrict(lowering: Lowering, node: ts.Node): boolean {
  if (lowering.isStrict) return true;
  for (let at = ts.getOriginalNode(node) as ts.Node | undefined; at !== undefined; at = at.parent) {
    if (ts.isClassLike(at)) return true;
    if (ts.isFunctionLike(at) && 'body' in at && at.body && ts.isBlock(at.body) && saysStrict(at.body.statements))
      return true;
  }
  return false;
}

/** True when a directive prologue (§11.2.1) says `use strict`. */
export function saysStrict(statements: readonly ts.Statement[]): boolean {
  for (const each of statements) {
    if (!ts.isExpressionStatement(each) || !ts.isStringLiteral(each.expression)) return false;
    if (each.expression.text === 'use strict') return true;
  }
  return false;
}

/**
 * Why this file exists: whether every way through the statements after a declaration comes by a use of what it
 * declares, judged from the statements alone. Where a way is not sure to exist, none is reported: any use inside a
 * loop, a `switch` or a `try` counts for all ways through it.
 */
import ts from 'typescript';
import { containsOwn } from './functions';

export interface Exits {
  /** A way leads to the end without a use. */
  readonly falls: boolean;
  /** Statements at which a way leaves without a use. */
  readonly leaves: readonly ts.Statement[];
}

type IsUsed = (node: ts.Node) => boolean;

const used: Exits = { falls: false, leaves: [] };

/** Follows statements; `isUsed` says whether a node contains a use. */
export function exitsOf(statements: readonly ts.Statement[], isUsed: IsUsed): Exits {
  const leaves: ts.Statement[] = [];
  for (const statement of statements) {
    const exits = exitsOfStatement(statement, isUsed);
    leaves.push(...exits.leaves);
    if (!exits.falls) return { falls: false, leaves };
  }
  return { falls: true, leaves };
}

function exitsOfStatement(statement: ts.Statement, isUsed: IsUsed): Exits {
  if (!isUsed(statement)) return { falls: completes(statement), leaves: leavingStatements(statement) };
  if (ts.isBlock(statement)) return exitsOf(statement.statements, isUsed);
  if (!ts.isIfStatement(statement) || isUsed(statement.expression)) return used;
  const then = exitsOfStatement(statement.thenStatement, isUsed);
  const { elseStatement } = statement;
  const otherwise = elseStatement === undefined ? { falls: true, leaves: [] } : exitsOfStatement(elseStatement, isUsed);
  return { falls: then.falls || otherwise.falls, leaves: [...then.leaves, ...otherwise.leaves] };
}

/** True when control may go on behind a statement. */
export function completes(statement: ts.Statement): boolean {
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isBreakOrContinueStatement(statement))
    return false;
  if (ts.isBlock(statement)) return statement.statements.every(completes);
  if (ts.isIfStatement(statement))
    return [statement.thenStatement, statement.elseStatement].some((each) => each === undefined || completes(each));
  if (ts.isTryStatement(statement)) {
    if (statement.finallyBlock !== undefined && !completes(statement.finallyBlock)) return false;
    const caught = statement.catchClause;
    return completes(statement.tryBlock) || (caught !== undefined && completes(caught.block));
  }
  const isEndless = ts.isWhileStatement(statement) && statement.expression.kind === ts.SyntaxKind.TrueKeyword;
  return !isEndless || containsOwn(statement.statement, (node) => ts.isBreakStatement(node));
}

/** `return`, and `break` and `continue` of a loop around; a `throw` is left out: that way fails anyway. */
function leavingStatements(statement: ts.Statement): readonly ts.Statement[] {
  const found: ts.Statement[] = [];
  containsOwn(statement, (node) => {
    if (ts.isReturnStatement(node)) found.push(node);
    if (ts.isBreakOrContinueStatement(node) && !staysInside(node, statement)) found.push(node);
    return false;
  });
  return found;
}

function staysInside(jump: ts.BreakOrContinueStatement, outer: ts.Node): boolean {
  if (jump.label !== undefined) return false;
  for (let node: ts.Node = jump; node !== outer.parent; node = node.parent) {
    if (ts.isIterationStatement(node, false)) return true;
    if (ts.isSwitchStatement(node) && ts.isBreakStatement(jump)) return true;
  }
  return false;
}

/**
 * Why this file exists: where the variables of a block are declared ahead of it (left-by-errors.ts), using one before
 * its declaration must still be an error (ECMA-262 §9.1.1.1.6). Such a variable begins as `$_uz`, and what may come too
 * early looks for that.
 */
import ts from 'typescript';
import { callProbe, probe } from './build';
import { isVariable } from './identifiers';
import { originalOf } from './sites';
import { isAssignment, changes, isWritten } from './written';

const { factory } = ts;

export interface Guarded {
  readonly statements: readonly ts.Statement[];
  /** Those that something may use too early. */
  readonly early: ReadonlySet<string>;
}

/** Guards what may use one of the names too early; in a `switch` that is everything. */
export function guardDeadZones(
  names: readonly ts.Identifier[],
  statements: readonly ts.Statement[],
  isSwitch: boolean,
): Guarded {
  const zones = zonesOf(names, statements, isSwitch);
  const early = new Set<string>();
  /** Behind its declaration only what is hoisted can come too early. */
  const isEarly = (node: ts.Identifier, isHoisted: boolean): boolean => {
    const end = zones.get(node.text);
    const original = end === undefined ? undefined : originalOf(node);
    return original !== undefined && end !== undefined && (isHoisted || original.pos < end);
  };
  const look = (name: ts.Identifier, at: ts.Node): ts.Expression => {
    early.add(name.text);
    const value = factory.createIdentifier(name.text);
    const isUnset = factory.createStrictEquality(value, probe('uz'));
    const fail = callProbe('uz', name.text);
    ts.setSourceMapRange(fail, originalOf(at));
    return factory.createParenthesizedExpression(
      factory.createConditionalExpression(isUnset, undefined, fail, undefined, name),
    );
  };
  const visit = (node: ts.Node, isHoisted: boolean): ts.Node => {
    const inner = isHoisted || ts.isFunctionDeclaration(node);
    const changed = changedName(node);
    const made = ts.visitEachChild(node, (child) => visit(child, inner), undefined);
    if (changed !== undefined && isEarly(changed, isHoisted)) {
      const both = factory.createComma(look(changed, operatorOf(node)), made as ts.Expression); // stays one
      return factory.createParenthesizedExpression(both);
    }
    if (ts.isIdentifier(node) && isRead(node) && isEarly(node, isHoisted)) return look(node, node);
    if (!ts.isShorthandPropertyAssignment(node) || !isEarly(node.name, isHoisted) || isTarget(node.name)) return made;
    return factory.createPropertyAssignment(node.name.text, look(node.name, node.name));
  };
  return { statements: statements.map((each) => visit(each, isSwitch) as ts.Statement), early }; // statements stay such
}

/** Where V8 says that a write failed. */
function operatorOf(node: ts.Node): ts.Node {
  return ts.isBinaryExpression(node) ? node.operatorToken : node;
}

/** Where each variable's dead zone ends in the text. A name that is declared again inside is left alone. */
function zonesOf(
  names: readonly ts.Identifier[],
  statements: readonly ts.Statement[],
  isSwitch: boolean,
): ReadonlyMap<string, number> {
  const zones = new Map<string, number>();
  const own = new Set<ts.Node>();
  for (const name of names) {
    const original = originalOf(name);
    const end = original === undefined ? undefined : declarationOf(original)?.end;
    if (original === undefined || end === undefined) continue;
    own.add(original);
    zones.set(name.text, isSwitch ? Infinity : end);
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const original = originalOf(node);
      if (original !== undefined && !own.has(original) && isDeclared(original)) zones.delete(node.text);
    }
    ts.forEachChild(node, visit);
  };
  if (zones.size > 0) statements.forEach(visit);
  return zones;
}

function declarationOf(name: ts.Node): ts.Node | undefined {
  let at: ts.Node = name;
  while (ts.isBindingElement(at.parent) || ts.isBindingName(at.parent)) at = at.parent;
  return ts.isVariableDeclaration(at.parent) || ts.isClassDeclaration(at.parent) ? at.parent : undefined;
}

function isDeclared(name: ts.Node): boolean {
  const { parent } = name;
  const declares =
    ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) || ts.isFunctionExpression(parent) || ts.isClassLike(parent);
  return declares && parent.name === name;
}

/** Of the user's own identifiers: what reads a variable. */
function isRead(node: ts.Identifier): boolean {
  const original = originalOf(node);
  if (original === undefined || !ts.isIdentifier(original)) return false;
  return isVariable(node) && !isDeclared(original) && !isWritten(original);
}

function isTarget(name: ts.Identifier): boolean {
  const original = originalOf(name);
  return original !== undefined && ts.isIdentifier(original) && isWritten(original);
}

/** The variable that an assignment or an update of the user's writes to. */
function changedName(node: ts.Node): ts.Identifier | undefined {
  if (originalOf(node) === undefined) return undefined;
  const isUpdate = ts.isPostfixUnaryExpression(node) || (ts.isPrefixUnaryExpression(node) && changes(node.operator));
  const target = isUpdate ? node.operand : isAssignment(node) ? node.left : undefined;
  return target && ts.isIdentifier(target) ? target : undefined;
}

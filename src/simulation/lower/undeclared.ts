/**
 * Why this file exists: a page may name its elements by their ids, but strict code may not write to such a name: in
 * Chromium the window has no such property until somebody makes one. The engine would make it. So in strict code of a
 * page a name that is declared nowhere becomes a member of `$_pn`, which looks first (guest/window-names.ts).
 */
import ts from 'typescript';
import { placeOfSet } from './assigned-places';
import { literal, probe, property } from './build';
import { symbolOf } from './imported-reads';
import type { Lowering } from './lowering';
import { originalOf } from './sites';
import { isStrict } from './strictness';

const { factory } = ts;

/** Tells names of no declaration that the program would run: `declare let app` is none. */
export function undeclaredNames(checker: ts.TypeChecker): (name: ts.Identifier) => boolean {
  return (name) => (symbolOf(checker, name)?.declarations ?? []).every(isAmbient);
}

export function isAmbient(declaration: ts.Node): boolean {
  for (let at: ts.Node = declaration; !ts.isSourceFile(at); at = at.parent) {
    const modifiers = ts.canHaveModifiers(at) ? (ts.getModifiers(at) ?? []) : [];
    if (modifiers.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword)) return true;
  }
  return false;
}

/** `$_pn.app` for a name that is written to, where the window has to be asked; else undefined. */
export function undeclaredTarget(lowering: Lowering, node: ts.Node): ts.PropertyAccessExpression | undefined {
  const original = ts.isIdentifier(node) ? originalOf(node) : undefined;
  if (original === undefined || !ts.isIdentifier(original)) return undefined;
  if (lowering.isUndeclared?.(original) !== true || !isStrict(lowering, original)) return undefined;
  const place = placeOfSet(original, lowering.source);
  return ts.setSourceMapRange(property(probe('pn'), original.text), { pos: place, end: place });
}

/** A function or class without a name gets that of what it is assigned to (ECMA-262 §8.4.5 NamedEvaluation). */
export function namedAfter(target: ts.PropertyAccessExpression, value: ts.Expression): ts.Expression {
  let inner = value;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  const isNameless =
    ts.isArrowFunction(inner) ||
    ((ts.isFunctionExpression(inner) || ts.isClassExpression(inner)) && inner.name === undefined);
  if (!isNameless) return value;
  const key = literal(target.name.text);
  const holder = factory.createObjectLiteralExpression([
    factory.createPropertyAssignment(factory.createComputedPropertyName(key), value),
  ]);
  return factory.createElementAccessExpression(factory.createParenthesizedExpression(holder), key);
}

/** True for what `undeclaredTarget` made. */
export function isOfWindow(node: ts.Expression): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === '$_pn';
}

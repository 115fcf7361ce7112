/** Why this file exists: a computed key names the anonymous function that is the value of a field or property. */
import ts from 'typescript';
import { probe } from './build';
import { keptKey, keptName } from './branding';
import type { Lowering } from './lowering';
import { isAsync, plainScope, type Scope } from './scope';
import { originalOf } from './sites';

const { factory } = ts;

/** A field, or a property of an object literal: a computed key names an anonymous function that is its value. */
export function lowerMemberValue(
  lowering: Lowering,
  node: ts.PropertyDeclaration | ts.PropertyAssignment,
  outer: Scope,
  inner: Scope,
): ts.Node {
  const f = ts.isComputedPropertyName(node.name) && node.initializer && anonymousAsync(node.initializer);
  const walk = (child: ts.Node): ts.Node => lowering.walk.node(lowering, child, child === node.name ? outer : inner);
  if (!f || !ts.isComputedPropertyName(node.name)) return ts.visitEachChild(node, walk, lowering.context);
  const name = keptKey(lowering, lowering.walk.node(lowering, node.name, outer));
  const key = keptName(name);
  if (key) lowering.givenNames.set(ts.getOriginalNode(f), key);
  return ts.visitEachChild(node, (child) => (child === node.name ? name : walk(child)), lowering.context);
}

/** The engine knows where it is in a field's value once it has read a name: it reads one first. */
export function lowerField(lowering: Lowering, node: ts.PropertyDeclaration, scope: Scope): ts.Node {
  const lowered = lowerMemberValue(lowering, node, scope, plainScope);
  const initializer = ts.isPropertyDeclaration(lowered) ? lowered.initializer : undefined;
  const place = initializer && originalOf(initializer)?.getStart(lowering.source);
  if (!ts.isPropertyDeclaration(lowered) || initializer === undefined || place === undefined || !mayFail(initializer))
    return lowered;
  const value = factory.createComma(ts.setSourceMapRange(probe('id'), { pos: place, end: place }), initializer);
  const { modifiers, name } = lowered;
  const wrapped = factory.createParenthesizedExpression(value);
  return factory.updatePropertyDeclaration(lowered, modifiers, name, undefined, undefined, wrapped);
}

/** It does something besides making a value; functions are named by the field and stay as they are. */
function mayFail(value: ts.Expression): boolean {
  if (ts.isFunctionLike(value) || ts.isClassLike(value) || ts.isParenthesizedExpression(value)) return false;
  return !ts.isLiteralExpression(value) && !ts.isIdentifier(value);
}

function anonymousAsync(value: ts.Expression): ts.Node | undefined {
  let inner = value;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  if (!ts.isArrowFunction(inner) && !(ts.isFunctionExpression(inner) && inner.name === undefined)) return undefined;
  return isAsync(inner) ? inner : undefined;
}

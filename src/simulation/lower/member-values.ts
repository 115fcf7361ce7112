/** Why this file exists: a computed key names the anonymous function that is the value of a field or property. */
import ts from 'typescript';
import { keptKey, keptName } from './branding';
import type { Lowering } from './lowering';
import { isAsync, type Scope } from './scope';

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

function anonymousAsync(value: ts.Expression): ts.Node | undefined {
  let inner = value;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  if (!ts.isArrowFunction(inner) && !(ts.isFunctionExpression(inner) && inner.name === undefined)) return undefined;
  return isAsync(inner) ? inner : undefined;
}

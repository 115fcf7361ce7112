/**
 * Why this file exists: what stands left of `=` or in the head of a loop is a place, not a value: patterns of
 * assignment (ECMA-262 §13.15.5) keep their form, and only the expressions inside them are lowered.
 */
import ts from 'typescript';
import { checkedTarget, markedKey } from './nested-patterns';
import { superPlace, isSuperProperty } from './moved-names';
import { constantTarget } from './constants';
import type { Lowering } from './lowering';
import type { Scope } from './scope';
import { isOfWindow, namedAfter, undeclaredTarget } from './undeclared';
import { isAssignment } from './written';
import { notedMember } from './written-members';

const { factory } = ts;

export function lowerTarget(lowering: Lowering, node: ts.Expression, scope: Scope): ts.Expression {
  if (ts.isParenthesizedExpression(node))
    return factory.updateParenthesizedExpression(node, lowerTarget(lowering, node.expression, scope));
  if (ts.isPartiallyEmittedExpression(node)) return lowerTarget(lowering, node.expression, scope);
  if (ts.isArrayLiteralExpression(node))
    return factory.updateArrayLiteralExpression(
      node,
      node.elements.map((each) => lowerElement(lowering, each, scope)),
    );
  if (ts.isObjectLiteralExpression(node))
    return factory.updateObjectLiteralExpression(
      node,
      node.properties.map((each) => lowerMember(lowering, each, scope)),
    );
  if (scope.renamesSuper && isSuperProperty(node)) return superPlace(lowering, node, scope);
  const unset = constantTarget(lowering, node, scope) ?? undeclaredTarget(lowering, node);
  return unset ?? notedMember(lowering, lowering.walk.expression(lowering, node, scope));
}

/** An element may have a value for when it is missing. */
function lowerElement(lowering: Lowering, node: ts.Expression, scope: Scope): ts.Expression {
  if (ts.isOmittedExpression(node)) return node;
  if (ts.isSpreadElement(node))
    return factory.updateSpreadElement(node, lowerTarget(lowering, node.expression, scope));
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const target = lowerTarget(lowering, node.left, scope);
    const value = lowering.walk.expression(lowering, node.right, scope);
    const named = isOfWindow(target) ? namedAfter(target, value) : value;
    return factory.updateBinaryExpression(node, target, node.operatorToken, named);
  }
  return checkedTarget(lowering, lowerTarget(lowering, node, scope));
}

function lowerMember(
  lowering: Lowering,
  node: ts.ObjectLiteralElementLike,
  scope: Scope,
): ts.ObjectLiteralElementLike {
  if (ts.isSpreadAssignment(node))
    return factory.updateSpreadAssignment(node, lowerTarget(lowering, node.expression, scope));
  if (ts.isPropertyAssignment(node))
    return factory.updatePropertyAssignment(
      node,
      keyOf(lowering, node, scope),
      lowerElement(lowering, node.initializer, scope),
    );
  return lowerShorthand(lowering, node, scope) ?? lowering.walk.node(lowering, node, scope);
}

/** `{ app }` that writes to a name of the window, `{ app: $_pn.app }`, or to a constant. */
function lowerShorthand(
  lowering: Lowering,
  node: ts.ObjectLiteralElementLike,
  scope: Scope,
): ts.PropertyAssignment | undefined {
  if (!ts.isShorthandPropertyAssignment(node)) return undefined;
  const target = constantTarget(lowering, node.name, scope) ?? undeclaredTarget(lowering, node.name);
  if (target === undefined) return undefined;
  const fallback = node.objectAssignmentInitializer;
  const value = fallback && namedAfter(target, lowering.walk.expression(lowering, fallback, scope));
  return factory.createPropertyAssignment(node.name.text, value ? factory.createAssignment(target, value) : target);
}

function keyOf(lowering: Lowering, node: ts.PropertyAssignment, scope: Scope): ts.PropertyName {
  const { name, initializer } = node;
  const key = lowering.walk.node(lowering, name, scope);
  const target = isAssignment(initializer) ? initializer.left : initializer;
  return ts.isObjectLiteralExpression(target) ? markedKey(lowering, key) : key;
}

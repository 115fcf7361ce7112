/** Why this file exists: what fails can be worded as V8 does where the program keeps the values that V8 spells. */
import ts from 'typescript';
import { askedOfOperands, toldApart } from './call-places';
import { isSpelledByValue } from './fault-places';
import type { Lowering } from './lowering';
import { isPrivateOfSomebody } from './member-places';
import { originalOf } from './sites';
import { rememberedValue } from './taken-apart';
import { isUnseenList } from './unseen';

const { factory } = ts;

/** What fails there can be worded as V8 does. */
export function asWorded(lowering: Lowering, node: ts.Node): ts.Node {
  return ts.isBinaryExpression(node) ? askedOfOperands(lowering, node) : toldApart(lowering, spelledByValue(node));
}

/** Where V8 spells the value of what is called, it is remembered. */
function spelledByValue(node: ts.Node): ts.Node {
  const original = originalOf(node);
  if (original === undefined) return node;
  if (ts.isCallExpression(node) && ts.isCallExpression(original) && isSpelledByValue(original.expression))
    return factory.updateCallExpression(node, rememberedValue(node.expression), undefined, node.arguments);
  if (ts.isPropertyAccessExpression(node) && isPrivateOfSomebody(original))
    return factory.updatePropertyAccessExpression(node, rememberedValue(node.expression), node.name);
  if (ts.isNewExpression(node) && ts.isNewExpression(original) && isSpelledByValue(original.expression)) {
    const callee = factory.createParenthesizedExpression(rememberedValue(node.expression));
    return factory.updateNewExpression(node, callee, undefined, node.arguments);
  }
  if (ts.isSpreadElement(node) && ts.isArrayLiteralExpression(original.parent) && isUnseenList(node.expression))
    return factory.updateSpreadElement(node, rememberedValue(node.expression));
  return node;
}

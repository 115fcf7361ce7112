/**
 * Why this file exists: of `for (const x of f())` V8 says in one sentence that `f` is no function or that what it
 * answers cannot be iterated, whichever of the two it was. V8 11.3: src/ast/prettyprinter.cc, GetErrorHint.
 */
import ts from 'typescript';
import { delegatedWords, expressionWords, isErased, unnamed } from './callee-words';
import { isAsync } from './scope';

/** What V8 says where a call whose answer is iterated calls nothing; undefined where it is not iterated at once. */
export function iteratedCall(call: ts.CallExpression | ts.TaggedTemplateExpression): string | undefined {
  if (ts.isOptionalChain(call)) return undefined;
  let node: ts.Expression = call;
  while (isErased(node.parent)) node = node.parent;
  const { parent } = node;
  const called = expressionWords(ts.isCallExpression(call) ? call.expression : call.tag);
  if (ts.isForOfStatement(parent) && parent.expression === node && parent.awaitModifier !== undefined)
    return `${called}(...) is not a function or its return value is not async iterable`;
  if (ts.isYieldExpression(parent)) return parent.asteriskToken && delegated(parent, call);
  return takesApart(parent, node) ? `${called} is not a function or its return value is not iterable` : undefined;
}

/** A loop, a spread into an array, an array pattern; what a parameter is by default is not looked for. */
function takesApart(parent: ts.Node, node: ts.Expression): boolean {
  if (ts.isForOfStatement(parent)) return parent.expression === node;
  if (ts.isSpreadElement(parent)) return ts.isArrayLiteralExpression(parent.parent);
  if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent)) return ts.isArrayBindingPattern(parent.name);
  if (!ts.isBinaryExpression(parent) || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return false;
  return parent.right === node && ts.isArrayLiteralExpression(parent.left);
}

function delegated(node: ts.YieldExpression, call: ts.Expression): string | undefined {
  const words = delegatedWords(call);
  return words && (isInAsync(node) ? `${words}${unnamed.repeat(3)} is not async iterable` : `${words} is not iterable`);
}

function isInAsync(node: ts.Node): boolean {
  const around = ts.findAncestor(node, ts.isFunctionLike);
  return around !== undefined && isAsync(around);
}

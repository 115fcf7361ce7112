/** Why this file exists: which parameters are callbacks in Node's style, and where a function calls them. */
import ts from 'typescript';
import { isFunctionNode, skipOuter } from '../../syntax';
import type { RuleContext } from '../rule';
import { type Binding, bindingsOf } from './bindings';

/** A parameter that its name calls a callback. */
const callbackName = /^(cb|callback|done|onDone|onComplete)$|(Callback|Cb)$/;
const handOnName = /^(cb|callback|done|next|onDone|onComplete)$|(Callback|Cb)$/;

/** The callbacks of a function among its parameters; with `next`, which middleware hands on to. */
export function callbackParameters(fn: ts.Node, context: RuleContext, withNext = false): readonly Binding[] {
  if (!ts.isFunctionLike(fn)) return [];
  const bindings = bindingsOf(context.summary.source);
  return fn.parameters.flatMap(({ name }) => {
    const isCallback = ts.isIdentifier(name) && (withNext ? handOnName : callbackName).test(name.text);
    return isCallback ? (bindings.of(name) ?? []) : [];
  });
}

/** The call whose callee a mention is; undefined for other mentions. */
export function callOf(mention: ts.Node): ts.CallExpression | undefined {
  const { parent } = mention;
  return ts.isCallExpression(parent) && skipOuter(parent.expression) === mention ? parent : undefined;
}

/** The innermost function (or file) around a node, whatever its kind. */
export function functionAround(node: ts.Node): ts.Node {
  let around = node.parent;
  while (!ts.isSourceFile(around) && !isFunctionNode(around)) around = around.parent;
  return around;
}

/** `null`, `undefined`, or something named like an error, as the first argument of a callback in Node's style. */
export function isErrorFirst(call: ts.CallExpression): boolean {
  const [first] = call.arguments;
  if (first === undefined) return false;
  const node = skipOuter(first);
  return (
    node.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(node) && node.text === 'undefined') || isError(node)
  );
}

export function isError(given: ts.Expression): boolean {
  const node = skipOuter(given);
  if (ts.isIdentifier(node)) return errorName.test(node.text);
  return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text.endsWith('Error');
}

const errorName = /^(e|ex|err|error|reason|.*(Err|Error))$/;

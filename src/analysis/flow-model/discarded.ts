/**
 * Why this file exists: which promises a statement drops. The definition is typescript-eslint's `no-floating-promises`
 * with its default
 * options, except that a handler or value of type `any` counts as unknown and is let pass.
 */
import ts from 'typescript';
import { skipOuter } from '../syntax';
import { type FileAnswers, type FileQuestions, type TypeFacts, unknownFacts } from '../types/questions';
import { isLogical } from './position';

export interface Discarded {
  /** The expression whose promise is lost. */
  readonly node: ts.Expression;
  readonly statement: ts.ExpressionStatement;
  readonly reason: 'promise' | 'promise-array' | 'no-function-handler';
}

/** The expressions whose types decide about a statement, and the handlers that may be no functions. */
export function discardQuestions(statement: ts.ExpressionStatement): Pick<FileQuestions, 'types' | 'functions'> {
  const asked: ts.Expression[] = [];
  const handlers: ts.Expression[] = [];
  function visit(node: ts.Expression): void {
    const expression = skipParentheses(node);
    if (isAssignment(expression)) return;
    asked.push(expression);
    if (isComma(expression) || isLogicalBinary(expression)) {
      visit(expression.left);
      visit(expression.right);
    } else if (ts.isConditionalExpression(expression)) {
      visit(expression.whenTrue);
      visit(expression.whenFalse);
    } else if (ts.isCallExpression(expression)) {
      const handler = rejectionHandler(expression);
      if (handler?.kind === 'handler') handlers.push(handler.node);
      if (handler?.kind === 'finally') visit(handler.object);
    }
  }
  visit(statement.expression);
  return { types: asked, functions: handlers };
}

/** The first promise that a statement drops; undefined when it drops none. */
export function discardedBy(statement: ts.ExpressionStatement, answers: FileAnswers): Discarded | undefined {
  function facts(node: ts.Expression): TypeFacts {
    return answers.types.get(node) ?? unknownFacts;
  }
  function drop(node: ts.Expression, reason: Discarded['reason']): Discarded {
    return { node, statement, reason };
  }

  function visit(given: ts.Expression): Discarded | undefined {
    const node = skipParentheses(given);
    if (isAssignment(node)) return undefined;
    if (isComma(node)) return visit(node.left) ?? visit(node.right);
    const { promise, promiseArray } = facts(node);
    if (promiseArray === 'yes') return drop(node, 'promise-array');
    if (ts.isAwaitExpression(node) || ts.isVoidExpression(node) || promise !== 'yes') return undefined;
    if (ts.isCallExpression(node)) return visitCall(node);
    if (ts.isConditionalExpression(node)) return visit(node.whenFalse) ?? visit(node.whenTrue);
    if (isLogicalBinary(node)) return visit(node.left) ?? visit(node.right);
    return drop(node, 'promise');
  }

  function visitCall(node: ts.CallExpression): Discarded | undefined {
    const handler = rejectionHandler(node);
    if (handler?.kind === 'finally') return visit(handler.object);
    if (handler?.kind === 'handler')
      return answers.functions.get(handler.node)?.callable === 'no' ? drop(node, 'no-function-handler') : undefined;
    return drop(node, 'promise');
  }

  return visit(statement.expression);
}

type Handler =
  | { readonly kind: 'handler'; readonly node: ts.Expression }
  | { readonly kind: 'finally'; readonly object: ts.Expression };

/** The rejection handler of `.catch(f)` and `.then(_, f)`, or the promise that `.finally` passes on. */
function rejectionHandler(call: ts.CallExpression): Handler | undefined {
  const callee = skipParentheses(call.expression);
  const method = methodName(callee);
  if (method === undefined || !(ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)))
    return undefined;
  if (method === 'finally') return { kind: 'finally', object: callee.expression };
  const [first, second] = call.arguments;
  if (method === 'catch') return handlerOf(first);
  return method === 'then' && first !== undefined && !ts.isSpreadElement(first) ? handlerOf(second) : undefined;
}

function handlerOf(argument: ts.Expression | undefined): Handler | undefined {
  return argument === undefined || ts.isSpreadElement(argument) ? undefined : { kind: 'handler', node: argument };
}

function methodName(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  if (!ts.isElementAccessExpression(callee)) return undefined;
  const argument = skipOuter(callee.argumentExpression);
  return ts.isStringLiteralLike(argument) ? argument.text : undefined;
}

function skipParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? skipParentheses(node.expression) : node;
}

function isAssignment(node: ts.Expression): boolean {
  if (!ts.isBinaryExpression(node)) return false;
  return (
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

function isComma(node: ts.Expression): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.CommaToken;
}

function isLogicalBinary(node: ts.Expression): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && isLogical(node.operatorToken.kind);
}

/**
 * Why this file exists: what a function that is written at a place answers shows in its text and in the types of what
 * it returns, which come with all others in one request; the signature of each such function would cost two more.
 */
import ts from 'typescript';
import { isAsyncFunction, isFunctionNode, isGeneratorFunction } from '../syntax';
import type { Tristate, VoidPlaceNode } from './questions';

type Written = ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

/** What tells the answer: it is known, or it is the sum of what these nodes' types tell. */
export type OwnAnswer = Tristate | readonly ts.Node[];

/** Undefined for a place where no function is written. */
export function ownAnswer(node: VoidPlaceNode): OwnAnswer | undefined {
  const written = writtenAt(node);
  if (written?.body === undefined) return undefined;
  if (isGeneratorFunction(written)) return 'no';
  if (isAsyncFunction(written)) return 'yes';
  if (written.type !== undefined) return ts.isTypePredicateNode(written.type) ? 'no' : [written.type];
  return ts.isBlock(written.body) ? returnedIn(written.body) : [written.body];
}

/** The nodes whose types answer a question about a place. */
export function typedAt(node: VoidPlaceNode): readonly ts.Node[] {
  const answer = ownAnswer(node) ?? [node];
  return typeof answer === 'string' ? [] : answer;
}

/** In parentheses only: an assertion may say that it is something else. */
function writtenAt(node: ts.Node): Written | undefined {
  if (ts.isParenthesizedExpression(node)) return writtenAt(node.expression);
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node) ? node : undefined;
}

function returnedIn(body: ts.Block): readonly ts.Node[] {
  const found: ts.Node[] = [];
  function visit(node: ts.Node): void {
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) found.push(...(node.expression === undefined ? [] : [node.expression]));
    else ts.forEachChild(node, visit);
  }
  visit(body);
  return found;
}

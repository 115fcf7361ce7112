/**
 * Why this file exists: a list of promises that a variable holds is waited for by nobody when the variable is only
 * filled or counted. (Where a statement drops such a list at once, `floating-promise` reports it.)
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, enclosingFunction } from '../syntax';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { isHandled } from './shapes/stored';

export const promiseArrayFloating: Rule = {
  id: 'promise-array-floating',
  finds: 'a list of promises in a variable that is filled or counted, but never waited for',
  severity: 'error',
  questions: (nodes) => ({ types: nodes.of(ts.SyntaxKind.VariableDeclaration).flatMap(listName) }),
  check: (context) => context.nodes.of(ts.SyntaxKind.VariableDeclaration).flatMap((node) => check(node, context)),
};

function check(declaration: ts.VariableDeclaration, context: RuleContext): readonly Finding[] {
  const [name] = listName(declaration);
  if (name === undefined || typeOf(name, context).promiseArray !== 'yes') return [];
  const scope = ts.isVariableDeclarationList(declaration.parent) ? declaration.parent.parent.parent : undefined;
  if (scope === undefined || ts.isSourceFile(enclosingFunction(declaration))) return [];
  const uses = context.nodes
    .mentions(name.text)
    .filter((each) => each !== name && each.pos >= scope.pos && each.end <= scope.end);
  const isEmpty = declaration.initializer !== undefined && isEmptyList(declaration.initializer);
  if (!uses.every(isIdle) || (isEmpty && !uses.some(isFilled)) || name.text.startsWith('_')) return [];
  const message = `Nothing waits for the promises in \`${name.text}\`: a rejection among them is unhandled, and the function goes on before they settle.`;
  return [found(promiseArrayFloating, context, name, message)];
}

function listName({ name, initializer, parent }: ts.VariableDeclaration): readonly ts.Identifier[] {
  const isStatement = ts.isVariableDeclarationList(parent) && ts.isVariableStatement(parent.parent);
  return isStatement && initializer !== undefined && makesList(initializer) && ts.isIdentifier(name) ? [name] : [];
}

/** A list that is made here, of promises that are made here. */
function makesList(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) return /\.(map|from)$/.test(calleeName(node.expression));
  return ts.isArrayLiteralExpression(node);
}

function isEmptyList(node: ts.Expression): boolean {
  return ts.isArrayLiteralExpression(node) && node.elements.length === 0;
}

/** `list.push(…)` as a statement, and `list.length`: neither hands a promise to anybody. */
function isIdle(use: ts.Identifier): boolean {
  const access = use.parent;
  return isFilled(use) || (ts.isPropertyAccessExpression(access) && access.name.text === 'length');
}

function isFilled(use: ts.Identifier): boolean {
  const access = use.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== use) return false;
  const call = access.parent;
  const isMethod = /^(push|unshift)$/.test(access.name.text) && ts.isCallExpression(call) && call.expression === access;
  return isMethod && ts.isExpressionStatement(call.parent) && !call.arguments.some(isHandled);
}

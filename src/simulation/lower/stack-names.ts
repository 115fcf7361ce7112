/**
 * Why this file exists: what V8's stacks call the code that runs, as far as the text says it: the function's own name,
 * and the class or object literal that it stands in. On which object it was called is known as it runs.
 */
import ts from 'typescript';
import { bodyKind, functionName, type BodyKind } from './scope';

/**
 * What runs there: `type|own`, or `own` alone, behind `~` where it is async, `*` a generator, `@` both; undefined
 * for nodes that are no code of their own.
 */
export function stackName(node: ts.Node): string | undefined {
  const name = nameInStacks(node);
  if (name === undefined || !ts.isFunctionLike(node)) return name;
  const kind = bodyKind(node);
  return `${signs[kind]}${name}`;
}

/** The engine may place a call at the name of a function that is made: that is not inside of it. */
export function beginOf(node: ts.Node, start: number): number {
  if (ts.isFunctionExpression(node) && node.name !== undefined) return node.name.end;
  const isMember = ts.isMethodDeclaration(node) || ts.isAccessor(node);
  return isMember && ts.isComputedPropertyName(node.name) ? node.name.end - 1 : start;
}

const signs: Readonly<Record<BodyKind, string>> = { sync: '', async: '~', generator: '*', 'async-generator': '@' };

function nameInStacks(node: ts.Node): string | undefined {
  if (ts.isPropertyDeclaration(node) && node.initializer)
    return isStatic(node) ? '<static_initializer>' : '<instance_members_initializer>';
  if (ts.isClassStaticBlockDeclaration(node)) return '<static_initializer>';
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return undefined;
  if (ts.isConstructorDeclaration(node)) return `new ${node.parent.name?.text ?? className(node.parent)}`;
  const name = functionName(node);
  if (ts.isAccessor(node)) return accessorName(node, name);
  if (ts.isMethodDeclaration(node)) return methodName(node, name);
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return `Object|${name === '' ? '<anonymous>' : name}`;
  if (ts.isPropertyDeclaration(parent) && !ts.isPrivateIdentifier(parent.name)) return `${className(parent.parent)}|${name}`;
  if (name !== '') return name;
  const path = inferredPath(node);
  return ts.isArrayLiteralExpression(parent) ? `Array|${path === '' ? '<anonymous>' : path}` : path;
}

/** The object is searched for the name, which finds neither symbols nor private members. */
function accessorName(node: ts.AccessorDeclaration, name: string): string {
  if (name === '') return '<computed>';
  const own = `${ts.isGetAccessorDeclaration(node) ? 'get' : 'set'} ${name}`;
  return ts.isPrivateIdentifier(node.name) ? own : `${own} [as ${name}]`;
}

function methodName(node: ts.MethodDeclaration, name: string): string {
  if (ts.isPrivateIdentifier(node.name)) return name;
  const shown = name === '' ? '<computed>' : name;
  return `${ts.isClassLike(node.parent) ? className(node.parent) : 'Object'}|${shown}`;
}

/**
 * What V8 calls a function that the language leaves nameless: by what it is assigned to, as an element, in part or as a
 * whole. V8: src/parsing/func-name-inferrer.cc.
 */
function inferredPath(node: ts.Node): string {
  const names: string[] = [];
  if (isForgotten(node)) return '';
  for (let at = node; !ts.isSourceFile(at.parent); at = at.parent) {
    const { parent } = at;
    if (ts.isPropertyAssignment(parent)) names.unshift(parent.name.getText());
    else if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? [parent.name.text, ...names].join('.') : '';
    else if (ts.isBinaryExpression(parent)) {
      if (parent.right !== at || parent.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return '';
      return [...assignedNames(parent.left), ...names].join('.');
    } else if (!isPartOfValue(parent)) return '';
  }
  return '';
}

/**
 * V8's parser names functions once the whole value is read, and forgets the last one that waits for it with each call
 * that it reads: also with those in the bodies of arrow functions, which it reads at once
 * (FuncNameInferrer::RemoveLastFunction).
 */
function isForgotten(node: ts.Node): boolean {
  const waiting: ts.Node[] = [node];
  for (let at = node; isPartOfValue(at.parent); at = at.parent) {
    ts.forEachChild(at.parent, (child) => {
      if (child.pos >= at.end) waitFor(child, waiting);
    });
  }
  return !waiting.includes(node);
}

function waitFor(node: ts.Node, waiting: ts.Node[]): void {
  if (ts.isClassLike(node) || ts.isMethodDeclaration(node) || ts.isAccessor(node)) return;
  if (!ts.isFunctionExpression(node)) ts.forEachChild(node, (child) => { waitFor(child, waiting); });
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node)) waiting.push(node);
  else if (ts.isCallExpression(node)) waiting.pop();
}

function isPartOfValue(node: ts.Node): boolean {
  return (
    ts.isArrayLiteralExpression(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isConditionalExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

/** `module.exports.first = () => …` goes by the whole; `prototype` is left out. */
function assignedNames(target: ts.Expression): string[] {
  if (ts.isIdentifier(target)) return [target.text];
  if (target.kind === ts.SyntaxKind.ThisKeyword) return constructorAround(target);
  if (ts.isPropertyAccessExpression(target)) {
    const own = target.name.text === 'prototype' ? [] : [target.name.text];
    return [...assignedNames(target.expression), ...own];
  }
  if (!ts.isElementAccessExpression(target)) return [];
  const key = target.argumentExpression;
  return [...assignedNames(target.expression), ts.isStringLiteralLike(key) ? key.text : '<computed>'];
}

/** A function whose name begins as those of classes do. */
function constructorAround(node: ts.Node): string[] {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isFunctionLike(at) || ts.isArrowFunction(at)) continue;
    const name = ts.isConstructorDeclaration(at) ? className(at.parent) : functionName(at);
    return /^\p{Lu}/u.test(name) ? [name] : [];
  }
  return [];
}

/** What stacks call a class: its own name, or that of what holds it. */
export function className(node: ts.ClassLikeDeclaration): string {
  return node.name?.text ?? (functionName(node) || '<anonymous>');
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.StaticKeyword);
}

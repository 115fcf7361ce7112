/**
 * Why this file exists: where V8's stacks place what no call is written for in classes: constructors that run fields,
 * those that nobody wrote, and the code around a class that runs its static parts.
 */
import ts from 'typescript';
import { lastPlace, placeBehind } from './bytecode-places';
import type { Add } from './member-places';
import { className } from './stack-names';

/** Notes the constructor of a class, and where its static parts are run. */
export function classPlaces(node: ts.ClassLikeDeclaration, source: ts.SourceFile, add: Add): void {
  const written = node.members.find((each) => ts.isConstructorDeclaration(each) && each.body !== undefined);
  // The engine says that it is where it begins, or behind the class.
  const from = written?.getStart(source) ?? node.end;
  const at = written === undefined ? node.getStart(source) : source.text.indexOf('(', from);
  add('constructor', from, from, at, className(node));
  if (node.members.some(isRun)) add('static', node.getStart(source), node.end, placeAround(node, source), '');
}

function isRun(member: ts.ClassElement): boolean {
  if (ts.isClassStaticBlockDeclaration(member)) return true;
  const modifiers = ts.isPropertyDeclaration(member) ? (ts.getModifiers(member) ?? []) : [];
  return modifiers.some((each) => each.kind === ts.SyntaxKind.StaticKeyword);
}

/** What was last evaluated before the static parts: a computed name, what is extended, what stands before the class. */
function placeAround(node: ts.ClassLikeDeclaration, source: ts.SourceFile): number {
  const names = node.members.flatMap(({ name }) => (name && ts.isComputedPropertyName(name) ? [name.expression] : []));
  const extending = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword);
  const last = names.at(-1) ?? extending?.types[0]?.expression;
  if (last !== undefined) return lastPlace(last, source) ?? last.getStart(source);
  return ts.isClassExpression(node) ? placeBehind(node, source) : placeBeforeStatement(node, source);
}

/** Where V8 was last when it comes to a statement: in what stands before it, else where the function begins. */
function placeBeforeStatement(node: ts.Statement, source: ts.SourceFile): number {
  const siblings = statementsOf(node.parent);
  const place = lastIn(siblings.slice(0, siblings.indexOf(node)), source);
  if (place !== undefined) return place;
  let at: ts.Node = node.parent;
  while (!ts.isSourceFile(at) && !ts.isFunctionLike(at) && !ts.isStatement(at)) at = at.parent;
  if (ts.isSourceFile(at)) return 0;
  if (ts.isBlock(at)) return placeBeforeStatement(at, source);
  const isFunction = ts.isFunctionLike(at) && (!ts.isArrowFunction(at) || source.text[at.getStart(source)] === '(');
  return isFunction ? source.text.indexOf('(', at.getStart(source)) : at.getStart(source);
}

function statementsOf(node: ts.Node): readonly ts.Statement[] {
  const isList = ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node);
  return isList ? node.statements : [];
}

/** The last place that a statement gives; undefined for one that does nothing. */
function lastOfStatement(node: ts.Statement, source: ts.SourceFile): number | undefined {
  if (ts.isClassDeclaration(node) || ts.isIterationStatement(node, false)) return node.getStart(source);
  if (ts.isExpressionStatement(node)) return placeBehind(node.expression, source);
  if (ts.isVariableStatement(node)) {
    const value = node.declarationList.declarations.at(-1)?.initializer;
    return value && placeBehind(value, source);
  }
  if (ts.isIfStatement(node))
    return lastOfStatement(node.elseStatement ?? node.thenStatement, source) ?? node.getStart(source);
  if (ts.isBlock(node)) return lastIn(node.statements, source);
  if (ts.isTryStatement(node)) return lastIn((node.finallyBlock ?? node.tryBlock).statements, source);
  return undefined;
}

function lastIn(statements: readonly ts.Statement[], source: ts.SourceFile): number | undefined {
  for (let i = statements.length - 1; i >= 0; i--) {
    const each = statements[i];
    const place = each && lastOfStatement(each, source);
    if (place !== undefined) return place;
  }
  return undefined;
}

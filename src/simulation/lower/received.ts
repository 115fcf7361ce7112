/**
 * Why this file exists: V8's stacks name the object that a function was called on, which our engine does not tell:
 * functions that may be methods say it as they begin (`$_rc[site] = this`).
 */
import ts from 'typescript';
import { literal, probe, statement } from './build';
import type { Lowering } from './lowering';

const { factory } = ts;

/**
 * True where the object is asked for. An arrow function has no `this` of its own, a constructor is named by its class,
 * accessors and private methods by themselves, and a declared function that is only called is called on nothing.
 */
function mayBeMethod(lowering: Lowering, node: ts.Node): boolean {
  if (!ts.isFunctionLike(node) || ts.isArrowFunction(node) || ts.isConstructorDeclaration(node)) return false;
  if (ts.isAccessor(node) || (ts.isMethodDeclaration(node) && ts.isPrivateIdentifier(node.name))) return false;
  return !ts.isFunctionDeclaration(node) || (node.name !== undefined && lowering.handedOver.has(node.name.text));
}

/** The site that stands for a function's receivers is noted; what notes the receiver, where the code itself must. */
export function receiverNoted(lowering: Lowering, node: ts.Node, site: number): ts.Statement[] {
  const original = ts.getOriginalNode(node);
  if (original.pos < 0 || !mayBeMethod(lowering, original)) return [];
  lowering.receivers.set(original.getStart(lowering.source), site);
  const place = factory.createElementAccessExpression(probe('rc'), literal(site));
  return [statement(factory.createAssignment(place, factory.createThis()))];
}

/** Names that are used other than to be called: what they stand for may become a method. */
export function handedOverNames(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isCalledOrDeclared(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function isCalledOrDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return parent.expression === node;
  return ts.isFunctionDeclaration(parent) && parent.name === node;
}

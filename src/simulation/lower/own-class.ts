/**
 * Why this file exists: where private members of a class name the class, TypeScript puts an alias in place of the name,
 * and sets it after the class: too late for static fields and blocks. A fresh node is not known to it and stays. Of a
 * decorated class the alias is what the decorators made of it.
 */
import ts from 'typescript';
import { isVariable } from './identifiers';

/** The name of a class inside itself, as a node of our own; undefined for anything else. */
export function ownClassName(node: ts.Node): ts.Node | undefined {
  if (!ts.isIdentifier(node) || !isVariable(node)) return undefined;
  const original = ts.getOriginalNode(node);
  const named = classAround(original, node.text);
  if (named === undefined || named.name === original || isDecorated(named)) return undefined;
  if (!named.members.some(isPrivateOfInstance)) return undefined;
  return ts.setSourceMapRange(ts.factory.createIdentifier(node.text), ts.getSourceMapRange(original));
}

function classAround(original: ts.Node, name: string): ts.ClassLikeDeclaration | undefined {
  let at = original.parent as ts.Node | undefined; // absent for what the compiler made, and above the file
  while (at !== undefined && !(ts.isClassLike(at) && at.name?.text === name)) at = at.parent;
  return at;
}

function isPrivateOfInstance(member: ts.ClassElement): boolean {
  if (member.name === undefined || !ts.isPrivateIdentifier(member.name)) return false;
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : [];
  return modifiers.every((each) => each.kind !== ts.SyntaxKind.StaticKeyword);
}

function isDecorated(node: ts.ClassLikeDeclaration): boolean {
  const makers = node.members.filter((each) => ts.isConstructorDeclaration(each));
  const places = [node, ...makers.flatMap((each) => each.parameters)];
  return places.some((each) => ts.canHaveDecorators(each) && ts.getDecorators(each) !== undefined);
}

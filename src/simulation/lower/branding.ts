/** Why this file exists: methods that were async are told to the runtime, which makes them look so. */
import ts from 'typescript';
import { block, callProbe, list, literal, property, statement } from './build';
import type { Lowering } from './lowering';
import { bodyKind, staticName } from './scope';
import { addSite } from './sites';

const { factory } = ts;

/** An object literal does the same for its own: `$_c({ … }, asyncNames, asyncGeneratorNames)`. */
export function brandedObject(node: ts.ObjectLiteralExpression, lowered: ts.ObjectLiteralExpression): ts.Expression {
  const names: Record<'async' | 'async-generator', ts.Expression[]> = { async: [], 'async-generator': [] };
  for (const member of node.properties) {
    const kind = ts.isMethodDeclaration(member) ? bodyKind(member) : 'sync';
    const name = member.name && staticName(member.name);
    if ((kind === 'async' || kind === 'async-generator') && name !== undefined) names[kind].push(literal(name));
  }
  if (names.async.length + names['async-generator'].length === 0) return lowered;
  return callProbe('c', lowered, list(names.async), list(names['async-generator']));
}

/**
 * A class tells the runtime its own text and which of its methods were async: `static { $_r(this, site);
 * $_f(this.prototype.m) }`.
 */
export function brandedMembers<T extends ts.ClassLikeDeclaration>(lowering: Lowering, node: T): T {
  const calls = node.members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member) || ts.isPrivateIdentifier(member.name)) return [];
    const original = ts.getOriginalNode(member);
    const kind = ts.isMethodDeclaration(original) ? bodyKind(original) : 'sync';
    const name = staticName(member.name);
    if ((kind !== 'async' && kind !== 'async-generator') || name === undefined) return [];
    const isStatic = member.modifiers?.some((each) => each.kind === ts.SyntaxKind.StaticKeyword) ?? false;
    const owner = isStatic ? factory.createThis() : property(factory.createThis(), 'prototype');
    return [
      statement(callProbe(kind === 'async' ? 'f' : 'h', factory.createElementAccessExpression(owner, literal(name)))),
    ];
  });
  const site = addSite(lowering.table, lowering.file, lowering.source, node, 'function', classAbout(node));
  if (site !== undefined) calls.unshift(statement(callProbe('r', factory.createThis(), site)));
  if (calls.length === 0) return node;
  const members = [factory.createClassStaticBlockDeclaration(block(calls)), ...node.members];
  return (
    ts.isClassDeclaration(node)
      ? factory.updateClassDeclaration(node, node.modifiers, node.name, undefined, node.heritageClauses, members)
      : // The same kind of class.
        factory.updateClassExpression(node, node.modifiers, node.name, undefined, node.heritageClauses, members)
  ) as T;
}

function classAbout(node: ts.ClassLikeDeclaration): { name: string; color: 'sync' } {
  return { name: node.name?.text ?? '', color: 'sync' };
}

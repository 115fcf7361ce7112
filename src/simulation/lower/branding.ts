/**
 * Why this file exists: methods that were async are told to the runtime, which makes them look so. Their names may be
 * written out, private, or computed; a computed key is kept in a variable of the file.
 */
import ts from 'typescript';
import { block, callProbe, constant, list, literal, probe, property, statement } from './build';
import type { Lowering } from './lowering';
import { bodyKind, staticName } from './scope';
import { addSite } from './sites';

const { factory } = ts;

type AsyncKind = 'async' | 'async-generator';
const brands: Readonly<Record<AsyncKind, string>> = { async: 'f', 'async-generator': 'h' };

/** Names of the methods of one object, by kind, as expressions. */
type Names = Readonly<Record<AsyncKind, ts.Expression[]>>;

function noNames(): Names {
  return { async: [], 'async-generator': [] };
}

function asyncKind(node: ts.Node): AsyncKind | undefined {
  const kind = ts.isMethodDeclaration(node) ? bodyKind(node) : 'sync';
  return kind === 'async' || kind === 'async-generator' ? kind : undefined;
}

/** The key of a member as an expression that can be evaluated again. */
function keyOf(name: ts.PropertyName): ts.Expression | undefined {
  const written = staticName(name);
  if (written !== undefined) return literal(written);
  // `[$_c0 = $_tk(…)]`: keptKey made it.
  const inner = ts.isComputedPropertyName(name) ? name.expression : undefined;
  return inner !== undefined && ts.isBinaryExpression(inner) && ts.isIdentifier(inner.left) ? inner.left : undefined;
}

/** `[key]` → `[$_c0 = $_tk(key)]`: the key is needed again after it named the member. */
export function keptKey(lowering: Lowering, name: ts.ComputedPropertyName): ts.ComputedPropertyName {
  const kept = `c${lowering.keys.length}`;
  lowering.keys.push(kept);
  return factory.updateComputedPropertyName(
    name,
    factory.createAssignment(probe(kept), callProbe('tk', name.expression)),
  );
}

/** Declares the kept keys of a file. */
export function keyVariables(lowering: Lowering): ts.Statement[] {
  return lowering.keys.map((name) => constant(name, undefined, ts.NodeFlags.Let));
}

/** The same, after the directives of a body. */
export function withKeys(lowering: Lowering, body: readonly ts.Statement[]): ts.Statement[] {
  const first = body.findIndex((each) => !(ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression)));
  const at = first < 0 ? body.length : first;
  return [...body.slice(0, at), ...keyVariables(lowering), ...body.slice(at)];
}

/** The kept key of a member, for a value that is named by it. */
export function keptName(name: ts.PropertyName | undefined): ts.Expression | undefined {
  return name !== undefined && ts.isComputedPropertyName(name) ? keyOf(name) : undefined;
}

/** An object literal: `$_c({ … }, asyncNames, asyncGeneratorNames)`. */
export function brandedObject(node: ts.ObjectLiteralExpression, lowered: ts.ObjectLiteralExpression): ts.Expression {
  const names = noNames();
  node.properties.forEach((member, i) => {
    const kind = asyncKind(ts.getOriginalNode(member));
    const name = lowered.properties[i]?.name;
    const key = name && keyOf(name);
    if (kind !== undefined && key !== undefined) names[kind].push(key);
  });
  return brandCall(lowered, names) ?? lowered;
}

function brandCall(object: ts.Expression, names: Names): ts.CallExpression | undefined {
  if (names.async.length + names['async-generator'].length === 0) return undefined;
  return callProbe('c', object, list(names.async), list(names['async-generator']));
}

/**
 * A class tells its own text too, before anything else of it runs: `static { $_r(this, site); $_c(this.prototype, …);
 * $_c(this, …); }`. Private
 * methods of instances can only be reached through one: an extra private field brands them.
 */
export function brandedMembers<T extends ts.ClassLikeDeclaration>(lowering: Lowering, lowered: T): T {
  const [methods, statics] = [noNames(), noNames()];
  const [privates, staticPrivates]: [ts.Expression[], ts.Expression[]] = [[], []];
  for (const member of lowered.members) {
    const kind = asyncKind(ts.getOriginalNode(member));
    if (kind === undefined || !ts.isMethodDeclaration(member)) continue;
    const isStatic = member.modifiers?.some((each) => each.kind === ts.SyntaxKind.StaticKeyword) ?? false;
    if (ts.isPrivateIdentifier(member.name)) {
      const method = factory.createPropertyAccessExpression(factory.createThis(), member.name);
      (isStatic ? staticPrivates : privates).push(callProbe(brands[kind], method));
      continue;
    }
    const key = keyOf(member.name);
    if (key !== undefined) (isStatic ? statics : methods)[kind].push(key);
  }
  const calls = [
    brandCall(property(factory.createThis(), 'prototype'), methods),
    brandCall(factory.createThis(), statics),
    ...staticPrivates,
  ].filter((each) => each !== undefined);
  const site = addSite(lowering.table, lowering.file, lowering.source, lowered, 'function', classAbout(lowered));
  const own = site === undefined ? [] : [callProbe('r', factory.createThis(), site)];
  const first = [...own, ...calls].map(statement);
  const added: ts.ClassElement[] = [];
  if (first.length > 0) added.push(factory.createClassStaticBlockDeclaration(block(first)));
  if (privates.length > 0) added.push(brandField(privates));
  return added.length === 0 ? lowered : withMembers(lowered, [...added, ...lowered.members]);
}

function brandField(calls: readonly ts.Expression[]): ts.PropertyDeclaration {
  const value = calls.reduce((before, each) => factory.createComma(before, each));
  return factory.createPropertyDeclaration(
    undefined,
    factory.createPrivateIdentifier('#$_brands'),
    undefined,
    undefined,
    factory.createParenthesizedExpression(value),
  );
}

function withMembers<T extends ts.ClassLikeDeclaration>(node: T, members: readonly ts.ClassElement[]): T {
  return (
    ts.isClassDeclaration(node)
      ? factory.updateClassDeclaration(node, node.modifiers, node.name, undefined, node.heritageClauses, members)
      : // The same kind of class.
        factory.updateClassExpression(
          node,
          node.modifiers,
          node.name,
          undefined,
          node.heritageClauses,
          members,
        )
  ) as T;
}

function classAbout(node: ts.ClassLikeDeclaration): { name: string; color: 'sync' } {
  return { name: node.name?.text ?? '', color: 'sync' };
}

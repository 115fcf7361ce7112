/** Why this file exists: the function that a person means by a name or by a place, and how the file can call it. */
import ts from 'typescript';
import { argumentsFor } from './values';
import { bodyKind, type BodyKind } from './scope';

export interface FoundFunction {
  readonly node: ts.SignatureDeclaration;
  readonly kind: BodyKind;
  /** The expression that calls it from the top of the file, without arguments; absent for a function inside another. */
  readonly callee: string | undefined;
}

/** The innermost function around a node. */
export function enclosingFunction(node: ts.Node): ts.SignatureDeclaration | undefined {
  for (let at = node.parent as ts.Node | undefined; at !== undefined; at = at.parent as ts.Node | undefined)
    if (ts.isFunctionLike(at)) return at;
  return undefined;
}

/** By name (`load`, `Store.save`) or by an offset in it. */
export function findFunction(source: ts.SourceFile, wanted: string | number): FoundFunction | undefined {
  let best: ts.SignatureDeclaration | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body !== undefined) {
      if (
        typeof wanted === 'number'
          ? node.getStart(source) <= wanted && wanted <= node.end
          : best === undefined && nameOf(node) === wanted
      )
        best = node;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return best && { node: best, kind: bodyKind(best), callee: calleeOf(best, source) };
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  const name = node.name && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? node.name.text : undefined;
  if (ts.isClassLike(node.parent))
    return `${node.parent.name?.text ?? ''}.${ts.isConstructorDeclaration(node) ? 'constructor' : (name ?? '')}`;
  if (name !== undefined) return name;
  const holder = node.parent;
  return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
}

function calleeOf(node: ts.SignatureDeclaration, source: ts.SourceFile): string | undefined {
  if (ts.isFunctionDeclaration(node)) return node.parent === source ? node.name?.text : undefined;
  if (ts.isClassLike(node.parent)) return memberCallee(node, node.parent, source);
  const holder = node.parent;
  const isTop = ts.isVariableDeclaration(holder) && holder.parent.parent.parent === source;
  return isTop && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
}

function memberCallee(
  node: ts.SignatureDeclaration,
  owner: ts.ClassLikeDeclaration,
  source: ts.SourceFile,
): string | undefined {
  if (owner.parent !== source || owner.name === undefined) return undefined;
  const constructor = owner.members.find(ts.isConstructorDeclaration);
  const args = constructor ? argumentsFor(constructor).join(', ') : '';
  if (ts.isConstructorDeclaration(node)) return `new ${owner.name.text}`;
  if (!ts.isMethodDeclaration(node) || ts.isPrivateIdentifier(node.name) || ts.isComputedPropertyName(node.name))
    return undefined;
  const isStatic = (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.StaticKeyword);
  return isStatic ? `${owner.name.text}.${node.name.text}` : `new ${owner.name.text}(${args}).${node.name.text}`;
}

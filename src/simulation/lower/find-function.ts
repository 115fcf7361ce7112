/** Why this file exists: the function that a person means by a name or by a place, and how the file can call it. */
import ts from 'typescript';
import { argumentsFor, type OutsideTypes } from './values';
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
export function findFunction(
  source: ts.SourceFile,
  wanted: string | number,
  outside?: OutsideTypes,
): FoundFunction | undefined {
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
  return best && { node: best, kind: bodyKind(best), callee: calleeOf(best, source, outside) };
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  const name = node.name && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) ? node.name.text : undefined;
  if (ts.isClassLike(node.parent))
    return `${node.parent.name?.text ?? ''}.${ts.isConstructorDeclaration(node) ? 'constructor' : (name ?? '')}`;
  if (name !== undefined) return name;
  const holder = node.parent;
  return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
}

function calleeOf(
  node: ts.SignatureDeclaration,
  source: ts.SourceFile,
  outside: OutsideTypes | undefined,
): string | undefined {
  if (ts.isFunctionDeclaration(node)) return node.parent === source ? node.name?.text : undefined;
  if (ts.isClassLike(node.parent)) return memberCallee(node, concrete(node.parent, source), source, outside);
  const holder = node.parent;
  const isTop = ts.isVariableDeclaration(holder) && holder.parent.parent.parent === source;
  return isTop && ts.isIdentifier(holder.name) ? holder.name.text : undefined;
}

function memberCallee(
  node: ts.SignatureDeclaration,
  owner: ts.ClassLikeDeclaration,
  source: ts.SourceFile,
  outside: OutsideTypes | undefined,
): string | undefined {
  if (owner.parent !== source || owner.name === undefined) return undefined;
  const constructor = owner.members.find(ts.isConstructorDeclaration);
  const args = constructor ? argumentsFor(constructor, outside).join(', ') : '';
  const inherited = constructor === undefined && owner.heritageClauses ? outside?.(owner, 'object', 0) : undefined;
  const object = inherited ?? `new ${owner.name.text}(${args})`;
  if (ts.isConstructorDeclaration(node)) return `new ${owner.name.text}`;
  if (!ts.isMethodDeclaration(node) || ts.isPrivateIdentifier(node.name) || ts.isComputedPropertyName(node.name))
    return undefined;
  const isStatic = (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.StaticKeyword);
  return isStatic ? `${owner.name.text}.${node.name.text}` : `${object}.${node.name.text}`;
}

/** Of an abstract class nothing can be made: the first class of the file that is built upon it stands for it. */
function concrete(owner: ts.ClassLikeDeclaration, source: ts.SourceFile): ts.ClassLikeDeclaration {
  const isAbstract = (ts.getModifiers(owner) ?? []).some((each) => each.kind === ts.SyntaxKind.AbstractKeyword);
  if (!isAbstract || owner.name === undefined) return owner;
  const name = owner.name.text;
  const above = source.statements.find((each): each is ts.ClassDeclaration => {
    const clauses = ts.isClassDeclaration(each) ? (each.heritageClauses ?? []) : [];
    return clauses.some(
      ({ token, types }) => token === ts.SyntaxKind.ExtendsKeyword && types[0]?.expression.getText(source) === name,
    );
  });
  return above === undefined ? owner : concrete(above, source);
}

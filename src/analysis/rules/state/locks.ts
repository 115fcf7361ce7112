/**
 * Why this file exists: what runs under a lock has no second caller. Locks are known by their names: a wrong guess only
 * keeps a rule quiet.
 */
import ts from 'typescript';
import { calleeName } from '../../syntax';
import { isAssignment, ownNodes } from './own-nodes';

const lockName = /lock|mutex|semaphore|acquire|exclusive|serial|critical|atomic|synchroni[sz]ed|transaction|\bonce\b/i;

/** A lock is taken earlier in the function, the function is handed to one, or only one call of it is under way. */
export function isLocked(node: ts.Node, owner: ts.Node): boolean {
  return takesLockBefore(node, owner) || isHandedToLock(owner) || isKept(owner);
}

/** A private method whose promise is kept wherever it is called: `this.opening ??= this.open()`. */
function isKept(owner: ts.Node): boolean {
  if (!ts.isMethodDeclaration(owner) || !isPrivate(owner)) return false;
  const name = owner.name.getText();
  const calls = ownCallsOf(owner.getSourceFile(), name);
  return calls.length > 0 && calls.every((call) => isAssignment(call.parent) && call.parent.right === call);
}

function isPrivate(method: ts.MethodDeclaration): boolean {
  const isMarked = (method.modifiers ?? []).some((each) => each.kind === ts.SyntaxKind.PrivateKeyword);
  return isMarked || ts.isPrivateIdentifier(method.name);
}

function ownCallsOf(source: ts.SourceFile, method: string): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  function visit(node: ts.Node): void {
    const isOwn = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression);
    if (isOwn && node.expression.getText() === `this.${method}`) found.push(node);
    ts.forEachChild(node, visit);
  }
  visit(source);
  return found;
}

function takesLockBefore(node: ts.Node, owner: ts.Node): boolean {
  return ownNodes(owner, ts.isCallExpression).some((call) => {
    return call.pos < node.pos && lockName.test(calleeName(call.expression));
  });
}

function isHandedToLock(owner: ts.Node): boolean {
  for (let node = owner; !ts.isSourceFile(node); node = node.parent) {
    const { parent } = node;
    if (ts.isCallExpression(parent) && parent.expression !== node && lockName.test(calleeName(parent.expression)))
      return true;
  }
  return false;
}

/**
 * Why this file exists: what runs under a lock has no second caller. Locks are known by their names: a wrong guess only
 * keeps a rule quiet.
 */
import ts from 'typescript';
import { calleeName } from '../../syntax';
import { ownNodes } from './own-nodes';

const lockName = /lock|mutex|semaphore|acquire|exclusive|serial|critical|atomic|synchroni[sz]ed|transaction|\bonce\b/i;

/** A lock is taken earlier in the function, or the function is handed to one. */
export function isLocked(node: ts.Node, owner: ts.Node): boolean {
  return takesLockBefore(node, owner) || isHandedToLock(owner);
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

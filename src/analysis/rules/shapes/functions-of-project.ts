/** Why this file exists: what is known of a called function of ours from its own text, in whatever file it stands. */
import ts from 'typescript';
import type { CalleeNode } from '../../types/questions';
import type { RuleContext } from '../rule';
import { bodyNeverRejects } from './never-rejects';
import { targetsOf } from './targets';

/** The functions of ours that a call may run; undefined when it may run anything else. */
export function calledFunctions(
  call: CalleeNode,
  context: RuleContext,
): readonly ts.FunctionLikeDeclaration[] | undefined {
  const targets = targetsOf(call, context);
  const found = targets.flatMap((target) => {
    if (target.kind !== 'source') return [];
    const fn = context.effects.functionAt(target.file, target.start, context.summary.engine);
    const node = fn?.sites.node;
    return node !== undefined && ts.isFunctionLike(node) && 'body' in node ? [node] : [];
  });
  return found.length > 0 && found.length === targets.length ? found : undefined;
}

/** Everything that a call may run is async and catches whatever may go wrong in it. */
export function neverRejects(call: CalleeNode, context: RuleContext): boolean {
  return calledFunctions(call, context)?.every(bodyNeverRejects) === true;
}

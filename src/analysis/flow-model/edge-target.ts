/** Why this file exists: what a call may run, as the edge of the call graph that it becomes. */
import type { CallTarget } from '../types/questions';
import { type EdgeTarget, functionId } from './summary';

/** Undefined for what a library declares. */
export function edgeTarget(target: CallTarget): EdgeTarget | undefined {
  if (target.kind === 'library') return undefined;
  if (target.kind === 'member') return target;
  return { kind: 'function', file: target.file, id: functionId(target.file, target.start) };
}

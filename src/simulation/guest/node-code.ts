/**
 * Why this file exists: for the record alone: which promises and jobs are Node's own, made by its JavaScript between a
 * call of the program and the answer. They are recorded as internal: nobody has written them.
 */
import { stack } from './recorder';

/** Node's code runs as long as the program has no frame above this many. */
const running: { depth: number; label: string | undefined } = { depth: -1, label: undefined };

/** Runs code of Node's. `label` is how people read the call: the first promise made in it is what the call answers. */
export function asNode<T>(run: () => T, label?: string): T {
  const before = { ...running };
  running.depth = stack.length;
  running.label = label;
  try {
    return run();
  } finally {
    Object.assign(running, before);
  }
}

export function isNodes(): boolean {
  return running.depth === stack.length;
}

/** Of the promise that the call answers; undefined for any other. */
export function takeLabel(): string | undefined {
  const { label } = running;
  running.label = undefined;
  return label;
}

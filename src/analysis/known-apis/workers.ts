/** Why this file exists: what passes work or messages to another agent, and what only a worker's own code touches. */

const posting = /(^|\.)postMessage$/;
const starting = new Set([
  'node:worker_threads Worker',
  'global Worker',
  'global SharedWorker',
  'node:child_process fork',
  'node:cluster fork',
]);

/** True for calls that hand something to another agent: `new Worker(…)`, `postMessage(…)`. */
export function postsToWorker(module: string, name: string): boolean {
  return posting.test(name) || starting.has(`${module} ${name}`);
}

/** Names of `node:worker_threads` that make sense only inside a worker. */
export const workerOnlyNames: ReadonlySet<string> = new Set(['parentPort', 'workerData']);

/**
 * Why this file exists: what V8 tells of promises while somebody listens (`async_hooks.createHook`): that one is made,
 * that a job of it runs, that it is settled. Promises are named by their numbers.
 */
export interface PromiseHearing {
  /** `parent` is the promise that it was made from, 0 where there is none. */
  init(id: number, parent: number, promise: object): void;
  /** A job of a promise runs. */
  run(id: number, job: () => void): void;
  settled(id: number): void;
}

export const promiseHooks: {
  by: PromiseHearing | undefined;
  /** Makes what stands for a promise that nobody sees: promise.ts. */
  unseen: () => object;
} = { by: undefined, unseen: () => ({}) };

/** Runs a job of a promise; 0 where the job is nobody's. */
export function asJobOf(id: number, job: () => void): void {
  if (promiseHooks.by === undefined || id === 0) job();
  else promiseHooks.by.run(id, job);
}

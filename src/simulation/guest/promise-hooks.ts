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
  /** A job ends that began before anybody listened. */
  left(id: number): void;
}

export const promiseHooks: {
  by: PromiseHearing | undefined;
  /** Makes what stands for a promise that nobody sees: promise.ts. */
  unseen: () => object;
} = { by: undefined, unseen: () => ({}) };

/** Runs a job of a promise; 0 where the job is nobody's. */
export function asJobOf(id: number, job: () => void): void {
  const { by } = promiseHooks;
  if (by !== undefined && id !== 0) by.run(id, job);
  else {
    job();
    if (id !== 0) promiseHooks.by?.left(id); // the job itself may have begun to listen
  }
}

/**
 * Why this file exists: Node numbers whatever calls back later; timers and immediates show their numbers to those who
 * print them, and async_hooks tells them. Modelled: timers, immediates and AsyncResource are numbered, promises and
 * ticks are not.
 */
export const asyncIdSymbol = Symbol('asyncId');
export const triggerIdSymbol = Symbol('triggerId');

export interface Numbered {
  readonly [asyncIdSymbol]: number;
  readonly [triggerIdSymbol]: number;
}

/** What runs: the main script has the number 1; between tasks it is 0. */
const running = { asyncId: 1, triggerId: 0 };
let last = 1;

export function newAsyncId(): number {
  return ++last;
}

export function executionAsyncId(): number {
  return running.asyncId;
}

export function triggerAsyncId(): number {
  return running.asyncId;
}

export function executionTriggerId(): number {
  return running.triggerId;
}

/** Runs a callback as that of a resource. */
export function runAs(resource: Numbered, run: () => void): void {
  const { asyncId, triggerId } = running;
  running.asyncId = resource[asyncIdSymbol];
  running.triggerId = resource[triggerIdSymbol];
  try {
    run();
  } finally {
    running.asyncId = asyncId;
    running.triggerId = triggerId;
  }
}

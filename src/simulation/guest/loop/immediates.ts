/**
 * Why this file exists: setImmediate and the check phase. Node 20–24: lib/internal/timers.js (processImmediate),
 * lib/timers.js.
 */
import { apply, isCallable, type Callable } from '../primordials';
import { nameOf, siteOf } from '../recorder';
import { drainQueues, invalidCallback, processHooks } from '../ticks';
import { runTask, taskCancelled, taskQueued } from '../tasks';

let queue: Immediate[] = [];
let refCount = 0;

export function immediatesAlive(): boolean {
  return refCount > 0;
}

export function immediatesWaiting(): boolean {
  return queue.length > 0;
}

export class Immediate {
  _onImmediate: Callable | null;
  readonly _argv: readonly unknown[];
  _destroyed = false;
  #refed = false;
  #task: number;

  constructor(callback: Callable, args: readonly unknown[]) {
    this._onImmediate = callback;
    this._argv = args;
    this.#task = taskQueued({
      queue: 'immediates',
      origin: 'setImmediate',
      label: nameOf(callback),
      site: siteOf(callback),
    });
    this.ref();
    queue.push(this);
  }

  ref(): this {
    if (!this.#refed && !this._destroyed) {
      this.#refed = true;
      refCount++;
    }
    return this;
  }

  unref(): this {
    if (this.#refed) {
      this.#refed = false;
      refCount--;
    }
    return this;
  }

  hasRef(): boolean {
    return this.#refed;
  }

  static clear(immediate: Immediate): void {
    if (immediate._destroyed) return;
    immediate.unref();
    immediate._destroyed = true;
    immediate._onImmediate = null;
    taskCancelled(immediate.#task);
  }

  static run(immediate: Immediate): void {
    const callback = immediate._onImmediate;
    immediate.unref();
    immediate._destroyed = true;
    if (callback !== null)
      runTask(immediate.#task, () => {
        apply(callback, immediate, immediate._argv);
      });
  }
}

/** The check phase: the immediates that were there when it began; those they add wait for the next turn. */
export function runImmediates(): void {
  const batch = queue;
  queue = [];
  let ranOne = false;
  for (const immediate of batch) {
    if (ranOne) drainQueues();
    ranOne = true;
    if (immediate._destroyed) continue;
    try {
      Immediate.run(immediate);
    } catch (error) {
      processHooks.uncaught(error, 'exception');
    }
  }
  drainQueues();
}

export function setImmediateTask(callback: unknown, args: readonly unknown[]): Immediate {
  if (!isCallable(callback)) throw invalidCallback(callback);
  return new Immediate(callback, args);
}

export function clearImmediateTask(immediate: unknown): void {
  if (immediate instanceof Immediate) Immediate.clear(immediate);
}

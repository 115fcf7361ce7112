/**
 * Why this file exists: setImmediate and the check phase. Node 20: lib/internal/timers.js (processImmediate),
 * lib/timers.js, src/env.cc (CheckImmediate).
 */
import { asyncContext, inContext, type AsyncContext } from '../async-context';
import { announce, asyncIdSymbol, callAs, newAsyncId, retire, triggerAsyncId, triggerIdSymbol } from '../async-ids';
import { noteCalledOn } from '../called-on';
import { checkFunction } from '../node-errors';
import { named, type Callable } from '../primordials';
import { callsOn, immediates } from '../receivers';
import { nameOf, siteOf } from '../recorder';
import { drainQueues, processHooks, runNextTicks } from '../ticks';
import { enterTask, startNow, type Start } from './races';
import { callUnder, under } from '../stood-for';
import { TaskQueue, runTask, taskCancelled, taskQueued } from '../tasks';
import { withdrawn } from '../withdrawn';

const refed = Symbol('refed');
let queue = new TaskQueue<Immediate>();
/** What an error left over: it runs before what was queued meanwhile. */
let outstanding = new TaskQueue<Immediate>();
let waiting = 0;
let refCount = 0;

export function immediatesAlive(): boolean {
  return refCount > 0;
}

export function immediatesWaiting(): boolean {
  return waiting > 0;
}

let silent = 0;

/** True when the program itself waits for one: those of ensureCheckPhase do nothing. */
export function programImmediatesWaiting(): boolean {
  return waiting > silent;
}

export class Immediate {
  _idleNext = null;
  _idlePrev = null;
  _onImmediate: Callable | null;
  readonly _argv: readonly unknown[] | undefined;
  _destroyed = false;
  [refed]: boolean | null = true;
  [asyncIdSymbol] = newAsyncId();
  [triggerIdSymbol] = triggerAsyncId();
  #task = 0;
  readonly #start: Start = startNow();
  #context: AsyncContext = asyncContext.current;

  constructor(callback: Callable, args: readonly unknown[], isSilent = false) {
    this._onImmediate = callback;
    this._argv = args.length === 0 ? undefined : args;
    const about = { queue: 'immediates', origin: 'setImmediate' } as const;
    if (!isSilent) this.#task = taskQueued({ ...about, label: nameOf(callback), site: siteOf(callback) });
    refCount++;
    waiting++;
    announce(this, 'Immediate');
    queue.push(this);
  }

  ref(): this {
    if (this[refed] === false) {
      this[refed] = true;
      refCount++;
    }
    return this;
  }

  unref(): this {
    if (this[refed] === true) {
      this[refed] = false;
      refCount--;
    }
    return this;
  }

  hasRef(): boolean {
    return this[refed] === true;
  }

  static #finish(immediate: Immediate): void {
    immediate._destroyed = true;
    waiting--;
    if (immediate[refed] === true) refCount--;
    immediate[refed] = null;
  }

  static clear(immediate: Immediate): void {
    if (immediate._destroyed) return;
    Immediate.#finish(immediate);
    retire(immediate);
    immediate._onImmediate = null;
    taskCancelled(immediate.#task);
  }

  static run(immediate: Immediate): void {
    const callback = immediate._onImmediate;
    Immediate.#finish(immediate);
    enterTask(immediate.#start, 0);
    immediates.runs = true;
    try {
      runTask(immediate.#task, () => {
        callAs(immediate, () => {
          inContext(immediate.#context, () => {
            const args = immediate._argv;
            if (callback === null) return;
            noteCalledOn(callback, 'Immediate');
            if (args) callWith(callback, immediate, args);
            else callBare(callback, immediate, []);
          });
        });
      });
    } finally {
      immediates.runs = false;
      immediate._onImmediate = null;
      retire(immediate);
    }
  }
}
export const immediateInside = withdrawn(Immediate, 'clear', 'run');

const file = 'node:internal/timers';

const callBare = callUnder(`process.processImmediate (${file}:483:21)`);
const callWith = callUnder(`process.processImmediate (${file}:485:21)`);
for (const caller of [callBare, callWith]) callsOn(caller, 'Immediate', '_onImmediate');
named(Immediate, 'Immediate'); // bundling renames a class that names itself

/** The check phase: the immediates that were there when it began; those they add wait for the next turn. */
export function runImmediates(): void {
  for (let isDone = false; !isDone;) {
    try {
      processImmediate();
      isDone = true;
    } catch (error) {
      processHooks.uncaught(error, 'exception');
    }
  }
  drainQueues();
}

function processImmediate(): void {
  if (outstanding.isEmpty) {
    outstanding = queue;
    queue = new TaskQueue();
  }
  let ranOne = false;
  for (let immediate = outstanding.shift(); immediate !== undefined; immediate = outstanding.shift()) {
    if (ranOne) ticksBetween();
    ranOne = true;
    if (!immediate._destroyed) immediateInside.run(immediate);
  }
}

const ticksBetween = under(`process.processImmediate (${file}:454:9)`, runNextTicks);

export function setImmediateTask(callback: unknown, args: readonly unknown[]): Immediate {
  checkFunction(callback, 'callback');
  return new Immediate(callback as Callable, args); // just checked
}

/** After an error that was handled Node sees to one more check phase, so that what is queued will run. */
export function ensureCheckPhase(): void {
  silent++;
  new Immediate(
    () => {
      silent--;
    },
    [],
    true,
  );
}

export function clearImmediateTask(immediate: unknown): void {
  if (immediate instanceof Immediate) immediateInside.clear(immediate);
}

/**
 * Why this file exists: `async_hooks.createHook`: a program hears of each resource that is made, runs, and is done
 * with. Node 20: lib/async_hooks.js (AsyncHook), lib/internal/async_hooks.js, src/async_wrap.cc.
 *
 * Told are timers, immediates, ticks, microtasks, promises, AsyncResource, what the thread pool does, sockets, pipes,
 * processes and ports. What cannot be told of as Node does (HTTP, TLS, workers, messages between processes) ends the
 * run when it is made while a hook is enabled.
 * NOT MODELLED: that a promise is destroyed when its memory is freed.
 */
import { destroyed } from './async-destroyed';
import {
  asyncIdSymbol, hearing, newAsyncId, runAs, triggerAsyncId, triggerIdSymbol, type Hearing, type Numbered,
} from './async-ids';
import { inspect } from './inspect';
import { codedError } from './node-errors';
import { write } from './output';
import { NativeError, NativeTypeError, SafeMap, call, hide, isCallable, named, type Callable } from './primordials';
import { exitWith } from './process-exit';
import { promiseHooks, type PromiseHearing } from './promise-hooks';
import { microtasks } from './tasks';

const events = ['init', 'before', 'after', 'destroy', 'promiseResolve'] as const;
type EventName = (typeof events)[number];

/** By the symbols under which a hook keeps its functions. */
const keys = Object.fromEntries(events.map((each) => [each, Symbol(each)])) as Readonly<Record<EventName, symbol>>;

type Hook = Readonly<Record<symbol, Callable | undefined>>;
/** Never changed in place: who is being told of something is told to the end. */
let enabled: readonly AsyncHook[] = [];

export class AsyncHook {
  constructor(functions: Readonly<Partial<Record<EventName, unknown>>> | null | undefined) {
    if (functions === null || functions === undefined)
      throw new NativeTypeError(`Cannot destructure property 'init' of '${String(functions)}' as it is ${String(functions)}.`);
    const { init, before, after, destroy, promiseResolve } = functions;
    const given = { init, before, after, destroy, promiseResolve };
    for (const each of events) {
      const f = given[each];
      if (f !== undefined && !isCallable(f))
        throw codedError(NativeTypeError, 'ERR_ASYNC_CALLBACK', `hook.${each} must be a function`);
    }
    for (const each of events) Object.assign(this, { [keys[each]]: given[each] });
  }

  enable(): this {
    if (!enabled.includes(this)) change([...enabled, this]);
    return this;
  }

  disable(): this {
    if (enabled.includes(this)) change(enabled.filter((each) => each !== this));
    return this;
  }
}
named(AsyncHook, 'AsyncHook', 1);

export function createHook(functions?: Readonly<Partial<Record<EventName, unknown>>>): AsyncHook {
  return new AsyncHook(functions);
}

function change(hooks: readonly AsyncHook[]): void {
  enabled = hooks;
  hearing.by = hooks.length === 0 ? undefined : told;
  if (hooks.length > 0) promiseHooks.by = ofPromises;
  else microtasks.push({ task: 0, run: stopHearingOfPromises });
}

/** Only in a microtask: a job of a promise may be under way. */
function stopHearingOfPromises(): void {
  if (enabled.length === 0) promiseHooks.by = undefined;
}

/** Whether one of them hears such an event. */
function hears(event: EventName): boolean {
  return enabled.some((each) => (each as unknown as Hook)[keys[event]] !== undefined); // its constructor put them there
}

/** What a hook throws ends the process: nobody can catch it. */
function emit(event: EventName, ...args: readonly unknown[]): void {
  const hooks = enabled;
  for (let i = 0; i < hooks.length; i++) {
    const hook = hooks[i];
    const f = (hook as unknown as Hook)[keys[event]]; // its constructor put it there
    if (f === undefined) continue;
    try {
      call(f, hook, ...args);
    } catch (error) {
      endFor(error);
    }
  }
}

function endFor(error: unknown): never {
  const stack: unknown = error instanceof NativeError ? error.stack : undefined;
  write('stderr', `${typeof stack === 'string' ? stack : `Error: ${inspect(error)}`}\n`);
  return exitWith(1);
}

const told: Hearing = {
  init: (asyncId, type, triggerId, resource) => { emit('init', asyncId, type, triggerId, resource); },
  before: (asyncId) => { emit('before', asyncId); },
  after: (asyncId) => { emit('after', asyncId); },
  destroy: (asyncId) => { if (hears('destroy')) destroyed.waiting.push(asyncId); },
};

/** The check phase begins with what was destroyed, before the program's immediates. */
destroyed.tell = () => {
  while (destroyed.waiting.length > 0) for (const each of destroyed.waiting.splice(0)) emit('destroy', each);
};

interface KnownPromise extends Numbered {
  readonly promise: object;
}

/** Those that a hook has heard of, or that were asked for since. */
const promises = new SafeMap<number, KnownPromise>();

/** Numbered when it is first looked at: one that is older than the hook gets its number late. */
function numbersOf(id: number, parent = 0, promise: object = {}): KnownPromise {
  const known = promises.get(id);
  if (known !== undefined) return known;
  const trigger = parent === 0 ? triggerAsyncId() : numbersOf(parent)[asyncIdSymbol];
  const numbers = { [asyncIdSymbol]: newAsyncId(), [triggerIdSymbol]: trigger, promise };
  promises.set(id, numbers);
  return numbers;
}

const ofPromises: PromiseHearing = {
  init: (id, parent, promise) => {
    const numbers = numbersOf(id, parent, promise);
    emit('init', numbers[asyncIdSymbol], 'PROMISE', numbers[triggerIdSymbol], promise);
  },
  run: (id, job) => {
    const numbers = numbersOf(id);
    runAs(numbers, job, numbers.promise);
  },
  left: (id) => { emit('after', numbersOf(id)[asyncIdSymbol]); },
  settled: (id) => { if (hears('promiseResolve')) emit('promiseResolve', numbersOf(id)[asyncIdSymbol]); },
};
hide(AsyncHook.prototype, 'constructor', AsyncHook);

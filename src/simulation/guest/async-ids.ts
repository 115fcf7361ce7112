/**
 * Why this file exists: Node numbers whatever calls back later; timers and immediates show their numbers to those who
 * print them, and async_hooks tells them. Node 20: lib/internal/async_hooks.js, src/async_wrap.cc.
 * NOT MODELLED: the numbers of what the loader of modules makes while no hook is enabled; they are left out.
 */
import { named } from './primordials';

export const asyncIdSymbol = Symbol('asyncId');
export const triggerIdSymbol = Symbol('triggerId');

export interface Numbered {
  readonly [asyncIdSymbol]: number;
  readonly [triggerIdSymbol]: number;
}

/** What hears of resources while a hook is enabled: async-hook.ts. */
export interface Hearing {
  init(asyncId: number, type: string, triggerId: number, resource: object): void;
  before(asyncId: number): void;
  after(asyncId: number): void;
  destroy(asyncId: number): void;
}
export const hearing: { by: Hearing | undefined } = { by: undefined };

interface Scope {
  asyncId: number;
  triggerId: number;
  resource: object | undefined;
}

/** What runs: the main script has the number 1; between tasks it is 0. */
const running: Scope = { asyncId: 1, triggerId: 0, resource: undefined };
const nobodys = {};
let last = 1;

export function newAsyncId(): number {
  return ++last;
}

/** Numbers of what Node makes meanwhile and no program sees. */
export function skipIds(count: number): void {
  last += count;
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

export function executionAsyncResource(): object {
  return running.resource ?? nobodys;
}

/** The numbers of something that begins now; `by` is what led to it, if not what runs. */
export function newIds(by?: Numbered): Numbered {
  return { [asyncIdSymbol]: newAsyncId(), [triggerIdSymbol]: by?.[asyncIdSymbol] ?? triggerAsyncId() };
}

/** What stands for an object of Node's native code: a program sees the name of its class. */
export function nativeResource(className: string): object {
  const made = named(function () { /* native */ }, className);
  return Object.create({ constructor: made }) as object;
}

/** Hooks hear of a resource of that kind, by default of what has the numbers. */
export function announce<R extends Numbered>(ids: R, type: string, resource: object = ids): R {
  hearing.by?.init(ids[asyncIdSymbol], type, ids[triggerIdSymbol], resource);
  return ids;
}

/** It will not call back any more. */
export function retire(resource: Numbered): void {
  hearing.by?.destroy(resource[asyncIdSymbol]);
}

function enter(ids: Numbered, resource: object): Scope {
  const outer = { ...running };
  running.asyncId = ids[asyncIdSymbol];
  running.triggerId = ids[triggerIdSymbol];
  running.resource = resource;
  hearing.by?.before(running.asyncId);
  return outer;
}

function leave(outer: Scope): void {
  hearing.by?.after(running.asyncId);
  Object.assign(running, outer);
}

/** Runs a function as that of a resource, by default the one that has the numbers. */
export function runAs(ids: Numbered, run: () => void, resource: object = ids): void {
  const outer = enter(ids, resource);
  try {
    run();
  } finally {
    leave(outer);
  }
}

/** The same for what the loop calls: who hears of an error that nobody caught still runs as the resource. */
export function callAs(ids: Numbered, run: () => void, resource: object = ids): void {
  const outer = enter(ids, resource);
  run();
  leave(outer);
}

/** After an error, and where the main script ends: nothing runs. */
export function leaveAll(): void {
  if (running.asyncId > 1) hearing.by?.after(running.asyncId);
  Object.assign(running, { asyncId: 0, triggerId: 0, resource: undefined });
}

/** Why this file exists: EventTarget. Node 20: lib/internal/event_target.js. */
import { noteCalledOn } from '../../called-on';
import { checkObject, checkSignal, codedError, invalidType } from '../../node-errors';
import {
  NativeError,
  NativeTypeError,
  apply,
  call,
  defineProperty,
  isCallable,
  isObject,
  type Callable,
  SafeMap,
  SafeWeakSet,
} from '../../primordials';
import { thrownAt } from '../../thrown-places';
import { settledLike } from '../../own-promises';
import { callsOnEmitters, emitterName, emitting } from '../../receivers';
import { standsForThose } from '../../stood-for';
import { nextTick } from '../../ticks';
import { limits } from './emitter';
import { Event, asInterface, inspectCustom, invalidThis, missing, shown, eventInside } from './event';
import { warnings, warningNamed } from './warnings';
import { withdrawn } from '../../withdrawn';

/** Listeners with this option hear an event even after stopImmediatePropagation: Node's own. */
export const resistsStop = Symbol('kResistStopPropagation');

interface Registration {
  readonly listener: unknown;
  readonly callback: Callable;
  readonly once: boolean;
  readonly capture: boolean;
  readonly resists: boolean;
  removed: boolean;
  /** A listener that was removed still knows who came after it. */
  next: Registration | undefined;
  previous: Registration | undefined;
}

/** The listeners of one type, in a chain: whoever walks it has already looked at the next one. */
interface Chain {
  first: Registration | undefined;
  last: Registration | undefined;
  size: number;
}

function append(chain: Chain, registration: Registration): void {
  registration.previous = chain.last;
  if (chain.last === undefined) chain.first = registration;
  else chain.last.next = registration;
  chain.last = registration;
  chain.size++;
}

function remove(chain: Chain, registration: Registration): void {
  const { previous, next } = registration;
  if (previous === undefined) chain.first = next;
  else previous.next = next;
  if (next === undefined) chain.last = previous;
  else next.previous = previous;
  registration.removed = true;
  chain.size--;
}

function find(chain: Chain | undefined, listener: unknown, capture: boolean): Registration | undefined {
  let each = chain?.first;
  while (each !== undefined && (each.listener !== listener || each.capture !== capture)) each = each.next;
  return each;
}

interface Options {
  readonly once?: unknown;
  readonly capture?: unknown;
  readonly passive?: unknown;
  readonly signal?: { readonly aborted: boolean; addEventListener: EventTarget['addEventListener'] };
  readonly [resistsStop]?: boolean;
}

/** An error of a listener does not stop the others: it is thrown by a tick. */
function throwLater(error: unknown): void {
  if (isObject(error)) thrownAt(error, 'node:internal/event_target:1105', '  process.nextTick(() => { throw err; });', 27);
  nextTick(() => {
    throw error;
  }, []);
}

function optionsOf(given: unknown): Options {
  if (typeof given === 'boolean') return { capture: given };
  if (given === undefined || given === null) return {};
  if (!isObject(given)) checkObject(given, 'options');
  return given; // every field is read as it is
}

function isListener(listener: unknown): listener is object {
  if (isObject(listener)) return true;
  if (listener === undefined || listener === null) return false;
  throw invalidType('listener', 'an instance of EventListener', listener);
}

/** What an object that is a listener does: `handleEvent`, asked anew each time, in an async function of Node's. */
function callbackOf(listener: object): Callable {
  if (isCallable(listener)) return listener;
  const handler = listener as { handleEvent?: unknown };
  return (...args: unknown[]) =>
    settledLike(() => {
      const handle = handler.handleEvent;
      if (isCallable(handle)) apply(handle, listener, args);
    });
}

export class EventTarget {
  readonly #listeners = new SafeMap<string, Chain>();
  #most = limits.defaultMaxListeners;
  #warned = false;

  static listenersOf(target: EventTarget, type: string): unknown[] {
    const listeners: unknown[] = [];
    for (let each = target.#listeners.get(type)?.first; each !== undefined; each = each.next)
      listeners.push(each.listener);
    return listeners;
  }

  static most(target: EventTarget, set?: number): number {
    if (set !== undefined) {
      target.#most = set;
      target.#warned = false;
    }
    return target.#most;
  }

  addEventListener(...given: [type?: unknown, listener?: unknown, options?: unknown]): void {
    if (!isTarget(this)) throw invalidThis('EventTarget');
    if (given.length < 2) throw missing('type', 'listener');
    const [type, listener] = given;
    const options = optionsOf(given[2]);
    const { signal } = options;
    const name = String(type);
    const capture = Boolean(options.capture);
    checkSignal(signal, 'options.signal');
    if (signal?.aborted === true) return;
    const onAbort = (): void => {
      this.removeEventListener(name, listener, { capture });
    };
    signal?.addEventListener('abort', onAbort, { once: true, [resistsStop]: true });
    if (!isListener(listener)) {
      const message = `addEventListener called with ${String(listener)} which has no effect.`;
      warnings.emit(
        Object.assign(warningNamed('AddEventListenerArgumentTypeWarning', message), { target: this, type }),
      );
      return;
    }
    const chain = this.#listeners.get(name) ?? { first: undefined, last: undefined, size: 0 };
    if (find(chain, listener, capture) !== undefined) return;
    append(chain, {
      listener,
      callback: callbackOf(listener),
      once: Boolean(options.once),
      capture,
      resists: options[resistsStop] === true,
      removed: false,
      next: undefined,
      previous: undefined,
    });
    this.#listeners.set(name, chain);
    if (this.#most > 0 && chain.size > this.#most && !this.#warned) {
      this.#warned = true;
      warnings.tooManyListeners(this, name, chain.size, this.#most, 'EventTarget', this.constructor.name);
    }
  }

  removeEventListener(...given: [type?: unknown, listener?: unknown, options?: unknown]): void {
    if (!isTarget(this)) throw invalidThis('EventTarget');
    if (given.length < 2) throw missing('type', 'listener');
    const [type, listener, options] = given;
    if (!isListener(listener)) return;
    const capture = options === true || (isObject(options) && (options as Options).capture === true);
    const chain = this.#listeners.get(String(type));
    const found = find(chain, listener, capture);
    if (chain === undefined || found === undefined) return;
    remove(chain, found);
    if (chain.size === 0) this.#listeners.delete(String(type));
  }

  dispatchEvent(...given: [event?: unknown]): boolean {
    if (!isTarget(this)) throw invalidThis('EventTarget');
    if (given.length < 1) throw missing('event');
    const [event] = given;
    if (!(event instanceof Event)) throw invalidType('event', 'an instance of Event', event);
    const dispatch = eventInside.dispatchOf(event);
    if (dispatch.running)
      throw codedError(NativeError, 'ERR_EVENT_RECURSION', `The event "${event.type}" is already being dispatched`);
    dispatch.target = this;
    dispatch.running = true;
    const chain = this.#listeners.get(event.type);
    let next: Registration | undefined;
    for (let each = chain?.first; chain !== undefined && each !== undefined; each = next) {
      ({ next } = each); // looked up before the call: what the last listener adds is not called
      if (each.removed || (dispatch.stopped && !each.resists)) continue;
      if (each.once) remove(chain, each);
      this.#tell(each, event);
      dispatch.running = false;
    }
    dispatch.running = false;
    return !event.defaultPrevented;
  }

  #tell(registration: Registration, event: Event): void {
    try {
      const result = callOn(registration.callback, this, event);
      if (result === undefined || result === null) return;
      const { then } = result as { then?: unknown };
      if (isCallable(then)) call(then, result, undefined, throwLater);
    } catch (error) {
      throwLater(error);
    }
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return shown(this, {}, depth, options);
  }
}
export const targetInside = withdrawn(EventTarget, 'listenersOf', 'most');
asInterface(EventTarget, 'EventTarget');
for (const [name, length] of [
  ['addEventListener', 2],
  ['removeEventListener', 2],
  ['dispatchEvent', 1],
] as const)
  defineProperty(EventTarget.prototype[name], 'length', { value: length, configurable: true });

/** Made as plain targets, whatever class they are given then: stacks name them so. */
export const plainTargets = new SafeWeakSet<object>();

function callOn(callback: Callable, target: EventTarget, event: Event): unknown {
  const depth = emitting.length;
  emitting[depth] = plainTargets.has(target) ? EventTarget.prototype : target;
  noteCalledOn(callback, emitting[depth] ?? target);
  try {
    return call(callback, target, event);
  } finally {
    emitting.length = depth;
  }
}
/** The port that is told of a message: Node dispatches it in its own way. */
export const told: { by: object | undefined } = { by: undefined };
callsOnEmitters(callOn);
standsForThose(callOn, (outer) => [
  '[nodejs.internal.kHybridDispatch] (node:internal/event_target:831:20)',
  told.by === emitting[emitting.length - 1 - outer]
    ? 'MessagePort.<anonymous> (node:internal/per_context/messageport:23:28)'
    : `${emitterName(outer)}.dispatchEvent (node:internal/event_target:766:26)`,
]);

function isTarget(value: unknown): value is EventTarget {
  return value instanceof EventTarget;
}

export function listenersOfTarget(target: EventTarget, type: string): unknown[] {
  return targetInside.listenersOf(target, type);
}

export function maxOfTarget(target: EventTarget): number {
  return targetInside.most(target);
}

export function setMaxOfTarget(target: EventTarget, most: number): void {
  targetInside.most(target, most);
}

/** `onabort` and its like: one listener, in the order in which it was first set. */
export function defineHandler(prototype: object, type: string): void {
  const handlers = new WeakMap<object, { handler: unknown }>();
  defineProperty(prototype, `on${type}`, {
    get(this: EventTarget) {
      return handlers.get(this)?.handler ?? null;
    },
    set(this: EventTarget, handler: unknown) {
      const known = handlers.get(this);
      if (known !== undefined) {
        known.handler = handler;
        return;
      }
      const slot = { handler };
      handlers.set(this, slot);
      this.addEventListener(type, function eventHandler(this: unknown, ...args: unknown[]): unknown {
        return isCallable(slot.handler) ? call(slot.handler, this, ...args) : undefined;
      });
    },
    enumerable: true,
    configurable: true,
  });
}

export function illegalConstructor(): Error {
  return codedError(NativeTypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
}

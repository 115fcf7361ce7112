/** Why this file exists: EventEmitter. Node 20: lib/events.js. */
import { noteCalledOn } from '../../called-on';
import { noteEmission } from './emitted';
import { inspect } from '../../inspect';
import { codedError, checkNumber, checkBoolean } from '../../node-errors';
import {
  NativeError, call, createObject, defineProperty, getPrototypeOf, isCallable, ownKeys, type Callable,
} from '../../primordials';
import { emitting } from '../../receivers';
import { addCatch, capture, captureByDefault } from './capture';
import { checkListener, inEmit, onceBare, onceWith, standForEmitters, tellRemoved } from './emit-frames';
import { warnings } from './warnings';
import { madeAt, thrownAt } from '../../thrown-places';

export type Key = string | symbol;
export interface Listener extends Callable {
  listener?: Callable;
}
type Listeners = Listener[] & { warned?: boolean };
type Events = Record<Key, Listener | Listeners | undefined>;

const shapeMode = Symbol('shapeMode');
export const errorMonitor = Symbol('events.errorMonitor');

/** What every emitter has; the underscored names are Node's and seen by those who print one. */
export interface Emitter {
  _events: Events | undefined;
  _eventsCount: number;
  _maxListeners: number | undefined;
  [shapeMode]: boolean;
  [capture]: boolean;
  emit(type: Key, ...args: unknown[]): boolean;
  on(type: Key, listener: unknown): this;
  addListener(type: Key, listener: unknown): this;
  prependListener(type: Key, listener: unknown): this;
  once(type: Key, listener: unknown): this;
  prependOnceListener(type: Key, listener: unknown): this;
  removeListener(type: Key, listener: unknown): this;
  off(type: Key, listener: unknown): this;
  removeAllListeners(type?: Key): this;
  listenerCount(type: Key, listener?: unknown): number;
  listeners(type: Key): unknown[];
  rawListeners(type: Key): unknown[];
  eventNames(): Key[];
  setMaxListeners(n: number): this;
  getMaxListeners(): number;
}

export const limits = { defaultMaxListeners: 10 };

/** The constructor is a plain function: old code calls it on its own objects. */
export function EventEmitter(this: Emitter, options?: { captureRejections?: unknown }): void {
  init(this, options);
}

export function init(emitter: Emitter, options?: { captureRejections?: unknown }): void {
  const inherited = (getPrototypeOf(emitter) as Partial<Emitter> | null)?._events;
  if (emitter._events === undefined || emitter._events === inherited) {
    emitter._events = noEvents();
    emitter._eventsCount = 0;
    emitter[shapeMode] = false;
  } else emitter[shapeMode] = true;
  emitter._maxListeners = emitter._maxListeners === 0 ? undefined : emitter._maxListeners;
  const captures = options?.captureRejections;
  if (captures) checkBoolean(captures, 'options.captureRejections');
  emitter[capture] = captures ? Boolean(captures) : captureByDefault.on;
}

function noEvents(): Events {
  return createObject(null) as Events;
}

function add(emitter: Emitter, type: Key, listener: unknown, first: boolean): Emitter {
  checkListener(listener, emitter);
  const given = listener as Listener; // just checked
  let events = emitter._events;
  if (events === undefined) {
    events = emitter._events = noEvents();
    emitter._eventsCount = 0;
  } else if (events['newListener'] !== undefined) {
    emitter.emit('newListener', type, given.listener ?? given);
    events = emitter._events ?? events; // a listener may have put another in its place
  }
  const existing = events[type];
  if (existing === undefined) {
    events[type] = given;
    ++emitter._eventsCount;
    return emitter;
  }
  let list: Listeners;
  if (isCallable(existing)) list = events[type] = first ? [given, existing] : [existing, given];
  else {
    list = existing;
    if (first) list.unshift(given);
    else list.push(given);
  }
  const most = maxListenersOf(emitter);
  if (most > 0 && list.length > most && list.warned !== true) {
    list.warned = true;
    warnings.tooManyListeners(emitter, type, list.length, most, 'EventEmitter', inspect(emitter, { depth: -1 }));
  }
  return emitter;
}

export function maxListenersOf(emitter: Pick<Emitter, '_maxListeners'>): number {
  return emitter._maxListeners ?? limits.defaultMaxListeners;
}

interface Once {
  fired: boolean;
  wrapper: Listener | undefined;
  readonly target: Emitter;
  readonly type: Key;
  readonly listener: Callable;
}

function onceWrapper(this: Once, ...args: unknown[]): unknown {
  if (this.fired) return undefined;
  this.target.removeListener(this.type, this.wrapper);
  this.fired = true;
  noteCalledOn(this.listener, this.target);
  return (args.length === 0 ? onceBare : onceWith)(this.listener, this.target, args);
}

function wrapOnce(target: Emitter, type: Key, listener: unknown): Listener {
  const state: Once = { fired: false, wrapper: undefined, target, type, listener: listener as Callable }; // checked
  const wrapper: Listener = onceWrapper.bind(state);
  wrapper.listener = state.listener;
  state.wrapper = wrapper;
  return wrapper;
}

function isThe(each: Listener | undefined, listener: unknown): boolean {
  return each !== undefined && (each === listener || each.listener === listener);
}

function remove(emitter: Emitter, type: Key, listener: unknown): Emitter {
  checkListener(listener, emitter);
  const events = emitter._events;
  const list = events?.[type];
  if (events === undefined || list === undefined) return emitter;
  if (isCallable(list)) {
    if (!isThe(list, listener)) return emitter;
    emitter._eventsCount--;
    if (emitter[shapeMode]) events[type] = undefined;
    else if (emitter._eventsCount === 0) emitter._events = noEvents();
    else {
      Reflect.deleteProperty(events, type);
      if (events['removeListener']) tellRemoved(emitter, type, list.listener ?? listener);
    }
    return emitter;
  }
  let at = list.length - 1;
  while (at >= 0 && !isThe(list[at], listener)) at--;
  if (at < 0) return emitter;
  list.splice(at, 1);
  const [only] = list;
  if (list.length === 1 && only !== undefined) events[type] = only;
  if (events['removeListener'] !== undefined) emitter.emit('removeListener', type, listener);
  return emitter;
}

function removeAll(emitter: Emitter, all: boolean, type: Key): Emitter {
  const events = emitter._events;
  if (events === undefined) return emitter;
  if (events['removeListener'] === undefined) {
    if (all || (events[type] !== undefined && --emitter._eventsCount === 0)) {
      emitter._events = noEvents();
      emitter._eventsCount = 0;
    } else if (events[type] !== undefined) Reflect.deleteProperty(events, type);
    emitter[shapeMode] = false;
    return emitter;
  }
  if (all) {
    for (const key of ownKeys(events)) if (key !== 'removeListener') emitter.removeAllListeners(key);
    emitter.removeAllListeners('removeListener');
    emitter._events = noEvents();
    emitter._eventsCount = 0;
    emitter[shapeMode] = false;
    return emitter;
  }
  const listeners = events[type];
  if (isCallable(listeners)) emitter.removeListener(type, listeners);
  else if (listeners !== undefined)
    for (let i = listeners.length - 1; i >= 0; i--) emitter.removeListener(type, listeners[i]);
  return emitter;
}

function listenersOf(emitter: Emitter, type: Key): Listener[] {
  const list = emitter._events?.[type];
  return list === undefined ? [] : isCallable(list) ? [list] : [...list];
}

function emitAs(emitter: Emitter, type: Key, args: unknown[]): boolean {
  const events = emitter._events;
  if (type !== 'error' && events?.[type] === undefined) return false;
  const depth = emitting.length;
  emitting[depth] = emitter;
  try {
    if (type === 'error' && events?.[errorMonitor] !== undefined) tellMonitor(emitter, args);
    const handler = events?.[type];
    if (handler === undefined) throw unhandledError(args[0], emitter);
    if (isCallable(handler)) tellOne(emitter, handler, type, args);
    else for (const listener of [...handler]) tellEach(emitter, listener, type, args);
  } finally {
    emitting.length = depth;
  }
  return true;
}

function tell(emitter: Emitter, listener: Listener, type: Key, args: unknown[]): void {
  noteCalledOn(listener, emitter);
  const result = call(listener, emitter, ...args);
  if (result !== undefined && result !== null) addCatch(emitter, result, type, args);
}

const tellMonitor = inEmit('477:12', (emitter: Emitter, args: unknown[]) => emitter.emit(errorMonitor, ...args));
const tellOne = inEmit('524:28', tell);
const tellEach = inEmit('536:35', tell);
const wrapped = inEmit('513:17', (error: unknown): Error => {
  const made = codedError(NativeError, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${inspect(error)})`);
  return Object.assign(made, { context: error });
});

function unhandledError(error: unknown, emitter: object): unknown {
  if (error instanceof NativeError) {
    noteEmission(error, emitter);
    return thrownAt(error, 'node:events:502', "      throw er; // Unhandled 'error' event", 6);
  }
  const made = madeAt(wrapped(error), 'node:events:513', '    const err = new ERR_UNHANDLED_ERROR(stringifiedEr);', 16);
  return thrownAt(made, 'node:events:515', "    throw err; // Unhandled 'error' event", 4);
}

// Assigned, hence enumerable, as in Node.
Object.assign(EventEmitter.prototype, {
  _events: undefined,
  _eventsCount: 0,
  _maxListeners: undefined,
  setMaxListeners(this: Emitter, n: number) {
    checkNumber(n, 'setMaxListeners', 0);
    this._maxListeners = n;
    return this;
  },
  getMaxListeners(this: Emitter) {
    return maxListenersOf(this);
  },
  emit(this: Emitter, type: Key, ...args: unknown[]) {
    return emitAs(this, type, args);
  },
  addListener(this: Emitter, type: Key, listener: unknown) {
    return add(this, type, listener, false);
  },
  on: undefined,
  prependListener(this: Emitter, type: Key, listener: unknown) {
    return add(this, type, listener, true);
  },
  once(this: Emitter, type: Key, listener: unknown) {
    checkListener(listener, this);
    this.on(type, wrapOnce(this, type, listener));
    return this;
  },
  prependOnceListener(this: Emitter, type: Key, listener: unknown) {
    checkListener(listener, this);
    this.prependListener(type, wrapOnce(this, type, listener));
    return this;
  },
  removeListener(this: Emitter, type: Key, listener: unknown) {
    return remove(this, type, listener);
  },
  off: undefined,
  removeAllListeners(this: Emitter, ...types: Key[]) {
    return removeAll(this, types.length === 0, types[0] ?? '');
  },
  listeners(this: Emitter, type: Key) {
    return listenersOf(this, type).map((each) => each.listener ?? each);
  },
  rawListeners(this: Emitter, type: Key) {
    return listenersOf(this, type);
  },
  listenerCount(this: Emitter, type: Key, listener?: unknown) {
    const list = listenersOf(this, type);
    return listener === undefined || listener === null
      ? list.length
      : list.filter((each) => isThe(each, listener)).length;
  },
  eventNames(this: Emitter) {
    return this._eventsCount > 0 && this._events !== undefined ? ownKeys(this._events) : [];
  },
});
const prototype = EventEmitter.prototype as Record<string, unknown>;
prototype['on'] = prototype['addListener'];
prototype['off'] = prototype['removeListener'];
standForEmitters(prototype, add);
defineProperty(prototype, capture, { value: false, writable: true });

/** A new emitter, for the runtime itself. */
export const newEmitter = EventEmitter as unknown as new () => Emitter; // it is a constructor, see above

/** Why this file exists: `node:events`: the constructor with its statics. Node 20: lib/events.js. */
import { checkBoolean, checkNumber, invalidType } from '../../node-errors';
import { defineProperty, isCallable, named } from '../../primordials';
import { isNodeAsync } from '../../inspect-hooks';
import { captureByDefault, rejection } from './capture';
import { EventEmitter, errorMonitor, init, limits, type Emitter, type Key } from './emitter';
import { EventTarget, listenersOfTarget, maxOfTarget, setMaxOfTarget } from './event-target';
import { abortListener } from './abort';
import { emitterAsyncResource } from './async-resource';
import { on, once } from './waiting';

function isEmitter(value: unknown): value is Emitter {
  return isCallable((value as Partial<Emitter> | null | undefined)?.listeners);
}

function wrongTarget(value: unknown, name = 'emitter'): Error {
  return invalidType(name, 'an instance of EventEmitter or EventTarget', value);
}

const first = {
  addAbortListener: abortListener,
  once: isNodeAsync(named(once, 'once', 2)),
  on: named(on, 'on', 2),
  getEventListeners(target: unknown, type: Key): unknown[] {
    if (isEmitter(target)) return target.listeners(type);
    if (target instanceof EventTarget) return listenersOfTarget(target, String(type));
    throw wrongTarget(target);
  },
  getMaxListeners(target: unknown): number {
    if (isEmitter(target)) return target._maxListeners ?? limits.defaultMaxListeners;
    if (target instanceof EventTarget) return maxOfTarget(target);
    throw wrongTarget(target);
  },
  EventEmitter,
  usingDomains: false,
  captureRejectionSymbol: rejection,
};

const last = {
  setMaxListeners(n: unknown = limits.defaultMaxListeners, ...targets: unknown[]): void {
    checkNumber(n, 'setMaxListeners', 0);
    const most = n as number; // just checked
    if (targets.length === 0) limits.defaultMaxListeners = most;
    for (const target of targets) {
      if (target instanceof EventTarget) setMaxOfTarget(target, most);
      else if (isEmitter(target)) target.setMaxListeners(most);
      else throw wrongTarget(target, 'eventTargets');
    }
  },
  init(this: Emitter, options?: object): void {
    init(this, options);
  },
  listenerCount(emitter: Emitter, type: Key): number {
    return emitter.listenerCount(type);
  },
};

// In Node's order, which those see who list them.
Object.assign(EventEmitter, first);
defineProperty(EventEmitter, 'captureRejections', {
  get: () => captureByDefault.on,
  set: (value: unknown) => {
    checkBoolean(value, 'EventEmitter.captureRejections');
    captureByDefault.on = value === true;
  },
  enumerable: true,
});
defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  get: emitterAsyncResource,
  enumerable: true,
  configurable: true,
});
Object.assign(EventEmitter, { errorMonitor });
for (const name of ['maxEventTargetListeners', 'maxEventTargetListenersWarned'])
  defineProperty(EventEmitter, `kM${name.slice(1)}`, { value: Symbol(`events.${name}`) });
defineProperty(EventEmitter, 'defaultMaxListeners', {
  get: () => limits.defaultMaxListeners,
  set: (value: unknown) => {
    checkNumber(value, 'defaultMaxListeners', 0);
    limits.defaultMaxListeners = value as number; // just checked
  },
  enumerable: true,
});
Object.assign(EventEmitter, last);

export const eventsModule = EventEmitter;

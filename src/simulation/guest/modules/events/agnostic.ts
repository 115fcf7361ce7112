/** Why this file exists: `once` and `on` listen to emitters and to event targets alike. Node 20: lib/events.js. */
import { invalidType } from '../../node-errors';
import { isCallable, type Callable } from '../../primordials';
import { resistsStop } from './event-target';
import type { Emitter, Key } from './emitter';

interface Target {
  addEventListener(type: Key, listener: Callable, options?: object): void;
  removeEventListener(type: Key, listener: Callable): void;
}

function has<T extends object>(value: unknown, method: keyof T): value is T {
  return isCallable((value as Partial<T> | null | undefined)?.[method]);
}

export function isEmitterLike(value: unknown): value is Emitter {
  return has<Emitter>(value, 'on');
}

export function listen(source: unknown, type: Key, listener: Callable, once: boolean): void {
  if (has<Emitter>(source, 'on')) {
    if (once) source.once(type, listener);
    else source.on(type, listener);
  } else if (has<Target>(source, 'addEventListener'))
    source.addEventListener(type, listener, { once, [resistsStop]: true });
  else throw invalidType('emitter', 'an instance of EventEmitter', source);
}

export function unlisten(source: unknown, type: Key, listener: Callable): void {
  if (has<Emitter>(source, 'removeListener')) source.removeListener(type, listener);
  else if (has<Target>(source, 'removeEventListener')) source.removeEventListener(type, listener);
  else throw invalidType('emitter', 'an instance of EventEmitter', source);
}

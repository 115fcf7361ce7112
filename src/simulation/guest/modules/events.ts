/** Why this file exists: `node:events`' EventEmitter. Node 20–24: lib/events.js. */
import { apply, isCallable, type Callable } from '../primordials';
import { invalidCallback } from '../ticks';
import { inspect } from '../inspect';

type Key = string | symbol;

interface Listener extends Callable {
  listener?: Callable;
}

export class EventEmitter {
  static defaultMaxListeners = 10;
  #listeners = new Map<Key, Listener[]>();

  #add(event: Key, listener: unknown, first: boolean): this {
    if (!isCallable(listener)) throw invalidCallback(listener, 'listener');
    if (this.#listeners.has('newListener'))
      this.emit('newListener', event, (listener as Listener).listener ?? listener);
    const list = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, first ? [listener, ...list] : [...list, listener]);
    return this;
  }

  #onceWrapper(event: Key, listener: unknown): Listener {
    if (!isCallable(listener)) throw invalidCallback(listener, 'listener');
    const wrapper: Listener = (...args: unknown[]): void => {
      this.removeListener(event, wrapper);
      apply(listener, this, args);
    };
    wrapper.listener = listener;
    return wrapper;
  }

  on(event: Key, listener: unknown): this {
    return this.#add(event, listener, false);
  }

  addListener(event: Key, listener: unknown): this {
    return this.#add(event, listener, false);
  }

  prependListener(event: Key, listener: unknown): this {
    return this.#add(event, listener, true);
  }

  once(event: Key, listener: unknown): this {
    return this.#add(event, this.#onceWrapper(event, listener), false);
  }

  prependOnceListener(event: Key, listener: unknown): this {
    return this.#add(event, this.#onceWrapper(event, listener), true);
  }

  removeListener(event: Key, listener: unknown): this {
    const list = this.#listeners.get(event);
    if (list === undefined) return this;
    for (let i = list.length - 1; i >= 0; i--) {
      const each = list[i];
      if (each !== listener && each?.listener !== listener) continue;
      const rest = [...list.slice(0, i), ...list.slice(i + 1)];
      if (rest.length === 0) this.#listeners.delete(event);
      else this.#listeners.set(event, rest);
      if (this.#listeners.has('removeListener')) this.emit('removeListener', event, each?.listener ?? each);
      break;
    }
    return this;
  }

  off(event: Key, listener: unknown): this {
    return this.removeListener(event, listener);
  }

  removeAllListeners(event?: Key): this {
    if (event === undefined) this.#listeners.clear();
    else this.#listeners.delete(event);
    return this;
  }

  emit(event: Key, ...args: unknown[]): boolean {
    const list = this.#listeners.get(event);
    if (list === undefined) {
      if (event === 'error') throw unhandledError(args[0]);
      return false;
    }
    for (const listener of list) apply(listener, this, args);
    return true;
  }

  listenerCount(event: Key): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  listeners(event: Key): Callable[] {
    return (this.#listeners.get(event) ?? []).map((each) => each.listener ?? each);
  }

  rawListeners(event: Key): Callable[] {
    return [...(this.#listeners.get(event) ?? [])];
  }

  eventNames(): Key[] {
    return [...this.#listeners.keys()];
  }

  setMaxListeners(_n: number): this {
    return this;
  }

  getMaxListeners(): number {
    return EventEmitter.defaultMaxListeners;
  }

  static once(emitter: EventEmitter, event: Key): Promise<unknown[]> {
    return new Promise((resolve, reject) => {
      const onError = (error: unknown): void => {
        emitter.removeListener(event, onEvent);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything, as in Node
        reject(error);
      };
      const onEvent = (...args: unknown[]): void => {
        emitter.removeListener('error', onError);
        resolve(args);
      };
      emitter.once(event, onEvent);
      if (event !== 'error') emitter.once('error', onError);
    });
  }
}

function unhandledError(error: unknown): unknown {
  if (error instanceof Error) return error;
  const wrapped = new Error(`Unhandled error. (${typeof error === 'string' ? `'${error}'` : inspect(error)})`);
  return Object.assign(wrapped, { code: 'ERR_UNHANDLED_ERROR', context: error });
}

// Named imports see what is enumerable; in Node `once` is an own property of the module.
Object.defineProperty(EventEmitter, 'once', { enumerable: true });
export const eventsModule = Object.assign(EventEmitter, { EventEmitter });

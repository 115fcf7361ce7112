/**
 * Why this file exists: an event target that also speaks as emitters do: `on`, `once`, `off`, `emit`. Node 20:
 * lib/internal/event_target.js (NodeEventTarget).
 */
import { SafeWeakMap, SafeMap, hide, isCallable, call, type Callable, isObject } from '../../primordials';
import { EventTarget, listenersOfTarget, setMaxOfTarget, maxOfTarget } from '../events/event-target';

/** Told when the number of listeners of a type changes: from and to. */
export type ListenersChange = (type: string, before: number, after: number) => void;

const watchers = new SafeWeakMap<object, ListenersChange>();
/** What an emitter's listener was wrapped into, so that it can be taken off again. */
const wrapped = new SafeWeakMap<object, SafeMap<object, object>>();

export function watchListeners(target: EventTarget, change: ListenersChange): void {
  watchers.set(target, change);
}

function count(target: EventTarget, type: string): number {
  return listenersOfTarget(target, type).length;
}

function changed(target: EventTarget, type: string, before: number): void {
  const after = count(target, type);
  if (after !== before) watchers.get(target)?.(type, before, after);
}

/** What an emitter's listener gets: the event itself, for messages what they hold. */
export interface Unwrapping {
  unwrap(type: string, event: object): unknown;
}
export const unwrapping: Unwrapping = { unwrap: (_, event) => event };

function wrapper(target: EventTarget, listener: Callable): object {
  const own = wrapped.get(target) ?? new SafeMap<object, object>();
  wrapped.set(target, own);
  const known = own.get(listener);
  if (known !== undefined) return known;
  const made = function (this: unknown, event: object): unknown {
    return call(listener, target, unwrapping.unwrap((event as Event).type, event));
  };
  own.set(listener, made);
  return made;
}

export class NodeEventTarget extends EventTarget {
  override addEventListener(...given: [type?: unknown, listener?: unknown, options?: unknown]): void {
    const type = String(given[0]);
    const before = count(this, type);
    super.addEventListener(...given);
    changed(this, type, before);
  }

  override removeEventListener(...given: [type?: unknown, listener?: unknown, options?: unknown]): void {
    const type = String(given[0]);
    const before = count(this, type);
    super.removeEventListener(...given);
    changed(this, type, before);
  }

  override dispatchEvent(...given: [event?: unknown]): boolean {
    const [event] = given;
    const type = isObject(event) ? (event as Event).type : '';
    const before = count(this, type);
    try {
      return super.dispatchEvent(...given);
    } finally {
      changed(this, type, before); // those that listen once
    }
  }

  on(type: string, listener: unknown): this {
    this.addEventListener(type, isCallable(listener) ? wrapper(this, listener) : listener);
    return this;
  }

  addListener(type: string, listener: unknown): this {
    return this.on(type, listener);
  }

  once(type: string, listener: unknown): this {
    this.addEventListener(type, isCallable(listener) ? wrapper(this, listener) : listener, { once: true });
    return this;
  }

  off(type: string, listener: unknown, options?: unknown): this {
    const made = isCallable(listener) ? wrapped.get(this)?.get(listener) : undefined;
    this.removeEventListener(type, made ?? listener, options);
    if (made !== undefined) this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type: string, listener: unknown, options?: unknown): this {
    return this.off(type, listener, options);
  }

  removeAllListeners(type?: string): this {
    for (const each of type === undefined ? ['message', 'messageerror', 'close'] : [type])
      for (const listener of listenersOfTarget(this, each)) this.removeEventListener(each, listener);
    return this;
  }

  listenerCount(type: string): number {
    return count(this, type);
  }

  eventNames(): string[] {
    return ['message', 'messageerror', 'close'].filter((each) => count(this, each) > 0);
  }

  setMaxListeners(n: number): void {
    setMaxOfTarget(this, n);
  }

  getMaxListeners(): number {
    return maxOfTarget(this);
  }

  emit(type: string, value: unknown): boolean {
    const hadListeners = count(this, type) > 0;
    for (const listener of listenersOfTarget(this, type)) if (isCallable(listener)) call(listener, this, value);
    return hadListeners;
  }
}
hide(NodeEventTarget.prototype, 'constructor', NodeEventTarget);

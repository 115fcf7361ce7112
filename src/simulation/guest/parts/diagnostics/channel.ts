/** Why this file exists: channels of `diagnostics_channel`. Node 20: lib/diagnostics_channel.js. */
import { isNodeClass } from '../../function-text';
import { checkFunction, invalidType } from '../../node-errors';
import {
  SafeMap,
  apply,
  defineProperty,
  getPrototypeOf,
  isObject,
  named,
  setPrototypeOf,
  type Callable,
} from '../../primordials';
import { nextTick, processHooks } from '../../ticks';

type Name = string | symbol;

interface Store {
  run(context: unknown, next: () => unknown): unknown;
}

/** An error of a listener is nobody's but the process's: the others are told all the same. */
function later(error: unknown): void {
  nextTick(() => {
    processHooks.uncaught(error, 'exception');
  }, []);
}

function withStore(store: Store, transform: unknown, data: unknown, next: () => unknown): () => unknown {
  return () => {
    let context = data;
    if (transform) {
      try {
        context = apply(transform as Callable, undefined, [data] as never[]);
      } catch (error) {
        later(error);
        return next();
      }
    }
    return store.run(context, next);
  };
}

/** One that nobody listens to; it becomes active and inactive by its prototype, as in Node. */
export class Channel {
  _subscribers: Callable[] | undefined = undefined;
  _stores: Map<Store, unknown> | undefined = undefined;
  name: Name;

  constructor(name: Name) {
    this.name = name;
    channels.set(name, this);
  }

  subscribe(subscription: unknown): void {
    activate(this).subscribe(subscription);
  }

  unsubscribe(_subscription: unknown): boolean {
    return false;
  }

  bindStore(store: Store, transform?: unknown): void {
    activate(this).bindStore(store, transform);
  }

  unbindStore(_store: Store): boolean {
    return false;
  }

  get hasSubscribers(): boolean {
    return (this._subscribers?.length ?? 0) > 0; // never here
  }

  publish(_data: unknown): void {
    // Nobody is there.
  }

  runStores(_data: unknown, f: Callable, self?: unknown, ...args: unknown[]): unknown {
    return apply(f, self, args as never[]);
  }
}

class ActiveChannel extends Channel {
  override subscribe(subscription: unknown): void {
    checkFunction(subscription, 'subscription');
    this._subscribers = [...(this._subscribers ?? []), subscription as Callable]; // just checked
  }

  override unsubscribe(subscription: unknown): boolean {
    const all = this._subscribers ?? [];
    const at = all.indexOf(subscription as Callable); // whatever it is
    if (at < 0) return false;
    this._subscribers = all.filter((_, i) => i !== at);
    deactivate(this);
    return true;
  }

  override bindStore(store: Store, transform?: unknown): void {
    this._stores?.set(store, transform);
  }

  override unbindStore(store: Store): boolean {
    if (this._stores?.delete(store) !== true) return false;
    deactivate(this);
    return true;
  }

  override get hasSubscribers(): boolean {
    return true;
  }

  override publish(data: unknown): void {
    for (const each of this._subscribers ?? []) {
      try {
        apply(each, undefined, [data, this.name] as never[]);
      } catch (error) {
        later(error);
      }
    }
  }

  override runStores(data: unknown, f: Callable, self?: unknown, ...args: unknown[]): unknown {
    let run = (): unknown => {
      this.publish(data);
      return apply(f, self, args as never[]);
    };
    for (const [store, transform] of this._stores ?? []) run = withStore(store, transform, data, run);
    return run();
  }
}

const channels = new SafeMap<Name, Channel>();

function activate(channel: Channel): Channel {
  setPrototypeOf(channel, ActiveChannel.prototype);
  channel._subscribers = [];
  channel._stores = new SafeMap();
  return channel;
}

function deactivate(channel: Channel): void {
  if ((channel._subscribers?.length ?? 0) > 0 || (channel._stores?.size ?? 0) > 0) return;
  setPrototypeOf(channel, Channel.prototype);
  channel._subscribers = undefined;
  channel._stores = undefined;
}

export function channelOf(name: unknown): Channel {
  const known = channels.get(name as Name); // whatever it is
  if (known !== undefined) return known;
  if (typeof name !== 'string' && typeof name !== 'symbol')
    throw invalidType('channel', 'one of type string or symbol', name);
  return new Channel(name);
}

export function hasSubscribers(name: unknown): boolean {
  return channels.get(name as Name)?.hasSubscribers ?? false; // whatever it is
}

defineProperty(Channel, Symbol.hasInstance, {
  value: (value: unknown) => {
    const prototype = isObject(value) ? getPrototypeOf(value) : undefined;
    return prototype === Channel.prototype || prototype === ActiveChannel.prototype;
  },
  configurable: true,
});
isNodeClass(named(Channel, 'Channel', 1));
named(ActiveChannel, 'ActiveChannel');

/** Why this file exists: BroadcastChannel. Node 20: lib/internal/worker/io.js. */
import { ask } from '../../agents';
import { nativeResource } from '../../async-ids';
import { inspect } from '../../inspect';
import { SafeWeakMap, defineProperty, isObject } from '../../primordials';
import { domException } from '../events/dom-exception';
import { asInterface, invalidThis, missing } from '../events/event';
import { EventTarget, defineHandler } from '../events/event-target';
import { messageInside } from './message-event';
import { closeEnd, newPortNumber, openEnd, startEnd, type End } from './end';
import { broadcastEnd } from './receive';
import { post } from './transfer';

interface Slots {
  readonly name: string;
  end: End | undefined;
}

const slots = new SafeWeakMap<object, Slots>();

function slotsOf(value: unknown): Slots {
  const own = isObject(value) ? slots.get(value) : undefined;
  if (own === undefined) throw invalidThis('BroadcastChannel');
  return own;
}

export class BroadcastChannel extends EventTarget {
  constructor(...given: [name?: unknown]) {
    if (given.length === 0) throw missing('name');
    super();
    const name = String(given[0]);
    const port = newPortNumber();
    const end = openEnd(port, {
      deliver: (value) => {
        this.dispatchEvent(messageInside.holding('message', value, []));
      },
      fail: (error) => {
        this.dispatchEvent(messageInside.holding('messageerror', error, []));
      },
      told: () => undefined,
    }, nativeResource('MessagePort'));
    slots.set(this, { name, end });
    ask({ op: 'join', port, channel: name });
    end.isRefed = true;
    startEnd(end);
  }

  get name(): string {
    return slotsOf(this).name;
  }

  postMessage(...given: [message?: unknown]): void {
    const { end } = slotsOf(this);
    if (given.length === 0) throw missing('message');
    if (end === undefined) throw domException('BroadcastChannel is closed.', 'InvalidStateError');
    post(end, undefined, given[0], undefined);
  }

  close(): void {
    const own = slotsOf(this);
    if (own.end !== undefined) closeEnd(own.end);
    own.end = undefined;
  }

  ref(): this {
    const { end } = slotsOf(this);
    if (end !== undefined) end.isRefed = true;
    return this;
  }

  unref(): this {
    const { end } = slotsOf(this);
    if (end !== undefined) end.isRefed = false;
    return this;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth: number, options: { depth?: number | null }): unknown {
    const own = slotsOf(this);
    if (depth < 0) return 'BroadcastChannel';
    const next = typeof options.depth === 'number' ? options.depth - 1 : null;
    return `BroadcastChannel ${inspect({ name: own.name, active: own.end !== undefined }, { ...options, depth: next })}`;
  }
}
asInterface(BroadcastChannel, 'BroadcastChannel');
defineProperty(BroadcastChannel, 'length', { value: 1, configurable: true });
defineHandler(BroadcastChannel.prototype, 'message');
defineHandler(BroadcastChannel.prototype, 'messageerror');
broadcastEnd.of = (value) => (isObject(value) ? slots.get(value)?.end : undefined);

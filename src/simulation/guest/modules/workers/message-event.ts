/** Why this file exists: MessageEvent. Node 20: lib/internal/worker/io.js. */
import { defineProperty, toText } from '../../primordials';
import { Event, asInterface, invalidThis } from '../events/event';
import { unwrapping } from './node-event-target';
import { withdrawn } from '../../withdrawn';

interface Init {
  readonly data?: unknown;
  readonly origin?: unknown;
  readonly lastEventId?: unknown;
  readonly source?: unknown;
  readonly ports?: Iterable<object>;
}

export class MessageEvent extends Event {
  readonly #data: unknown;
  readonly #origin: string;
  readonly #lastEventId: string;
  readonly #source: unknown;
  readonly #ports: readonly object[];

  constructor(type: unknown, init: Init = {}) {
    super(type);
    this.#data = init.data ?? null;
    if ('data' in init && init.data === undefined) this.#data = null;
    this.#origin = toText(init.origin ?? '');
    this.#lastEventId = toText(init.lastEventId ?? '');
    this.#source = init.source ?? null;
    this.#ports = [...(init.ports ?? [])];
  }

  /** As a port makes one: data may be undefined. */
  static holding(type: string, data: unknown, ports: readonly object[]): MessageEvent {
    const event = new MessageEvent(type, { data, ports });
    held.set(event, data);
    return event;
  }

  static partsOf(event: unknown): Record<string, unknown> {
    if (!(event instanceof MessageEvent)) throw invalidThis('MessageEvent');
    return {
      data: held.has(event) ? held.get(event) : event.#data,
      origin: event.#origin,
      lastEventId: event.#lastEventId,
      source: event.#source,
      ports: event.#ports,
    };
  }
}
export const messageInside = withdrawn(MessageEvent, 'holding', 'partsOf');
const held = new WeakMap<object, unknown>();

asInterface(MessageEvent, 'MessageEvent');
for (const key of ['data', 'origin', 'lastEventId', 'source', 'ports'])
  defineProperty(MessageEvent.prototype, key, {
    get(this: unknown) {
      return messageInside.partsOf(this)[key];
    },
    enumerable: true,
    configurable: true,
  });

/** Listeners that were added with `on` get what the message holds. */
unwrapping.unwrap = (_, event) => (event instanceof MessageEvent ? messageInside.partsOf(event)['data'] : event);

/** Why this file exists: `tracingChannel`: five channels round one operation. Node 20: lib/diagnostics_channel.js. */
import { checkFunction, invalidType } from '../../node-errors';
import { rejectedWith } from '../../own-promises';
import { apply, defineProperty, get, isCallable, isObject, named, type Callable } from '../../primordials';
import { Channel, channelOf } from './channel';

const events = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;
type Event = (typeof events)[number];
type Context = Record<string, unknown>;

function channelFor(given: unknown, event: Event): Channel {
  if (typeof given === 'string') return channelOf(`tracing:${given}:${event}`);
  if (!isObject(given) || isCallable(given))
    throw invalidType('nameOrChannels', 'of type string or an instance of TracingChannel or Object', given);
  const channel: unknown = get(given, event);
  if (channel instanceof Channel) return channel;
  throw invalidType(`nameOrChannels.${event}`, 'an instance of Channel', channel);
}

export class TracingChannel {
  declare readonly start: Channel;
  declare readonly end: Channel;
  declare readonly asyncStart: Channel;
  declare readonly asyncEnd: Channel;
  declare readonly error: Channel;

  constructor(given: unknown) {
    for (const event of events) defineProperty(this, event, { value: channelFor(given, event) });
  }

  get hasSubscribers(): boolean {
    return events.some((event) => this[event].hasSubscribers);
  }

  subscribe(handlers: Partial<Record<Event, unknown>>): void {
    for (const event of events) if (handlers[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers: Partial<Record<Event, unknown>>): boolean {
    return events.map((event) => !handlers[event] || this[event].unsubscribe(handlers[event])).every(Boolean);
  }

  /** The call itself, between `start` and `end`. */
  #run(context: Context, run: () => unknown): unknown {
    return this.start.runStores(context, () => {
      try {
        return run();
      } catch (error) {
        context['error'] = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceSync(f: Callable, context: Context = {}, self?: unknown, ...args: unknown[]): unknown {
    if (!this.hasSubscribers) return apply(f, self, args as never[]);
    return this.#run(context, () => {
      const result: unknown = apply(f, self, args as never[]);
      context['result'] = result;
      return result;
    });
  }

  #settled(context: Context): void {
    this.asyncStart.publish(context);
    this.asyncEnd.publish(context);
  }

  tracePromise(f: Callable, context: Context = {}, self?: unknown, ...args: unknown[]): unknown {
    if (!this.hasSubscribers) return apply(f, self, args as never[]);
    return this.#run(context, () => {
      const given: unknown = apply(f, self, args as never[]);
      const promise = given instanceof Promise ? given : Promise.resolve(given);
      return promise.then(
        (result: unknown) => {
          context['result'] = result;
          this.#settled(context);
          return result;
        },
        (error: unknown) => {
          context['error'] = error;
          this.error.publish(context);
          this.#settled(context);
          return rejectedWith(error);
        },
      );
    });
  }

  traceCallback(f: Callable, position = -1, context: Context = {}, self?: unknown, ...args: unknown[]): unknown {
    if (!this.hasSubscribers) return apply(f, self, args as never[]);
    const { asyncStart, asyncEnd, error } = this;
    const callback = args.at(position);
    checkFunction(callback, 'callback');
    function wrapped(this: unknown, ...given: unknown[]): void {
      if (given[0]) {
        context['error'] = given[0];
        error.publish(context);
      } else context['result'] = given[1];
      asyncStart.runStores(context, () => {
        try {
          return apply(callback as Callable, this, given as never[]); // just checked
        } finally {
          asyncEnd.publish(context);
        }
      });
    }
    args.splice(position, 1, wrapped);
    return this.#run(context, () => apply(f, self, args as never[]));
  }
}
named(TracingChannel, 'TracingChannel', 1);

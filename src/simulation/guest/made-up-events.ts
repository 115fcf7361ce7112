/**
 * Why this file exists: emitters and streams of a package that is stood in for come to life: what the program listens
 * to, and their types declare, is told once, after a modelled time and in a sensible order, or as the scenario says.
 */
import type { EventAnswer, Failure } from '../../trace/scenario';
import { outsideAnswers } from './loop/answers';
import { EventEmitter } from './modules/events/emitter';
import {
  NativeError, SafeWeakMap, apply, defineProperty, get, hide, isCallable, isObject, named, type Callable,
} from './primordials';
import { here } from './recorder';
import { eventAnswers, eventTold, rememberAnswer, valuesIn } from './scenario';

/** What listeners are given where the scenario does not say. */
type MakeValues = () => readonly unknown[];
/** By the name of the event, in the order of the type. */
type Declared = Readonly<Record<string, MakeValues>>;

/** Since the event before it. What ends comes when nothing else is to come. Modelled. */
export const [usualMs, endMs] = [20, 100];

const begins = /^(?:(?:secure)?connect(?:ed|ion)?|ready|open(?:ed)?|listening|online|login|authenticated|spawn)$/i;
const ends = /^(?:end(?:ed)?|finish(?:ed)?|done|complete[d]?|close[d]?|disconnect(?:ed)?|exit|quit)$/i;
/** Nothing goes wrong of itself. */
const troubles = /err(?:or)?$|fail|time-?out|abort|reject|reconnect|retry|unavailable|block|warn|cancel|lost/i;

function rankOf(event: string): number {
  if (begins.test(event)) return /ready|authenticated/i.test(event) ? 1 : 0;
  if (event === 'error') return 3;
  if (ends.test(event)) return /^(?:close|disconnect|exit|quit)/i.test(event) ? 5 : 4;
  return 2;
}

interface Awaited {
  readonly event: string;
  readonly site: number;
  /** What the scenario says of it, each time it is told. */
  readonly answers: readonly EventAnswer[] | undefined;
  told: number;
}

/** How an event comes to who listens. */
type Deliver = (event: string, values: readonly unknown[]) => void;

/** One emitter: what it has to tell, the next first. */
class Teller {
  readonly #deliver: Deliver;
  #key: string;
  #declared: Declared;
  readonly #known: string[] = [];
  #awaited: Awaited[] = [];
  #next: Awaited | undefined;
  #cancel: () => void = () => undefined;

  constructor(deliver: Deliver, key: string, declared: Declared) {
    this.#deliver = deliver;
    this.#key = key;
    this.#declared = declared;
  }

  /** A class above the one that made it says more. */
  become(key: string, declared: Declared): void {
    this.#key = key;
    this.#declared = { ...this.#declared, ...declared };
    // An error is felt whether or not somebody listens.
    if (eventAnswers(`${key}.error`) !== undefined) this.listened('error');
  }

  listened(event: unknown): void {
    if (typeof event !== 'string' || this.#known.includes(event)) return;
    const answers = eventAnswers(`${this.#key}.${event}`);
    const isDeclared = Object.hasOwn(this.#declared, event) && !troubles.test(event);
    if (answers === undefined ? !isDeclared : answers.length === 0) return;
    this.#known.push(event);
    const place = this.#awaited.findIndex((each) => rankOf(each.event) > rankOf(event));
    const awaited = { event, site: here(), answers, told: 0 };
    this.#awaited = this.#awaited.toSpliced(place === -1 ? this.#awaited.length : place, 0, awaited);
    this.#wait();
  }

  /** For the first of them; another that comes before it takes its place. */
  #wait(): void {
    const [next] = this.#awaited;
    if (next === this.#next) return;
    this.#cancel();
    this.#next = next;
    if (next === undefined) return;
    const latencyMs = next.answers?.[next.told]?.latencyMs ?? (rankOf(next.event) < 4 ? usualMs : endMs);
    this.#cancel = outsideAnswers.after(latencyMs, `${this.#key}.${next.event}`, () => {
      this.#tell(next, latencyMs);
    });
  }

  #tell(next: Awaited, latencyMs: number): void {
    const answer = next.answers?.[next.told];
    next.told++;
    if (next.told >= (next.answers?.length ?? 1)) this.#awaited = this.#awaited.filter((each) => each !== next);
    this.#next = undefined;
    const fails = answer?.fails;
    // What failed only ends.
    if (fails !== undefined) this.#awaited = this.#awaited.filter(({ event }) => rankOf(event) > 3);
    this.#wait();
    const key = `${this.#key}.${next.event}`;
    eventTold(key, answer, next.site);
    if (fails !== undefined || next.event === 'error') this.#deliver('error', [errorOf(fails ?? 'failed')]);
    else this.#deliver(next.event, answer?.with === undefined ? this.#made(next.event) : valuesIn(answer));
    if (answer === undefined) rememberAnswer('event', key, { latencyMs });
  }

  #made(event: string): readonly unknown[] {
    return Object.hasOwn(this.#declared, event) ? (this.#declared[event]?.() ?? []) : [];
  }

}

function emit(emitter: object, event: string, values: readonly unknown[]): void {
  const own = get(emitter, 'emit');
  if (isCallable(own)) apply(own, emitter, [event, ...values]);
}

const tellers = new SafeWeakMap<object, Teller>();
const listening = ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'];

/** From now on the emitter tells what is listened to. */
export function emits(emitter: object, key: string, declared: Declared): void {
  const deliver: Deliver = (event, values) => { emit(emitter, event, values); };
  tells(emitter, deliver, listening, key, declared);
}

/** `events` are what it may be told of; who listens is noticed by the methods that are named. */
function tells(emitter: object, deliver: Deliver, methods: readonly string[], key: string, declared: Declared): Teller {
  const known = tellers.get(emitter);
  const teller = known ?? new Teller(deliver, key, declared);
  teller.become(key, declared);
  if (known !== undefined) return teller;
  tellers.set(emitter, teller);
  for (const name of methods) {
    const method = get(emitter, name);
    if (!isCallable(method)) continue;
    const listens = function (this: object, ...args: readonly unknown[]): unknown {
      const answer: unknown = apply(method, this, args);
      teller.listened(args[0]);
      return answer;
    };
    hide(emitter, name, named(listens, name, 2));
  }
  return teller;
}

/** The same for what is an event target: who listens is given an event, with what it holds. */
export function targets(target: object, key: string, declared: Declared): void {
  const deliver: Deliver = (type, values) => { dispatch(target, type, values[0]); };
  tells(target, deliver, ['addEventListener'], key, declared);
  for (const type of Object.keys(declared)) addHandler(target, type);
}

function dispatch(target: object, type: string, held: unknown): void {
  const Event = get(globalThis, 'Event') as new (type: string) => object; // of whichever host
  const event = new Event(type);
  const isFault = held instanceof NativeError;
  const members = isFault ? { error: held, message: held.message } : isObject(held) ? held : { data: held };
  for (const name of Object.keys(members)) {
    const shown = { value: get(members, name), enumerable: true, configurable: true };
    if (!(name in event)) defineProperty(event, name, shown);
  }
  apply(get(target, 'dispatchEvent') as Callable, target, [event] as never[]); // a target has it
}

/** `target.onmessage = listener` */
function addHandler(target: object, type: string): void {
  const handler: { current: unknown } = { current: null };
  const heard = function (this: unknown, event: unknown): unknown {
    return isCallable(handler.current) ? apply(handler.current, this, [event] as never[]) : undefined;
  };
  defineProperty(target, `on${type}`, {
    get: () => handler.current,
    set: (value: unknown) => {
      const isNew = !isCallable(handler.current) && isCallable(value);
      handler.current = value;
      if (isNew) apply(get(target, 'addEventListener') as Callable, target, [type, heard] as never[]); // as above
    },
    enumerable: true,
    configurable: true,
  });
}

/** A listener that is handed over is told once, or as the scenario says, after what the call itself answers. */
export function told(key: string, args: ArrayLike<unknown>, make: MakeValues, makeReturned: () => unknown): unknown {
  const listener = Array.from(args).find(isCallable);
  const answers = eventAnswers(key);
  const site = here();
  const tellNext = (place: number): void => {
    if (place >= (answers?.length ?? 1)) return;
    const answer = answers?.[place];
    const latencyMs = answer?.latencyMs ?? (place === 0 ? 2 * usualMs : usualMs);
    outsideAnswers.after(latencyMs, key, () => {
      tellNext(place + 1);
      eventTold(key, answer, site);
      if (answer === undefined) rememberAnswer('event', key, { latencyMs });
      if (listener !== undefined) apply(listener, undefined, answer?.with === undefined ? make() : valuesIn(answer));
    });
  };
  if (listener !== undefined) tellNext(0);
  return makeReturned();
}

/** The same for what is no emitter, but can be called or has members of its own. */
export function emitting(target: object, key: string, declared: Declared): object {
  const { prototype } = EventEmitter as unknown as { readonly prototype: object }; // a plain function
  for (const name of Object.keys(prototype)) hide(target, name, get(prototype, name));
  apply(EventEmitter as Callable, target, []);
  for (const name of ['_events', '_eventsCount', '_maxListeners']) hide(target, name, get(target, name));
  emits(target, key, declared);
  return target;
}

export function errorOf(fails: Failure): Error {
  const { message, ...more } = typeof fails === 'string' ? { message: fails } : fails;
  const error = new NativeError(message);
  for (const [name, value] of Object.entries(more))
    defineProperty(error, name, { value, writable: true, configurable: true, enumerable: name !== 'name' });
  return error;
}

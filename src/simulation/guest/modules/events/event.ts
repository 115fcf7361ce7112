/** Why this file exists: Event and CustomEvent. Node 20: lib/internal/event_target.js. */
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { checkObject, codedError } from '../../node-errors';
import { NativeTypeError, defineProperty, ownKeys } from '../../primordials';
import { sinceStart } from '../../time';
import { withdrawn } from '../../withdrawn';

export interface Dispatch {
  target: object | null;
  running: boolean;
  stopped: boolean;
}

export function missing(...names: string[]): Error {
  const listed = names.map((name) => `"${name}"`).join(' and ');
  const plural = names.length > 1 ? 's' : '';
  return codedError(NativeTypeError, 'ERR_MISSING_ARGS', `The ${listed} argument${plural} must be specified`);
}

export function invalidThis(name: string): Error {
  return codedError(NativeTypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
}

/** What util.inspect shows of objects whose state is hidden. */
export function shown(self: object, state: object, depth: number, options: { depth?: number | null }): unknown {
  const name = self.constructor.name;
  if (depth < 0) return name;
  return `${name} ${inspect(state, { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null })}`;
}

export const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const trusted = new WeakSet();

interface EventOptions {
  readonly bubbles?: unknown;
  readonly cancelable?: unknown;
  readonly composed?: unknown;
}

export class Event {
  readonly #dispatch: Dispatch = { target: null, running: false, stopped: false };
  readonly #timeStamp = sinceStart();
  readonly #composed: boolean;
  #type: string;
  #bubbles: boolean;
  #cancelable: boolean;
  #prevented = false;
  #propagationStopped = false;

  constructor(...given: [type?: unknown, options?: EventOptions | null]) {
    const [type, options] = given;
    if (given.length === 0) throw missing('type');
    if (options !== undefined && options !== null) checkObject(options, 'options');
    this.#type = String(type);
    this.#bubbles = Boolean(options?.bubbles);
    this.#cancelable = Boolean(options?.cancelable);
    this.#composed = Boolean(options?.composed);
  }

  static dispatchOf(event: Event): Dispatch {
    return event.#dispatch;
  }

  static trust(event: Event): Event {
    trusted.add(event);
    return event;
  }

  initEvent(type: unknown, bubbles: unknown = false, cancelable: unknown = false): void {
    if (this.#dispatch.running) return;
    this.#type = String(type);
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }

  stopImmediatePropagation(): void {
    this.#propagationStopped = true;
    this.#dispatch.stopped = true;
  }

  preventDefault(): void {
    this.#prevented = true;
  }

  get isTrusted(): boolean {
    return trusted.has(this);
  }

  get target(): object | null {
    return this.#dispatch.target;
  }

  get currentTarget(): object | null {
    return this.#dispatch.running ? this.#dispatch.target : null;
  }

  get srcElement(): object | null {
    return this.#dispatch.target;
  }

  get type(): string {
    return this.#type;
  }

  get cancelable(): boolean {
    return this.#cancelable;
  }

  get defaultPrevented(): boolean {
    return this.#cancelable && this.#prevented;
  }

  get timeStamp(): number {
    return this.#timeStamp;
  }

  composedPath(): (object | null)[] {
    return this.#dispatch.running ? [this.#dispatch.target] : [];
  }

  get returnValue(): boolean {
    return !this.#cancelable || !this.#prevented;
  }

  get bubbles(): boolean {
    return this.#bubbles;
  }

  get composed(): boolean {
    return this.#composed;
  }

  get eventPhase(): number {
    return this.#dispatch.running ? 2 : 0;
  }

  get cancelBubble(): boolean {
    return this.#propagationStopped;
  }

  set cancelBubble(value: unknown) {
    if (value) this.#propagationStopped = true;
  }

  stopPropagation(): void {
    this.#propagationStopped = true;
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const state = {
      type: this.#type,
      defaultPrevented: this.#prevented,
      cancelable: this.#cancelable,
      timeStamp: this.#timeStamp,
    };
    return shown(this, state, depth, options);
  }
}
export const eventInside = withdrawn(Event, 'dispatchOf', 'trust');

export class CustomEvent extends Event {
  readonly #detail: unknown;

  constructor(...given: [type?: unknown, options?: (EventOptions & { detail?: unknown }) | null]) {
    super(...given);
    this.#detail = given[1]?.detail ?? null;
  }

  get detail(): unknown {
    return this.#detail;
  }
}

/** The members of a web interface can be enumerated, unlike those of a class; its tag is its name. */
export function asInterface(klass: { readonly prototype: object }, name: string): void {
  for (const key of ownKeys(klass.prototype)) {
    if (key !== 'constructor' && typeof key === 'string') defineProperty(klass.prototype, key, { enumerable: true });
  }
  defineProperty(klass, 'name', { value: name, configurable: true });
  isNodeClass(klass);
  defineProperty(klass.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

asInterface(Event, 'Event');
asInterface(CustomEvent, 'CustomEvent');
for (const [constant, value] of [
  ['NONE', 0],
  ['CAPTURING_PHASE', 1],
  ['AT_TARGET', 2],
  ['BUBBLING_PHASE', 3],
] as const)
  defineProperty(Event, constant, { value, enumerable: true });
for (const klass of [Event, CustomEvent]) defineProperty(klass, 'length', { value: 1, configurable: true });

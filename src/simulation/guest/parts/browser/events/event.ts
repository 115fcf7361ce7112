/** Why this file exists: Event, as the DOM Standard has it (§2.2), with the state that a dispatch keeps. */
import { clock } from '../../../clock';
import { NativeTypeError, bareList, defineProperty, isObject, toText } from '../../../primordials';
import { bootMs } from '../../../time';
import { asInterface } from '../interfaces';
import { checkConstructed } from '../web-errors';

export const phases = { NONE: 0, CAPTURING_PHASE: 1, AT_TARGET: 2, BUBBLING_PHASE: 3 } as const;

export interface EventState {
  type: string;
  bubbles: boolean;
  cancelable: boolean;
  composed: boolean;
  isTrusted: boolean;
  target: object | null;
  currentTarget: object | null;
  phase: number;
  path: object[];
  isDispatching: boolean;
  isStopped: boolean;
  isStoppedAtOnce: boolean;
  isCanceled: boolean;
  isPassive: boolean;
}

export interface EventInit {
  readonly bubbles?: unknown;
  readonly cancelable?: unknown;
  readonly composed?: unknown;
}

export class Event {
  readonly #state: EventState;
  readonly timeStamp = clock.now() + bootMs;

  constructor(...given: [type?: unknown, init?: EventInit | null]) {
    checkConstructed(given, 1, 'Event');
    const [type, init] = given;
    if (init !== undefined && init !== null && !isObject(init))
      throw new NativeTypeError("Failed to construct 'Event': The provided value is not of type 'EventInit'.");
    this.#state = {
      type: toText(type),
      bubbles: Boolean(init?.bubbles),
      cancelable: Boolean(init?.cancelable),
      composed: Boolean(init?.composed),
      isTrusted: false,
      target: null,
      currentTarget: null,
      phase: phases.NONE,
      path: bareList(),
      isDispatching: false,
      isStopped: false,
      isStoppedAtOnce: false,
      isCanceled: false,
      isPassive: false,
    };
    defineProperty(this, 'isTrusted', { get: () => this.#state.isTrusted, enumerable: true });
    defineProperty(this, 'timeStamp', { enumerable: false });
  }

  static stateOf(event: Event): EventState {
    return event.#state;
  }

  static is(value: unknown): value is Event {
    return isObject(value) && #state in value;
  }

  get type(): string {
    return this.#state.type;
  }

  get target(): object | null {
    return this.#state.target;
  }

  get srcElement(): object | null {
    return this.#state.target;
  }

  get currentTarget(): object | null {
    return this.#state.currentTarget;
  }

  get eventPhase(): number {
    return this.#state.phase;
  }

  get bubbles(): boolean {
    return this.#state.bubbles;
  }

  get cancelable(): boolean {
    return this.#state.cancelable;
  }

  get composed(): boolean {
    return this.#state.composed;
  }

  get defaultPrevented(): boolean {
    return this.#state.isCanceled;
  }

  get returnValue(): boolean {
    return !this.#state.isCanceled;
  }

  set returnValue(value: unknown) {
    if (value === false) this.preventDefault();
  }

  get cancelBubble(): boolean {
    return this.#state.isStopped;
  }

  set cancelBubble(value: unknown) {
    if (value) this.#state.isStopped = true;
  }

  composedPath(): object[] {
    return this.#state.path.length === 0 ? [] : Array.from(this.#state.path);
  }

  stopPropagation(): void {
    this.#state.isStopped = true;
  }

  stopImmediatePropagation(): void {
    this.#state.isStopped = true;
    this.#state.isStoppedAtOnce = true;
  }

  preventDefault(): void {
    if (this.#state.cancelable && !this.#state.isPassive) this.#state.isCanceled = true;
  }

  initEvent(type: unknown, bubbles: unknown = false, cancelable: unknown = false): void {
    const state = this.#state;
    if (state.isDispatching) return;
    state.type = toText(type);
    state.bubbles = Boolean(bubbles);
    state.cancelable = Boolean(cancelable);
    state.isStopped = state.isStoppedAtOnce = state.isCanceled = state.isTrusted = false;
    state.target = null;
  }
}
asInterface(Event, 'Event', 1);
for (const name of ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'] as const)
  for (const owner of [Event, Event.prototype]) defineProperty(owner, name, { value: phases[name], enumerable: true });

/** An event of the browser itself, or of its user. */
export function trusted<E extends Event>(event: E): E {
  Event.stateOf(event).isTrusted = true;
  return event;
}

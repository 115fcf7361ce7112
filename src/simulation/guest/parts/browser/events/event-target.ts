/** Why this file exists: EventTarget and dispatch, as the DOM Standard has them (§2.7–2.9), with handlers of HTML. */
import { NativeTypeError, SafeWeakMap, bareList, call, isCallable, isObject, toText, type Callable } from '../../../primordials';
import { nameOf, siteOf } from '../../../recorder';
import { asInterface } from '../interfaces';
import { checkCount, failed } from '../web-errors';
import { Event, phases } from './event';

interface Listener {
  readonly type: string;
  readonly callback: object;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  readonly label: string;
  readonly site: number;
  isRemoved: boolean;
}

interface Options {
  readonly capture?: unknown;
  readonly once?: unknown;
  readonly passive?: unknown;
  readonly signal?: unknown;
}

const listeners = new SafeWeakMap<object, Listener[]>();

/** What other files of the host say of targets and errors. */
export const targets: {
  /** The next one that an event bubbles to: the DOM's tree. */
  parentOf(target: object, event: Event): object | null;
  /** What the browser does by itself once an event was heard: a check box that is clicked. */
  activate(path: readonly object[], event: Event, caller: Caller): ((isCanceled: boolean) => void) | undefined;
  /** Those in no tree call all their listeners in one pass, capturing or not. */
  isInTree(target: object): boolean;
  reportException(error: unknown): void;
  onListening(target: object, type: string): void;
} = {
  parentOf: () => null,
  activate: () => undefined,
  isInTree: () => false,
  reportException: () => undefined,
  onListening: () => undefined,
};

/** How listeners are called: from the program that dispatches, or by the loop, each as a callback of its own. */
export type Caller = (label: string, site: number, run: () => void) => void;
const inPlace: Caller = (_, __, run) => {
  run();
};

function optionsOf(given: unknown): Options {
  return isObject(given) ? given : { capture: given };
}

/** A window's own methods may be called by their bare names. */
function targetOf(self: unknown): object {
  return isObject(self) ? self : globalThis;
}

function find(target: object, type: string, callback: unknown, capture: boolean): Listener | undefined {
  return listeners.get(target)?.find(
    (each) => each.type === type && each.callback === callback && each.capture === capture,
  );
}

function add(target: object, listener: Listener): void {
  const known = listeners.get(target);
  if (known === undefined) listeners.set(target, [listener]);
  else listeners.set(target, [...known, listener]);
  targets.onListening(target, listener.type);
}

function remove(target: object, listener: Listener): void {
  listener.isRemoved = true;
  listeners.set(target, (listeners.get(target) ?? []).filter((each) => each !== listener));
}

export class EventTarget {
  addEventListener(this: unknown, ...given: [type?: unknown, callback?: unknown, options?: unknown]): void {
    checkCount(given, 2, 'addEventListener', 'EventTarget');
    const target = targetOf(this);
    const [, callback] = given;
    const type = toText(given[0]);
    const options = optionsOf(given[2]);
    const { signal } = options;
    if (callback === null || callback === undefined) return;
    if (!isObject(callback)) throw failed('addEventListener', 'EventTarget', "parameter 2 is not of type 'Object'.");
    const heard = signal as { readonly aborted: boolean; addEventListener: EventTarget['addEventListener'] } | undefined;
    if (heard?.aborted === true) return;
    const capture = Boolean(options.capture);
    if (find(target, type, callback, capture) !== undefined) return;
    const listener: Listener = {
      type, callback, capture, once: Boolean(options.once), passive: Boolean(options.passive),
      label: nameOf(callback), site: siteOf(callback), isRemoved: false,
    };
    add(target, listener);
    heard?.addEventListener('abort', () => {
      remove(target, listener);
    });
  }

  removeEventListener(this: unknown, ...given: [type?: unknown, callback?: unknown, options?: unknown]): void {
    checkCount(given, 2, 'removeEventListener', 'EventTarget');
    const target = targetOf(this);
    const found = find(target, toText(given[0]), given[1], Boolean(optionsOf(given[2]).capture));
    if (found !== undefined) remove(target, found);
  }

  dispatchEvent(this: unknown, ...given: [event?: unknown]): boolean {
    checkCount(given, 1, 'dispatchEvent', 'EventTarget');
    const [event] = given;
    if (!Event.is(event)) throw failed('dispatchEvent', 'EventTarget', "parameter 1 is not of type 'Event'.");
    const state = Event.stateOf(event);
    if (state.isDispatching) throw alreadyDispatched();
    state.isTrusted = false;
    return dispatch(targetOf(this), event);
  }
}
asInterface(EventTarget, 'EventTarget');

/** Its words need DOMException, which is made of errors: see abort.ts. */
export const makers: { invalidState(message: string): Error } = {
  invalidState: (message) => new NativeTypeError(message),
};

function alreadyDispatched(): Error {
  return makers.invalidState("Failed to execute 'dispatchEvent' on 'EventTarget': The event is already being dispatched.");
}

/**
 * DOM §2.9; `shown` is what the event says its target is. Answers false when a listener prevented what the browser
 * would do.
 */
export function dispatch(target: object, event: Event, caller: Caller = inPlace, shown = target): boolean {
  const state = Event.stateOf(event);
  state.isDispatching = true;
  state.target = shown;
  const path = bareList<object>();
  for (let at: object | null = target; at !== null; at = targets.parentOf(at, event)) path[path.length] = at;
  state.path = path;
  const finish = targets.activate(path, event, caller);
  if (path.length === 1 && !targets.isInTree(target)) invoke(target, true, undefined, event, caller);
  else {
    for (let i = path.length - 1; i >= 0; i--) invoke(path[i], i === 0, true, event, caller);
    for (let i = 0; i < path.length && (i === 0 || state.bubbles); i++)
      invoke(path[i], i === 0, false, event, caller);
  }
  state.phase = phases.NONE;
  state.currentTarget = null;
  state.path = bareList();
  state.isDispatching = state.isStopped = state.isStoppedAtOnce = false;
  finish?.(state.isCanceled);
  return !state.isCanceled;
}

function invoke(
  target: object | undefined,
  isAt: boolean,
  capture: boolean | undefined,
  event: Event,
  caller: Caller,
): void {
  const state = Event.stateOf(event);
  if (target === undefined || state.isStopped) return;
  state.phase = isAt ? phases.AT_TARGET : capture === true ? phases.CAPTURING_PHASE : phases.BUBBLING_PHASE;
  state.currentTarget = target;
  // The list is replaced whenever it changes: what the last listener adds is not called.
  for (const each of listeners.get(target) ?? []) {
    if (each.isRemoved || each.type !== state.type || each.capture !== (capture ?? each.capture)) continue;
    if (each.once) remove(target, each);
    state.isPassive = each.passive;
    caller(each.label, each.site, () => {
      tell(each.callback, target, event);
    });
    state.isPassive = false;
    if (state.isStoppedAtOnce) return;
  }
}

function tell(callback: object, target: object, event: Event): void {
  try {
    if (isCallable(callback)) {
      call(callback, target, event);
      return;
    }
    const handle: unknown = (callback as { handleEvent?: unknown }).handleEvent;
    if (!isCallable(handle)) throw new NativeTypeError("Failed to execute 'handleEvent' on 'EventListener': The provided callback is not callable.");
    call(handle, callback, event);
  } catch (error) {
    targets.reportException(error);
  }
}

/** Whether anybody listens. */
export function isHeard(target: object, type: string): boolean {
  return listeners.get(target)?.some((each) => each.type === type) ?? false;
}

interface Handler {
  value: object | null;
  listener: Listener | undefined;
}

const handlers = new SafeWeakMap<object, Map<string, Handler>>();

function handlerOf(target: object, type: string): Handler {
  const known = handlers.get(target) ?? new Map<string, Handler>();
  handlers.set(target, known);
  const handler = known.get(type) ?? { value: null, listener: undefined };
  known.set(type, handler);
  return handler;
}

/** HTML §8.1.8.1: `onclick` and its like; a first value takes a place among the listeners, null gives it up. */
function setHandler(target: object, type: string, value: unknown): void {
  const handler = handlerOf(target, type);
  handler.value = isObject(value) ? value : null;
  if (handler.value === null) {
    if (handler.listener !== undefined) remove(target, handler.listener);
    handler.listener = undefined;
  } else if (handler.listener === undefined) {
    const callback = function (this: unknown, event: Event): void {
      const { value } = handler;
      if (isCallable(value)) answer(call(value, this, ...argumentsFor(target, event)), event);
    };
    const site = siteOf(handler.value);
    handler.listener = { type, callback, capture: false, once: false, passive: false, label: `on${type}`, site, isRemoved: false };
    add(target, handler.listener);
  }
}

function isWindowError(target: object, event: Event): boolean {
  return event.type === 'error' && target === globalThis;
}

function argumentsFor(target: object, event: Event): unknown[] {
  if (!isWindowError(target, event)) return [event];
  const { message, filename, lineno, colno, error } = event as unknown as Record<string, unknown>; // an ErrorEvent
  return [message, filename, lineno, colno, error];
}

/** An answer of false prevents the default; of `window.onerror` true does. */
function answer(value: unknown, event: Event): void {
  if (value === (isWindowError(Event.stateOf(event).currentTarget ?? {}, event))) event.preventDefault();
}

/** Defines `on…` for these types; on the window itself they are its own. */
export function defineHandlers(owner: object, types: readonly string[], onSet?: (target: object) => void): void {
  for (const type of types) {
    Object.defineProperty(owner, `on${type}`, {
      get(this: unknown) {
        return handlers.get(targetOf(this))?.get(type)?.value ?? null;
      },
      set(this: unknown, value: unknown) {
        setHandler(targetOf(this), type, value);
        onSet?.(targetOf(this));
      },
      enumerable: true,
      configurable: true,
    });
  }
}

export type { Callable };

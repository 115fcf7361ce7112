/** Why this file exists: AbortController and AbortSignal, as the DOM Standard has them (§3). */
import { domException } from '../../../modules/events/dom-exception';
import { NativeTypeError, SafeSet, construct } from '../../../primordials';
import { asInterface } from '../interfaces';
import { failed } from '../web-errors';
import { Event, trusted } from './event';
import { EventTarget, defineHandlers, dispatch, makers } from './event-target';

makers.invalidState = (message) => domException(message, 'InvalidStateError');

const making = Symbol('made by the browser');

/** Timers are made of the loop, which is made of events: timers.ts says how. */
export const later: { after(ms: number, run: () => void): void } = { after: () => undefined };

export class AbortSignal extends EventTarget {
  #isAborted = false;
  #reason: unknown;
  readonly #dependants = new SafeSet<AbortSignal>();
  /** Of a signal that `any` made: the ones that were not made so. */
  readonly #sources = new SafeSet<AbortSignal>();
  readonly #steps: ((reason: unknown) => void)[] = [];

  constructor(key?: unknown) {
    if (key !== making) throw new NativeTypeError("Failed to construct 'AbortSignal': Illegal constructor");
    super();
  }

  get aborted(): boolean {
    return this.#isAborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#isAborted) throw this.#reason;
  }

  static abort(reason: unknown = withoutReason()): AbortSignal {
    const signal = newSignal(AbortSignal);
    abortSignal(signal, reason);
    return signal;
  }

  static timeout(ms: unknown): AbortSignal {
    const signal = newSignal(AbortSignal);
    later.after(Number(ms), () => {
      abortSignal(signal, domException('signal timed out', 'TimeoutError'));
    });
    return signal;
  }

  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const signal = newSignal(AbortSignal);
    const given = [...signals];
    for (const each of given)
      if (!(each instanceof AbortSignal)) throw failed('any', 'AbortSignal', "Failed to convert value to 'AbortSignal'.");
    const aborted = given.find((each) => each.aborted);
    if (aborted !== undefined) abortSignal(signal, aborted.reason);
    else for (const each of given) signal.#follow(each);
    return signal;
  }

  #follow(other: AbortSignal): void {
    for (const source of other.#sources.size > 0 ? other.#sources : [other]) {
      this.#sources.add(source);
      source.#dependants.add(this);
    }
  }

  /** What the browser does when it is aborted, before anybody is told. */
  static whenAborted(signal: AbortSignal, step: (reason: unknown) => void): void {
    signal.#steps.push(step);
  }

  static trigger(signal: AbortSignal, reason: unknown): void {
    if (signal.#isAborted) return;
    signal.#isAborted = true;
    signal.#reason = reason;
    const dependants = [...signal.#dependants].filter((each) => !each.#isAborted);
    for (const each of dependants) {
      each.#isAborted = true;
      each.#reason = reason;
    }
    for (const each of [signal, ...dependants]) {
      for (const step of each.#steps.splice(0)) step(reason);
      dispatch(each, trusted(new Event('abort')));
    }
  }
}
asInterface(AbortSignal, 'AbortSignal');
defineHandlers(AbortSignal.prototype, ['abort']);

export function abortSignal(signal: AbortSignal, reason: unknown): void {
  AbortSignal.trigger(signal, reason);
}

export function newSignal<S extends AbortSignal>(Kind: new (key?: unknown) => S): S {
  return construct(Kind, [making]);
}

export function withoutReason(): Error {
  return domException('signal is aborted without reason', 'AbortError');
}

export class AbortController {
  readonly #signal = newSignal(AbortSignal);

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = withoutReason()): void {
    abortSignal(this.signal, reason);
  }
}
asInterface(AbortController, 'AbortController');

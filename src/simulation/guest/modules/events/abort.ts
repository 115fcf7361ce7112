/** Why this file exists: AbortController and AbortSignal. Node 20: lib/internal/abort_controller.js. */
import { inNodeFrames, inTimers } from '../../node-frames';
import { checkFunction, checkInteger, checkSignal, invalidType } from '../../node-errors';
import { call, construct, NativeTypeError, defineProperty, hide, type Callable, SafeSet } from '../../primordials';
import { setTimer } from '../../loop/timers';
import { nameOf, siteOf } from '../../recorder';
import { standsFor, under } from '../../stood-for';
import { enqueueMicrotask } from '../../tasks';
import { domException } from './dom-exception';
import { Event, asInterface, invalidThis, inspectCustom, shown, eventInside } from './event';
import { EventTarget, defineHandler, illegalConstructor, plainTargets, resistsStop } from './event-target';
import { withdrawn } from '../../withdrawn';

interface State {
  aborted: boolean;
  reason: unknown;
  readonly sources: Set<AbortSignal> | undefined;
  readonly dependants: Set<AbortSignal>;
}

const making = Symbol('made by Node');

export class AbortSignal extends EventTarget {
  readonly #state: State;

  constructor(key?: unknown, isComposite?: unknown) {
    if (key !== making) throw illegalConstructor();
    super();
    this.#state = {
      aborted: false,
      reason: undefined,
      sources: isComposite === true ? new SafeSet() : undefined,
      dependants: new SafeSet(),
    };
  }

  /** Aborts once: those who listen are told, then the signals that were made of this one. */
  static trigger(signal: AbortSignal, reason: unknown): void {
    if (signal.#state.aborted) return;
    signal.#state.aborted = true;
    signal.#state.reason = reason;
    tellAborted(signal);
    for (const each of signal.#state.dependants) signalInside.trigger(each, reason);
  }

  get aborted(): boolean {
    if (!isSignal(this)) throw invalidThis('AbortSignal');
    return this.#state.aborted;
  }

  get reason(): unknown {
    if (!isSignal(this)) throw invalidThis('AbortSignal');
    return this.#state.reason;
  }

  throwIfAborted(): void {
    if (!isSignal(this)) throw invalidThis('AbortSignal');
    if (this.#state.aborted) throw this.#state.reason;
  }

  override [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return shown(this, { aborted: this.aborted }, depth, options);
  }

  static abort(reason: unknown = aborted()): AbortSignal {
    const signal = newSignal();
    signal.#state.aborted = true;
    signal.#state.reason = reason;
    return signal;
  }

  static timeout(delay: unknown): AbortSignal {
    checkInteger(delay, 'delay', 0, 2 ** 32 - 1);
    const signal = newSignal();
    const expire = (): void => {
      const reason = domException('The operation was aborted due to timeout', 'TimeoutError');
      signalInside.trigger(signal, inNodeFrames(reason, ...framesOfTimeout));
    };
    setTimer(expire, delay, [], false).unref();
    return signal;
  }

  static any(signals: unknown): AbortSignal {
    if (!Array.isArray(signals)) throw invalidType('signals', 'an instance of Array', signals);
    const given = signals as unknown[];
    given.forEach((each, i) => {
      if (!(each instanceof AbortSignal)) throw invalidType(`signals[${i}]`, 'an instance of AbortSignal', each);
    });
    const result = newSignal(true);
    for (const signal of given as AbortSignal[]) {
      if (signal.#state.aborted) {
        signalInside.trigger(result, signal.#state.reason);
        return result;
      }
      for (const source of signal.#state.sources ?? [signal]) {
        result.#state.sources?.add(source);
        source.#state.dependants.add(result);
      }
    }
    return result;
  }
}
export const signalInside = withdrawn(AbortSignal, 'trigger');

function tellAborted(signal: AbortSignal): void {
  signal.dispatchEvent(eventInside.trust(new Event('abort')));
}
standsFor(tellAborted, 'abortSignal (node:internal/abort_controller:370:10)');

const framesOfTimeout = [
  'Timeout._onTimeout (node:internal/abort_controller:129:9)',
  ...inTimers,
];

function aborted(): Error {
  return domException('This operation was aborted', 'AbortError');
}

function newSignal(isComposite = false): AbortSignal {
  const signal = construct(AbortSignal, [making, isComposite]);
  plainTargets.add(signal);
  return signal;
}

/** Node's has a private member, and V8 these words for who has none. */
function checkController(value: unknown): void {
  if (value instanceof AbortController) return;
  throw new NativeTypeError('Cannot read private member #signal from an object whose class did not declare it');
}

const usualReason = under('AbortController.abort (node:internal/abort_controller:391:18)', aborted);
const abortWith = under(
  'AbortController.abort (node:internal/abort_controller:392:5)',
  (signal: AbortSignal, reason: unknown) => { signalInside.trigger(signal, reason); },
);

export class AbortController {
  readonly #signal = newSignal();

  get signal(): AbortSignal {
    checkController(this);
    return this.#signal;
  }

  abort(reason?: unknown): void {
    checkController(this);
    abortWith(this.#signal, reason === undefined ? usualReason() : reason);
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return shown(this, { signal: this.signal }, depth, options);
  }
}

asInterface(AbortSignal, 'AbortSignal');
asInterface(AbortController, 'AbortController');
defineProperty(AbortController.prototype.abort, 'length', { value: 0, configurable: true });
defineHandler(AbortSignal.prototype, 'abort');

/** `events.addAbortListener`: heard even when another listener stops the event. */
export function abortListener(signal: unknown, listener: unknown): object {
  if (signal === undefined) throw invalidType('signal', 'an instance of AbortSignal', signal);
  checkSignal(signal, 'signal');
  checkFunction(listener, 'listener');
  const target = signal as AbortSignal; // Node asks for no more than `aborted`
  const heard = listener as Callable; // just checked
  let remove = (): void => undefined;
  if (target.aborted) {
    const about = { origin: 'queueMicrotask', label: nameOf(heard), site: siteOf(heard) } as const;
    enqueueMicrotask(about, () => {
      call(heard, undefined);
    });
  } else {
    target.addEventListener('abort', heard, { once: true, [resistsStop]: true });
    remove = () => {
      target.removeEventListener('abort', heard);
    };
  }
  const dispose = (Symbol as { dispose?: symbol }).dispose ?? Symbol.for('nodejs.dispose');
  const disposable = {};
  hide(disposable, dispose, remove);
  defineProperty(disposable, dispose, { enumerable: true });
  return disposable;
}

export function isSignal(value: unknown): value is AbortSignal {
  return value instanceof AbortSignal;
}

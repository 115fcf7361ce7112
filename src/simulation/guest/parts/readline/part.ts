/**
 * Why this file exists: the part of the guest that brings `readline` and `readline/promises`. Node 20:
 * lib/readline.js.
 */
import { offerModule } from '../../modules/builtin';
import { AbortError, checkSignal } from '../../node-errors';
import { deferred, rejectedWith } from '../../own-promises';
import { defineProperty, hide, isCallable, named, setPrototypeOf } from '../../primordials';
import '../stream/part'; // its input is one
import { clearLine, clearScreenDown, cursorTo, moveCursor } from './cursor';
import { Interface, interfaceInside, type Signal } from './interface';
import { Readline } from './transaction';


interface QuestionOptions {
  readonly signal?: Signal;
}

type Answer = (answer: string) => void;

function onAbort(signal: Signal | undefined, listener: () => void): () => void {
  signal?.addEventListener('abort', listener, { once: true });
  return () => signal?.removeEventListener('abort', listener);
}

class CallbackInterface extends Interface {
  question(query: string, options?: QuestionOptions | Answer, callback?: Answer): void {
    const then = isCallable(options) ? (options) : callback;
    const { signal } = (isCallable(options) ? {} : (options ?? {})); // what is left
    checkSignal(signal, 'options.signal');
    if (signal?.aborted === true) return;
    const stop = onAbort(signal, () => {
      interfaceInside.dropQuestion(this);
    });
    if (!isCallable(then)) return;
    interfaceInside.ask(this, query, (line) => {
      stop();
      then(line);
    });
  }
}

function promisedQuestion(this: Interface, query: string, options: QuestionOptions = {}): object {
  const { signal } = options;
  try {
    checkSignal(signal, 'options.signal');
    if (signal?.aborted === true) throw new AbortError(undefined, { cause: signal.reason });
  } catch (error) {
    return rejectedWith(error);
  }
  const { promise, resolve, reject } = deferred();
  const stop = onAbort(signal, () => {
    interfaceInside.dropQuestion(this);
    reject(new AbortError(undefined, { cause: signal?.reason }));
  });
  try {
    interfaceInside.ask(this, query, (line) => {
      stop();
      resolve(line);
    });
  } catch (error) {
    reject(error);
  }
  return promise;
}

class PromiseInterface extends Interface {
  question(query: string, options?: QuestionOptions): object {
    return promisedQuestion.call(this, query, options);
  }
}

/** It may be called without `new`, as in Node. */
function callable(made: typeof CallbackInterface): object {
  const wrapper = function Interface(...given: unknown[]): object {
    return Reflect.construct(made, given, new.target ?? wrapper) as object; // it is a class
  };
  defineProperty(wrapper, 'prototype', { value: made.prototype });
  hide(made.prototype, 'constructor', wrapper);
  setPrototypeOf(wrapper, Object.getPrototypeOf(made) as object);
  return named(wrapper, 'Interface', 4);
}

hide(CallbackInterface.prototype.question, Symbol.for('nodejs.util.promisify.custom'), promisedQuestion);
named(PromiseInterface, 'Interface', 4);

const promises = {
  Interface: PromiseInterface,
  Readline,
  createInterface: named((...given: unknown[]) => new PromiseInterface(...given), 'createInterface', 4),
};

export const createInterface = named((...given: unknown[]): object => new CallbackInterface(...given), 'createInterface', 4);

const readline = {
  Interface: callable(CallbackInterface),
  clearLine: named(clearLine, 'clearLine', 3),
  clearScreenDown: named(clearScreenDown, 'clearScreenDown', 2),
  createInterface,
  cursorTo: named(cursorTo, 'cursorTo', 4),
  moveCursor: named(moveCursor, 'moveCursor', 4),
  promises,
};

offerModule('readline', () => readline, ['emitKeypressEvents']);
offerModule('readline/promises', () => promises);

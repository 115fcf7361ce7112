/**
 * Why this file exists: `for await` over a web stream takes the microtasks that it takes in Node, which begins a
 * microtask late and chains what was read at once. Node 20: lib/internal/webstreams/readablestream.js (values).
 */
import { ReadableStream, ReadableStreamDefaultReader } from 'web-streams-polyfill';
import { asyncIteratorPrototype } from '../../functions';
import { deferred, resolvedWith } from '../../own-promises';
import { hide, named, setPrototypeOf } from '../../primordials';
import { readWith } from './reading';

interface State {
  isDone: boolean;
  hasStarted: boolean;
  current: Promise<unknown> | undefined;
}

interface IteratorOptions {
  readonly preventCancel?: boolean;
}

function resolved(value?: unknown): Promise<unknown> {
  return resolvedWith(value) as Promise<unknown>; // a promise of ours
}

function values(this: ReadableStream, options: IteratorOptions = {}): object {
  const reader = new ReadableStreamDefaultReader<unknown>(this);
  const state: State = { isDone: false, hasStarted: false, current: undefined };
  const release = (): void => {
    state.isDone = true;
    reader.releaseLock();
  };
  const nextSteps = (): Promise<unknown> => {
    if (state.isDone) return resolved({ done: true, value: undefined });
    const { promise, resolve, reject } = deferred();
    readWith(this, {
      _chunkSteps: (value) => {
        state.current = undefined;
        resolve({ done: false, value });
      },
      _closeSteps: () => {
        state.current = undefined;
        release();
        resolve({ done: true, value: undefined });
      },
      _errorSteps: (error) => {
        state.current = undefined;
        release();
        reject(error);
      },
    });
    return promise as Promise<unknown>; // ours
  };
  const returnSteps = async (value: unknown): Promise<unknown> => {
    if (state.isDone) return { done: true, value };
    state.isDone = true;
    if (options.preventCancel === true) {
      reader.releaseLock();
      return { done: true, value };
    }
    const canceled = reader.cancel(value);
    reader.releaseLock();
    await canceled;
    return { done: true, value };
  };
  const iterator = {
    next(): Promise<unknown> {
      if (!state.hasStarted) {
        state.current = resolved();
        state.hasStarted = true;
      }
      state.current = state.current === undefined ? nextSteps() : state.current.then(nextSteps, nextSteps);
      return state.current;
    },
    return(value?: unknown): Promise<unknown> {
      const steps = (): Promise<unknown> => returnSteps(value);
      state.hasStarted = true;
      state.current = state.current === undefined ? steps() : state.current.then(steps, steps);
      return state.current;
    },
  };
  setPrototypeOf(iterator, asyncIteratorPrototype);
  return iterator;
}

hide(ReadableStream.prototype, 'values', named(values, 'values', 0));
hide(ReadableStream.prototype, Symbol.asyncIterator, values);

/**
 * Why this file exists: `for await` over a web stream takes the microtasks that it takes in Node, which begins a
 * microtask late and chains what was read at once. Node 20: lib/internal/webstreams/readablestream.js (values).
 */
import { ReadableStream, ReadableStreamDefaultReader } from 'web-streams-polyfill';
import { asyncIteratorPrototype } from '../../functions';
import { resolvedWith } from '../../own-promises';
import { get, hide, named, setPrototypeOf } from '../../primordials';

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

/** What is read now is there already. */
function isThere(stream: object): boolean {
  // The package's own.
  const controller = get(stream, '_readableStreamController') as { readonly _queue: { readonly length: number } };
  return get(stream, '_state') !== 'readable' || controller._queue.length > 0;
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
    const wasThere = isThere(this);
    const isClosed = get(this, '_state') === 'closed';
    const read = reader.read();
    if (isClosed) release();
    if (wasThere) {
      state.current = undefined;
      return read;
    }
    const told = ({ done }: { readonly done: boolean }): void => {
      state.current = undefined;
      if (done) release();
    };
    read.then(told, () => { told({ done: true }); });
    return read;
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
      return state.current === undefined ? steps() : state.current.then(steps, steps);
    },
  };
  setPrototypeOf(iterator, asyncIteratorPrototype);
  return iterator;
}

hide(ReadableStream.prototype, 'values', named(values, 'values', 0));
hide(ReadableStream.prototype, Symbol.asyncIterator, values);

/**
 * Why this file exists: process.stdout, stderr and stdin as a program has them whose output is piped: no terminal, and
 * nothing to read. Node 20: lib/internal/bootstrap/switches/is_main_thread.js. Modelled: the parts that programs use to
 * write; they are not streams to be piped into.
 */
import { printing, write } from './output';
import { endNow } from './ending';
import { codedError, invalidType } from './node-errors';
import { newEmitter, type Emitter } from './modules/events/emitter';
import { NativeError, NativeTypeError, apply, call, defineProperty, isCallable, named, type Callable } from './primordials';
import { here } from './recorder';
import { nextTick } from './ticks';
import { note } from './notes';
import { streamOpens } from './stream-numbers';

type Name = 'stdout' | 'stderr';

/** The bytes of a Buffer or typed array as text, where the text decoder of the library is loaded. */
export const textOfBytes: { decode(bytes: ArrayBufferView): string } = {
  decode: (bytes) => {
    let text = '';
    const view = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (const byte of view) text += `%${byte.toString(16).padStart(2, '0')}`;
    return decodeURIComponent(text); // UTF-8
  },
};

function textOf(chunk: unknown): string {
  if (typeof chunk === 'string') return chunk;
  if (ArrayBuffer.isView(chunk)) return textOfBytes.decode(chunk);
  if (chunk === null)
    throw codedError(NativeTypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
  throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
}

interface State {
  ended: boolean;
}

/** Of a process that another one started: its end of a pipe, and how it is read: parts/net knows pipes. */
export interface Input {
  onRead: (read: Uint8Array | null) => void;
  readStart(): void;
  readStop(): void;
  setRef(isRefed: boolean): void;
}
export const standardInput: {
  /** Where standard input comes from, if from anywhere. */
  source: (() => Input) | undefined;
  open: ((port: number) => Input) | undefined;
} = { source: undefined, open: undefined };

function later(callback: unknown, error: unknown): void {
  if (isCallable(callback)) nextTick(callback, [error]);
}

function writeTo(emitter: Emitter, name: Name, state: State, args: readonly unknown[]): boolean {
  const [chunk, encodingOrCallback, given] = args;
  const callback = isCallable(encodingOrCallback) ? encodingOrCallback : given;
  const text = textOf(chunk);
  if (state.ended) {
    const error = codedError(NativeError, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
    later(callback, error);
    nextTick(() => {
      emitter.emit('error', error);
    }, []);
    return false;
  }
  if (printing[name] === undefined) {
    streamOpens(name);
    write(name, text);
    later(callback, null);
  } else
    write(name, text, () => {
      if (isCallable(callback)) call(callback, undefined, null);
    });
  return true;
}

export function outputStream(name: Name): Emitter {
  const stream = new newEmitter();
  const state: State = { ended: false };
  const methods: Record<string, (...args: unknown[]) => unknown> = {
    write: (...args) => writeTo(stream, name, state, args),
    end: (...args) => {
      if (args.length > 0 && !isCallable(args[0]) && args[0] !== undefined && args[0] !== null)
        writeTo(stream, name, state, [args[0]]);
      state.ended = true;
      later(args.find(isCallable), undefined);
      nextTick(() => {
        stream.emit('finish');
      }, []);
      return stream;
    },
    cork: () => undefined,
    uncork: () => undefined,
    setDefaultEncoding: () => stream,
  };
  Object.assign(stream, { fd: name === 'stdout' ? 1 : 2, writable: true, _type: 'pipe', _isStdio: true });
  for (const [key, method] of Object.entries(methods)) own(stream, key, named(method, key, key === 'write' ? 3 : 0));
  const numbers = { writableLength: 0, writableHighWaterMark: 16_384, writableEnded: false, writableNeedDrain: false };
  for (const [key, value] of Object.entries(numbers)) own(stream, key, value);
  defineProperty(stream, 'writableEnded', { get: () => state.ended, configurable: true });
  refuse(stream, 'pipe', `process.${name}.pipe`);
  return stream;
}

function own(object: object, key: string, value: unknown): void {
  defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

function refuse(object: object, key: string, what: string): void {
  defineProperty(object, key, {
    get: () => endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() }),
    configurable: true,
  });
}

/** Standard input that is empty: whoever reads is told its end in a later turn. */
export function inputStream(later: (run: () => void) => void): Emitter {
  const stream = new newEmitter();
  let asked = false;
  const ask = (): void => {
    if (asked) return;
    asked = true;
    note('modelled', 'process.stdin is empty: nothing is typed into a simulation.');
    later(() => {
      stream.emit('end');
      stream.emit('close');
    });
  };
  const on = (stream as unknown as Record<string, Callable>)['on'] as Callable;
  const listen = function (this: unknown, ...args: unknown[]): unknown {
    if (args[0] === 'data' || args[0] === 'readable') ask();
    return apply(on, stream, args);
  };
  const same = (): unknown => stream;
  const methods: Record<string, unknown> = {
    on: listen,
    addListener: listen,
    setEncoding: same,
    pause: same,
    ref: same,
    unref: same,
    resume: () => {
      ask();
      return stream;
    },
    read: () => null,
  };
  for (const [key, method] of Object.entries(methods)) own(stream, key, method);
  Object.assign(stream, { fd: 0 });
  refuse(stream, 'pipe', 'process.stdin.pipe');
  defineProperty(stream, Symbol.asyncIterator, {
    get: () => endNow({ kind: 'unsupported', message: 'Reading process.stdin is not modelled yet', site: here() }),
    configurable: true,
  });
  return stream;
}

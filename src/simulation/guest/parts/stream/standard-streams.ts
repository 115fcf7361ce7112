/**
 * Why this file exists: the standard streams as streams, once a program has streams: they can be piped into and read.
 * stdout and stderr are pipes, which Node writes to at once; stdin is empty.
 */
import streams from 'readable-stream/lib/stream.js';
import { standardStreamIs } from '../../console';
import { whenPolled } from '../../loop/poll';
import { note } from '../../notes';
import { write } from '../../output';
import { NativeError, defineProperty, named } from '../../primordials';
import { process } from '../../process-object';
import { standardInput, type Input } from '../../process-streams';
import { streamOpens } from '../../stream-numbers';
import { nextTick } from '../../ticks';
import { Buffer, textOf } from '../buffer/part';
import { standardStreamsAre } from './library/process';

type StandardStream = Parameters<typeof standardStreamIs>[1];
type Callback = (error?: unknown) => void;
type Made = new (options: object) => object;

const { Writable, Readable } = streams as unknown as { Writable: Made; Readable: Made }; // Node's own

/** What Node makes of a pipe. */
class Socket extends Writable {}
named(Socket, 'Socket', 1);

/** What Node's own have: a stream that was destroyed can be written to again. */
interface Lasting {
  isShut?: boolean;
  _undestroy(): void;
  emit(name: string): void;
}

function brokenPipe(): Error {
  return Object.assign(new NativeError('write EPIPE'), { errno: -32, code: 'EPIPE', syscall: 'write' });
}

/** It can be ended, and is then as good as new; but nobody reads the pipe any more. */
function output(name: 'stdout' | 'stderr'): StandardStream {
  const stream = new Socket({
    decodeStrings: false,
    emitClose: false,
    autoDestroy: true,
    write(this: Lasting, chunk: string | Uint8Array, _encoding: string, done: Callback): void {
      if (this.isShut === true) {
        done(brokenPipe());
        return;
      }
      streamOpens(name);
      write(name, typeof chunk === 'string' ? chunk : textOf(chunk, 'utf8', 0, chunk.length));
      done();
    },
    final(this: Lasting, done: Callback): void {
      defineProperty(this, 'isShut', { value: true });
      done();
    },
    destroy(this: Lasting, error: unknown, done: Callback): void {
      done(error);
      this._undestroy();
      nextTick(() => { this.emit('close'); }, []);
    },
  });
  Object.assign(stream, { fd: name === 'stdout' ? 1 : 2, _type: 'pipe', _isStdio: true });
  return stream as StandardStream; // it can be written to
}

/** Whoever reads is told the end in a later turn, or what comes through the pipe of a process. */
function input(): object {
  const { source } = standardInput;
  if (source !== undefined) return pipedInput(source());
  let asked = false;
  const stream = new Readable({
    highWaterMark: 65_536,
    read(this: { push(chunk: null): void }): void {
      if (asked) return;
      asked = true;
      note('modelled', 'process.stdin is empty: nothing is typed into a simulation.');
      whenPolled(() => {
        this.push(null);
      });
    },
  });
  return Object.assign(stream, { fd: 0 });
}

function pipedInput(end: Input): object {
  const stream = new Readable({ highWaterMark: 65_536, read: () => { end.readStart(); } }) as Pushed;
  end.onRead = (read) => {
    const isFull = !stream.push(read instanceof Uint8Array ? Buffer.from(read) : null);
    if (isFull) end.readStop();
  };
  const methods = {
    ref: () => { end.setRef(true); return stream; },
    unref: () => { end.setRef(false); return stream; },
  };
  return Object.assign(stream, { fd: 0 }, methods);
}

interface Pushed {
  push(chunk: object | null): boolean;
}

/** In place of the simpler ones that a program without streams has. */
export function installStandardStreams(): void {
  const streams = { stdout: output('stdout'), stderr: output('stderr') };
  standardStreamsAre(streams);
  for (const name of ['stdout', 'stderr'] as const) {
    const own = Object.getOwnPropertyDescriptor(process, name);
    const stream = streams[name];
    if (own !== undefined) defineProperty(process, name, { ...own, value: stream });
    standardStreamIs(name, stream);
  }
  let stdin: object | undefined;
  defineProperty(process, 'stdin', {
    get: () => (stdin ??= input()),
    enumerable: true,
    configurable: true,
  });
}

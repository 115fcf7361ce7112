/** Why this file exists: the streams of a worker that its parent has. Node 20: lib/internal/worker/io.js. */
import streams from 'readable-stream/lib/stream.js';
import { makers, type ParentReadable } from '../../modules/workers/parent-streams';
import { named } from '../../primordials';

type Done = (error?: unknown) => void;
type Made<T> = new (options: object) => T;

const { Readable, Writable } = streams as unknown as { // Node's own
  Readable: Made<ParentReadable & { on(type: 'end', told: () => void): void }>;
  Writable: Made<object>;
};

class ReadableWorkerStdio extends Readable {}
named(ReadableWorkerStdio, 'ReadableWorkerStdio', 2);
class WritableWorkerStdio extends Writable {}
named(WritableWorkerStdio, 'WritableWorkerStdio', 2);

export function installWorkerStreams(): void {
  makers.readable = (read, ended) => {
    const stream = new ReadableWorkerStdio({ read });
    stream.on('end', ended);
    return stream;
  };
  makers.writable = (write, final) => new WritableWorkerStdio({
    write: (chunk: Uint8Array, _encoding: string, done: Done) => { write(chunk, done); },
    final: (done: Done) => {
      final();
      done();
    },
  });
}

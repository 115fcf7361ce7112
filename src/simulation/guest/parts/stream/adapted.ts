/** Why this file exists: what the package's streams lack that those of Node 20 have. */
import streams from 'readable-stream/lib/stream.js';
import { endNow } from '../../ending';
import { inside } from '../../inspect-hooks';
import { defineProperty, get, named } from '../../primordials';
import { here } from '../../recorder';
import { duplexPair } from './duplex-pair';

function notModelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

/** What the state of a stream holds inside differs between versions of Node: it is not shown at all. */
function refuseToShow(streams: object): void {
  inside.look = (value) => {
    if (Object.prototype.isPrototypeOf.call(streams, value)) notModelled('Showing what is inside a stream');
  };
}

/** Bundling renames what several files name alike. */
function nameAsInNode(): void {
  const names = ['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough', 'Stream'] as const;
  for (const name of names) named(streams[name] as object, name);
  for (const [owner, state] of [['Readable', 'ReadableState'], ['Writable', 'WritableState']] as const)
    named(get(streams[owner] as object, state) as object, state);
}

export function adaptStreams(): void {
  nameAsInNode();
  // Any view is a chunk of bytes.
  Object.assign(streams, { _isUint8Array: (value: unknown) => ArrayBuffer.isView(value) });
  const { Stream } = streams as unknown as { Stream: { prototype: object } }; // Node's own
  refuseToShow(Stream.prototype);
  for (const name of ['Readable', 'Writable', 'Duplex'] as const) {
    const owner = streams[name] as object;
    for (const key of ['fromWeb', 'toWeb']) {
      const method = (): never => notModelled(`${name}.${key}`);
      defineProperty(owner, key, { value: named(method, ''), writable: true, enumerable: true, configurable: true });
    }
  }
  const pair = named(duplexPair, 'duplexPair', 1);
  defineProperty(streams, 'duplexPair', { value: pair, writable: true, enumerable: true, configurable: true });
}

/**
 * Why this file exists: the global names that Node has. Those that are not modelled end the run, at the line that uses
 * them.
 */
import { endNow } from './ending';
import { isCallable, hide, named, defineProperty } from './primordials';
import { nameOf, siteOf, here } from './recorder';
import { enqueueMicrotask } from './tasks';
import { invalidCallback } from './ticks';
import { Timeout } from './loop/timers';
import { timers, timersPromises } from './modules/timers';
import { offerPromises } from './modules/util';

const notModelled = [
  'fetch',
  'Buffer',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'structuredClone',
  'AbortController',
  'AbortSignal',
  'Event',
  'EventTarget',
  'MessageChannel',
  'MessagePort',
  'MessageEvent',
  'BroadcastChannel',
  'WebSocket',
  'Blob',
  'File',
  'FormData',
  'Headers',
  'Request',
  'Response',
  'crypto',
  'Crypto',
  'CryptoKey',
  'SubtleCrypto',
  'Intl',
  'Atomics',
  'WebAssembly',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'CompressionStream',
  'DecompressionStream',
  'PerformanceObserver',
];

/** Names that this engine has and Node 20 lacks, or that would let the program see the engine. */
const unknownToNode = ['Iterator', 'Float16Array', 'gc', 'navigator'];

export function installGlobals(): void {
  named(Timeout, 'Timeout'); // bundling renames a class that names itself
  const promised = timersPromises();
  for (const name of ['setTimeout', 'setImmediate']) offerPromises(timers[name] ?? {}, promised[name]);
  hide(globalThis, 'global', globalThis);
  for (const name of Object.keys(timers)) {
    defineProperty(globalThis, name, { value: timers[name], writable: true, enumerable: true, configurable: true });
  }
  hide(
    globalThis,
    'queueMicrotask',
    named(
      {
        call(callback: unknown): void {
          if (!isCallable(callback)) throw invalidCallback(callback);
          enqueueMicrotask({ origin: 'queueMicrotask', label: nameOf(callback), site: siteOf(callback) }, () => {
            callback();
          });
        },
      }.call,
      'queueMicrotask',
      1,
    ),
  );
  for (const name of unknownToNode) Reflect.deleteProperty(globalThis, name);
  for (const name of notModelled) refuseGlobal(name);
}

function refuseGlobal(name: string): void {
  defineProperty(globalThis, name, {
    get: () => endNow({ kind: 'unsupported', message: `${name} is not modelled yet`, site: here() }),
    set: (value: unknown) => {
      defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: true });
    },
    enumerable: false,
    configurable: true,
  });
}

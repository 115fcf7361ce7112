/**
 * Why this file exists: the global names that Node has. Those that are not modelled end the run, at the line that uses
 * them.
 */
import { installAtomics } from './atomics';
import { endNow } from './ending';
import { installIntl } from './intl-shape';
import { checkFunction } from './node-errors';
import { apply, hide, named, defineProperty, type Callable } from './primordials';
import { nameOf, siteOf, here } from './recorder';
import { enqueueMicrotask } from './tasks';
import { AbortController, AbortSignal } from './modules/events/abort';
import { DOMException } from './modules/events/dom-exception';
import { CustomEvent, Event } from './modules/events/event';
import { EventTarget } from './modules/events/event-target';
import { Timeout } from './loop/timers';
import { timers } from './modules/timers';

const notModelled = [
  'fetch',
  'Buffer',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'structuredClone',
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
  hide(globalThis, 'global', globalThis);
  for (const name of Object.keys(timers)) {
    defineProperty(globalThis, name, { value: timers[name], writable: true, enumerable: true, configurable: true });
  }
  hide(
    globalThis,
    'queueMicrotask',
    named(
      {
        call(given: unknown): void {
          checkFunction(given, 'callback');
          const callback = given as Callable; // just checked
          enqueueMicrotask({ origin: 'queueMicrotask', label: nameOf(callback), site: siteOf(callback) }, () => {
            apply(callback, undefined, []);
          });
        },
      }.call,
      'queueMicrotask',
      1,
    ),
  );
  for (const [name, value] of Object.entries({
    AbortController,
    AbortSignal,
    CustomEvent,
    DOMException,
    Event,
    EventTarget,
  }))
    hide(globalThis, name, value);
  for (const name of unknownToNode) Reflect.deleteProperty(globalThis, name);
  installAtomics();
  installIntl();
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

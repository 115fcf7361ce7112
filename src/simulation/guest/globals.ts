/**
 * Why this file exists: the global names that Node has. Those that are not modelled end the run, at the line that uses
 * them.
 */
import { AsyncResource } from './async-hooks';
import { retire, runAs } from './async-ids';
import { installAtomics } from './atomics';
import { installIntl } from './intl-shape';
import { checkFunction } from './node-errors';
import { apply, hide, named, defineProperty, getOwnPropertyDescriptor, type Callable, SafeSet } from './primordials';
import { nameOf, siteOf } from './recorder';
import { standsFor } from './stood-for';
import { enqueueMicrotask } from './tasks';
import { AbortController, AbortSignal } from './modules/events/abort';
import { DOMException } from './modules/events/dom-exception';
import { CustomEvent, Event } from './modules/events/event';
import { EventTarget } from './modules/events/event-target';
import { TextDecoder, TextEncoder } from './modules/encoding';
import { structuredClone } from './modules/structured-clone';
import { standIn } from './stand-ins';
import { Timeout } from './loop/timers';
import { timers } from './modules/timers';

const notModelled = [
  'fetch',
  'Buffer',
  'URL',
  'URLSearchParams',
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

/** Those whose `typeof` is no function. */
const objects = new SafeSet(['crypto', 'WebAssembly']);

/** Names that this engine has and Node 20 lacks, or that would let the program see the engine. */
const unknownToNode = ['Iterator', 'Float16Array', 'gc', 'navigator'];

function runMicrotask(callback: Callable): void {
  apply(callback, undefined, []);
}
standsFor(
  runMicrotask,
  'node:internal/process/task_queues:140:7',
  'AsyncResource.runInAsyncScope (node:async_hooks:206:9)',
  'AsyncResource.runMicrotask (node:internal/process/task_queues:137:8)',
);

export function installGlobals(): void {
  named(Timeout, 'Timeout'); // bundling renames a class that names itself
  hide(globalThis, 'global', globalThis);
  for (const name of Object.keys(timers)) {
    defineProperty(globalThis, name, { value: timers[name], writable: true, configurable: true });
  }
  hide(
    globalThis,
    'queueMicrotask',
    named(
      {
        call(given: unknown): void {
          checkFunction(given, 'callback');
          const callback = given as Callable; // just checked
          const resource = new AsyncResource('Microtask', { requireManualDestroy: true });
          enqueueMicrotask({ origin: 'queueMicrotask', label: nameOf(callback), site: siteOf(callback) }, () => {
            runAs(resource, () => {
              try {
                runMicrotask(callback);
              } finally {
                retire(resource);
              }
            });
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
    TextDecoder,
    TextEncoder,
    structuredClone,
  }))
    hide(globalThis, name, value);
  for (const name of unknownToNode) Reflect.deleteProperty(globalThis, name);
  installAtomics();
  installIntl();
}

/** Those that can be enumerated, in Node's order. */
const enumerated = [
  'global', 'clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval', 'setTimeout',
  'queueMicrotask', 'structuredClone', 'atob', 'btoa', 'performance', 'fetch', 'crypto',
];

/** After everything that looks through the global object: a stand-in ends the run when it is looked into. */
export function installStandIns(): void {
  for (const name of notModelled) hide(globalThis, name, standIn(name, objects.has(name) ? 'object' : 'function'));
  for (const name of enumerated) {
    const own = getOwnPropertyDescriptor(globalThis, name);
    Reflect.deleteProperty(globalThis, name);
    if (own !== undefined) defineProperty(globalThis, name, { ...own, enumerable: true });
  }
}

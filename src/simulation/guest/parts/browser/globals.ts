/**
 * Why this file exists: the window: what a page finds on it, and that nothing of Node's is there. What Chromium has and
 * is not modelled ends the run at the line that uses it.
 */
import { NativeTypeError, call, defineProperty, getPrototypeOf, hide, named, setPrototypeOf } from '../../primordials';
import { nameOf, siteOf } from '../../recorder';
import { standIn } from '../../stand-ins';
import { enqueueMicrotask } from '../../tasks';
import { namedElements, windowNames } from '../../window-names';
import { AbortController, AbortSignal } from './events/abort';
import { reportException } from './errors';
import { Event } from './events/event';
import { EventTarget, defineHandlers } from './events/event-target';
import * as eventKinds from './events/kinds';
import { Headers } from '../fetch-classes/part';
import { Response, fetch } from './fetch';
import { animation } from './frames';
import { hostNames } from './chromium-names';
import { IdleDeadline, idle } from './idle';
import { asInterface, expose, isOwn } from './interfaces';
import { addLacking, addWindowNames } from './lacking';
import { MessageChannel, MessagePort, postToWindow, structuredClone } from './messages';
import { Navigator, navigator } from './navigator';
import { Scheduler, kinds as schedulerKinds } from './scheduler';
import { timers } from './timers';
import { callbackOf, checkCount } from './web-errors';
import { Location, exposeAttributes, location } from './window-attributes';
import { Worker } from './workers/worker';

const ofNode = [
  'global', 'process', 'Buffer', 'setImmediate', 'clearImmediate', 'BroadcastChannel', 'PerformanceObserver',
  'PerformanceObserverEntryList', 'PerformanceResourceTiming', 'SharedArrayBuffer',
];

const notModelled = [
  'SharedWorker', 'BroadcastChannel', 'Request', 'FormData', 'XMLHttpRequest',
  'WebSocket', 'EventSource', 'PerformanceObserver', 'ResizeObserver', 'IntersectionObserver', 'Image', 'Audio', 'alert', 'confirm',
  'prompt', 'open', 'close', 'getComputedStyle', 'matchMedia', 'getSelection', 'createImageBitmap', 'WebAssembly', 'Notification',
  'DOMParser', 'XMLSerializer', 'FileReader', 'ReadableStream', 'WritableStream', 'TransformStream', 'CompressionStream',
  'DecompressionStream', 'OffscreenCanvas', 'scrollTo', 'scrollBy', 'customElements',
];
const notModelledObjects = ['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'crypto', 'history', 'navigation', 'visualViewport'];

/** HTML's handlers of the window itself. */
const windowEvents = [
  'load', 'error', 'message', 'messageerror', 'unhandledrejection', 'rejectionhandled', 'click', 'focus', 'blur', 'keydown', 'keyup',
  'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'mousemove', 'input', 'change', 'submit', 'resize', 'scroll', 'online', 'offline',
  'beforeunload', 'unload', 'pagehide', 'pageshow', 'popstate', 'hashchange', 'storage',
];

class Window extends EventTarget {
  constructor() {
    throw new NativeTypeError("Failed to construct 'Window': Illegal constructor");
    super();
  }
}

function queueMicrotask(...given: unknown[]): void {
  const callback = callbackOf(given, 'queueMicrotask', 'Window');
  enqueueMicrotask({ origin: 'queueMicrotask', label: nameOf(callback), site: siteOf(callback) }, () => {
    call(callback, undefined);
  });
}

function reportError(...given: unknown[]): void {
  checkCount(given, 1, 'reportError', 'Window');
  reportException(given[0]);
}

/** Where names of elements stand: parts/dom. */
export const windowProperties: object = Object.create(EventTarget.prototype) as object; // an object of that prototype

function installWindow(): void {
  asInterface(Window, 'Window');
  namedElements.owner = windowProperties;
  hide(windowProperties, Symbol.toStringTag, 'WindowProperties');
  setPrototypeOf(Window.prototype, windowProperties);
  setPrototypeOf(globalThis, Window.prototype);
  hide(globalThis, Symbol.toStringTag, 'Window');
  exposeAttributes({ navigator }, { scheduler: new Scheduler() });
  defineHandlers(globalThis, windowEvents);
}

export function installGlobals(): void {
  for (const name of ofNode) Reflect.deleteProperty(globalThis, name);
  installWindow();
  const functions = {
    ...timers, ...animation, ...idle,
    queueMicrotask: named(queueMicrotask, 'queueMicrotask', 1),
    reportError: named(reportError, 'reportError', 1),
    postMessage: named(postToWindow, 'postMessage', 1),
    structuredClone: named(structuredClone, 'structuredClone', 1),
    fetch: named(fetch, 'fetch', 1),
  };
  const classes = {
    Window, Event, EventTarget, AbortController, AbortSignal, MessageChannel, MessagePort, IdleDeadline,
    ...eventKinds, ...schedulerKinds, Worker, Headers, Response,
  };
  expose({ ...functions, ...classes, Navigator, Location });
  const console = (globalThis as { console?: object }).console ?? {};
  for (const name of ['Console']) Reflect.deleteProperty(console, name);
  // Browsers have had it longer than Node 20.
  const iterators = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()) ?? {});
  expose({ Iterator: iterators?.constructor });
  for (const name of notModelled) hide(globalThis, name, standIn(name));
  for (const name of notModelledObjects) hide(globalThis, name, standIn(name, 'object'));
  addLacking(location, hostNames['Location'] ?? [], 'location');
  const { performance = {} } = globalThis as { readonly performance?: object };
  addLacking(performance, hostNames['Performance'] ?? [], 'performance');
  const made: Readonly<Record<string, { readonly prototype: object }>> = classes;
  for (const name of Object.keys(classes)) addLacking(made[name]?.prototype ?? {}, hostNames[name] ?? [], name);
  addWindowNames(true);
}

/** A variable of the script and the property of the window are one: whoever sets one sets the other. */
windowNames.declare = (names) => {
  for (const [name, [get, set]] of Object.entries(names)) {
    const known = isOwn(globalThis, name) && Reflect.getOwnPropertyDescriptor(globalThis, name)?.configurable !== true;
    if (!known) defineProperty(globalThis, name, { get, set, enumerable: true, configurable: false });
  }
};

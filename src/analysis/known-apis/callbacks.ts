/**
 * Why this file exists: a function that is handed over runs now, later, or in another agent; these tables say which,
 * by library identity.
 */

/** When a callback runs, seen from the call that takes it. `now`: before the call returns. */
export type CallbackTime = 'now' | 'later' | 'worker';

/** What brings a later callback back. */
export type ScheduledBy = 'timer' | 'tick' | 'microtask' | 'immediate' | 'event' | 'completion' | 'request';

export interface CallbackApi {
  readonly time: CallbackTime;
  readonly by?: ScheduledBy;
}

const now: CallbackApi = { time: 'now' };

const arrayMethods =
  'map forEach filter reduce reduceRight some every find findIndex findLast findLastIndex flatMap sort toSorted from';
const collections = [
  'Array',
  'ReadonlyArray',
  'Map',
  'ReadonlyMap',
  'Set',
  'ReadonlySet',
  'NodeListOf',
  'URLSearchParams',
  'Headers',
  'FormData',
];
const typedArrays = [
  'Int8',
  'Uint8',
  'Uint8Clamped',
  'Int16',
  'Uint16',
  'Int32',
  'Uint32',
  'Float32',
  'Float64',
  'BigInt64',
  'BigUint64',
];

const callNow = [
  ...[...collections, ...typedArrays.map((name) => `${name}Array`)].flatMap((type) =>
    arrayMethods.split(' ').map((m) => `global ${type}.${m}`),
  ),
  'global Promise',
  'global Promise.try',
  'global String.replace',
  'global String.replaceAll',
  'global JSON.parse',
  'global JSON.stringify',
  'global Reflect.apply',
  'global Function.call',
  'global Function.apply',
  'global CallableFunction.call',
  'global CallableFunction.apply',
  'global Object.groupBy',
  'global Map.groupBy',
  'global Iterator.map',
  'global Iterator.filter',
  'global Iterator.forEach',
  'node:async_hooks AsyncLocalStorage.run',
  'node:async_hooks AsyncLocalStorage.exit',
  'node:async_hooks AsyncResource.runInAsyncScope',
  'node:assert throws',
  'node:assert doesNotThrow',
];

const later: Readonly<Record<ScheduledBy, string>> = {
  timer:
    'global setTimeout|global setInterval|node:timers setTimeout|node:timers setInterval|global requestAnimationFrame|global requestIdleCallback',
  tick: 'global process.nextTick|node:process nextTick|global NodeJS.Process.nextTick',
  microtask:
    'global queueMicrotask|global Promise.then|global Promise.catch|global Promise.finally|global PromiseLike.then',
  immediate: 'global setImmediate|node:timers setImmediate',
  event:
    'node:events EventEmitter.on|node:events EventEmitter.once|node:events EventEmitter.addListener|node:events EventEmitter.prependListener|' +
    'global EventTarget.addEventListener|global NodeJS.EventEmitter.on|global NodeJS.EventEmitter.once|global NodeJS.EventEmitter.addListener|' +
    'global NodeJS.Process.on|global NodeJS.Process.once|node:process on|node:process once',
  completion: '',
  request:
    'node:http createServer|node:https createServer|node:net createServer|node:http2 createServer|node:http2 createSecureServer|node:tls createServer',
};

const table = new Map<string, CallbackApi>(callNow.map((key) => [key, now]));
for (const [by, keys] of Object.entries(later)) {
  // Object.entries forgets the keys of the record.
  for (const key of keys.split('|')) if (key !== '') table.set(key, { time: 'later', by: by as ScheduledBy });
}

const laterListeners = /(^|\.)(on|once|addListener|prependListener|addEventListener|prependOnceListener)$/;
const completionModules =
  /^node:(fs|crypto|zlib|dns|child_process|net|http|https|http2|tls|stream|readline|worker_threads|dgram)$/;
const requestModules = /^(express|express-serve-static-core|fastify|koa|koa-router|@koa\/router|hono|restify|polka)$/;

/** When the callbacks of a library function run; undefined when nothing is known. */
export function callbackApi(module: string, name: string): CallbackApi | undefined {
  const known = table.get(`${module} ${name}`);
  if (known !== undefined) return known;
  if (laterListeners.test(name)) return { time: 'later', by: 'event' };
  if (requestModules.test(module)) return { time: 'later', by: 'request' };
  // The asynchronous halves of Node's own modules answer through their last argument.
  if (completionModules.test(module) && !name.endsWith('Sync')) return { time: 'later', by: 'completion' };
  return undefined;
}

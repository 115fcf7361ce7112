/**
 * Why this file exists: whoever requires a file that is still running gets its exports so far, and is warned of names
 * that are not there yet. Node 20: lib/internal/modules/cjs/loader.js, getExportsForCircularRequire.
 */
import { getOwnPropertyDescriptor, getPrototypeOf, isObject, setPrototypeOf } from './primordials';
import { process } from './process-object';
import { makeProxy } from './proxies';
import { proxyDetails } from './proxy-guards';

const objectPrototype = Object.prototype;
const { hasOwn } = Object;

function warn(key: PropertyKey): undefined {
  const what = `Accessing non-existent property '${String(key)}' of module exports inside circular dependency`;
  process.emitWarning(what);
  return undefined;
}

const warningPrototype = makeProxy({}, {
  get: (target, key) => (key in target || key === '__esModule' ? (Reflect.get(target, key) as unknown) : warn(key)),
  getOwnPropertyDescriptor: (target, key) =>
    hasOwn(target, key) || key === '__esModule' ? getOwnPropertyDescriptor(target, key) : warn(key),
});

interface Running {
  readonly exports: unknown;
}

/** The exports of a module that is still running. */
export function exportsSoFar({ exports }: Running): unknown {
  const isPlain = isObject(exports) && !proxyDetails(exports) && getPrototypeOf(exports) === objectPrototype;
  if (isPlain && !(exports as { readonly __esModule?: unknown }).__esModule) setPrototypeOf(exports, warningPrototype);
  return exports;
}

/** Once it has run, nothing is missing any more. */
export function endWarnings({ exports }: Running): void {
  const isWatched = isObject(exports) && !proxyDetails(exports) && getPrototypeOf(exports) === warningPrototype;
  if (isWatched) setPrototypeOf(exports, objectPrototype);
}

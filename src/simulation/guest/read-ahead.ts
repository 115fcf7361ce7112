/**
 * Why this file exists: CommonJS modules that the loader of ES modules has read for their names are in the cache before
 * they run; others that are there and not loaded are running.
 * Node 20: lib/internal/modules/cjs/loader.js (Module._load).
 */
import { NativeWeakMap, apply } from './primordials';

const started = new NativeWeakMap<object, boolean>();
const { get, has, set } = NativeWeakMap.prototype;

export function noteReadAhead(module: object, isStarted: boolean): void {
  apply(set, started, [module, isStarted]);
}

export function isReadAhead(module: object): boolean {
  return apply(has, started, [module]);
}

/** True for the first who asks, of a module that was read and did not run yet. */
export function startsNow(module: object): boolean {
  if (apply(get, started, [module]) !== false) return false;
  noteReadAhead(module, true);
  return true;
}

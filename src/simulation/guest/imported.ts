/** Why this file exists: what is no ES module and was imported by one; that `require` knows it does not count. */
import type { ForeignModule } from './foreign-modules';
import { NativeWeakMap, apply } from './primordials';

const imported = new NativeWeakMap<object, true>();
const { has, set } = NativeWeakMap.prototype;

export function noteImported(target: ForeignModule): void {
  apply(set, imported, [target, true]);
}

export function wasImported(target: ForeignModule): boolean {
  return apply(has, imported, [target]);
}

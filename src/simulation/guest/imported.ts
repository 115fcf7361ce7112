/** Why this file exists: what is no ES module and was imported by one; that `require` knows it does not count. */
import type { ForeignModule } from './foreign-modules';
import { NativeWeakMap, apply } from './primordials';

const imported = new NativeWeakMap<object, true>();
const { has, set } = NativeWeakMap.prototype;

/** Whether a CommonJS file was one of them: Node has loaded its reader of names then. */
export const lexer = { isThere: false };

export function isCommonJs(target: ForeignModule): boolean {
  return !target.isBuiltin && !target.isJson;
}

export function noteImported(target: ForeignModule): void {
  lexer.isThere ||= isCommonJs(target);
  apply(set, imported, [target, true]);
}

export function wasImported(target: ForeignModule): boolean {
  return apply(has, imported, [target]);
}

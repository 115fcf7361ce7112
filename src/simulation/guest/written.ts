/**
 * Why this file exists: what the program last wrote to or deleted from, as it notes it itself
 * (lower/written-members.ts): V8 names it where that is refused. Nothing here runs the program's code.
 */
import { isNamespace } from './namespaces';
import { getOwnPropertyDescriptor, getPrototypeOf, isObject } from './primordials';
import { proxyDetails } from './proxy-guards';

interface Written {
  readonly object: unknown;
  /** Undefined where it stands in the text. */
  readonly key: unknown;
}

/** main.ts says how to ask the program. */
export const writing: { last: () => Written } = { last: () => ({ object: undefined, key: undefined }) };

export function lastWritten(): unknown {
  return writing.last().object;
}

/** A key of the text; `*` stands for one that only the running program knows. */
export function keyWritten(text: string): string {
  const { key } = writing.last();
  return text === '*' && !isObject(key) ? String(key) : text;
}

/** It, or the prototype of it that has the property, where that passes. */
export function ownerWritten(key: PropertyKey, passes: (found: PropertyDescriptor) => boolean): object | undefined {
  const object = lastWritten();
  if (!isObject(object)) return undefined;
  for (let at: object | null = object; at !== null; at = getPrototypeOf(at)) {
    if (proxyDetails(at)) return undefined;
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return isNamespace(at) || passes(own) ? at : undefined;
  }
  return undefined;
}

/** The key that was written, as the object knows it: the engine spells symbols without what makes them one. */
export function keyOfObject(name: string): PropertyKey {
  const { key } = writing.last();
  return typeof key === 'symbol' && (key.description ?? '') === name.replace(/^Symbol\((.*)\)$/s, '$1') ? key : name;
}

/**
 * Why this file exists: what a Proxy's trap must not answer, in V8's words. The engine looks, as the language says, and
 * throws; which of the rules it was is seen by the trap's last answer and the target, without running anything.
 * V8: src/common/message-template.h, kProxy….
 */
import { clock } from './clock';
import type { Fault, Words } from './faults';
import {
  apply, getOwnPropertyDescriptor, getPrototypeOf, isObject, ownKeys,
} from './primordials';
import { lastAnswer, type Answer, type Trap } from './proxies';
import { proxyDetails } from './proxy-guards';
import { accessAround, accessKinds } from './access-places';
import { describe } from './words';

const { isExtensible } = Reflect;
const { includes } = Array.prototype;

/** The engine names the operation, or what it is about. */
function inconsistent({ 0: what = '' }: readonly string[], fault: Fault): string | undefined {
  const trap = what === 'prototype' ? lastOf('getPrototypeOf', 'setPrototypeOf') : what;
  placed(fault, trap);
  const rule = rules[trap];
  const answer = lastAnswer(trap as Trap); // only an operation's name has a rule
  return rule === undefined || answer === undefined ? undefined : `'${trap}' on proxy: ${rule(answer)}`;
}

function lastOf(first: Trap, second: Trap): Trap {
  return (lastAnswer(first)?.order ?? 0) > (lastAnswer(second)?.order ?? 0) ? first : second;
}

/** V8 places what a trap did where the property is read, written or deleted. */
function placed(fault: Fault, trap: string): void {
  const kind = accessKinds[trap];
  if (kind !== undefined && fault.spot !== undefined) fault.at = accessAround(fault.spot, { kind, key: '' })?.[3] ?? fault.at;
}

/** A trap said no where that is an error. */
export function refusedBy(trap: Trap): (m: readonly string[], fault: Fault) => string {
  return (_m, fault) => {
    placed(fault, trap);
    return `'${trap}' on proxy: trap returned falsish${ofProperty(trap)}`;
  };
}

function ofProperty(trap: Trap): string {
  if (trap === 'preventExtensions') return '';
  return ` for property '${trap === 'setPrototypeOf' ? 'undefined' : keyOf(lastAnswer(trap))}'`;
}

/** A property could not be deleted, and it was a trap that said so just now. */
export function deletionRefused(fault: Fault): string | undefined {
  const answer = lastAnswer('deleteProperty');
  const isFresh = answer !== undefined && !answer.result && answer.at === clock.now();
  return isFresh ? refusedBy('deleteProperty')([], fault) : undefined;
}

function keyOf(answer: Answer | undefined): string {
  return String(answer?.args[1]);
}

/** The object behind proxies of proxies. */
function targetOf({ args }: Answer): object {
  let target = args[0] as object; // of every trap
  for (let next = proxyDetails(target); next !== undefined; next = proxyDetails(target)) target = next.target;
  return target;
}

function ownOf(answer: Answer): PropertyDescriptor | undefined {
  return getOwnPropertyDescriptor(targetOf(answer), answer.args[1] as PropertyKey); // of the traps that have a key
}

const nowhere = 'which is either non-existent or configurable in the proxy target';
const clashes = 'that is incompatible with the existing property in the proxy target';

const rules: Readonly<Record<string, (answer: Answer) => string>> = {
  get(answer) {
    const own = ownOf(answer);
    const [key, got] = [keyOf(answer), describe(answer.result)];
    return own?.writable === undefined
      ? `property '${key}' is a non-configurable accessor property on the proxy target and does not have a getter function, but the trap did not return 'undefined' (got '${got}')`
      : `property '${key}' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value (expected '${describe(own.value)}' but got '${got}')`;
  },
  set(answer) {
    const isAccessor = ownOf(answer)?.writable === undefined;
    const kind = isAccessor ? 'accessor property without a setter' : 'data property with a different value';
    return `trap returned truish for property '${keyOf(answer)}' which exists in the proxy target as a non-configurable and non-writable ${kind}`;
  },
  has(answer) {
    return ownOf(answer)?.configurable === false
      ? `trap returned falsish for property '${keyOf(answer)}' which exists in the proxy target as non-configurable`
      : `trap returned falsish for property '${keyOf(answer)}' but the proxy target is not extensible`;
  },
  deleteProperty(answer) {
    return ownOf(answer)?.configurable === false
      ? `trap returned truish for property '${keyOf(answer)}' which is non-configurable in the proxy target`
      : `trap returned truish for property '${keyOf(answer)}' but the proxy target is non-extensible`;
  },
  defineProperty(answer) {
    const [own, key] = [ownOf(answer), keyOf(answer)];
    if (own === undefined && !isExtensible(targetOf(answer)))
      return `trap returned truish for adding property '${key}'  to the non-extensible proxy target`;
    if (own?.configurable !== false)
      return `trap returned truish for defining non-configurable property '${key}' ${nowhere}`;
    return onlyWritable(own, answer.args[2])
      ? `trap returned truish for defining non-configurable property '${key}' which cannot be non-writable`
      : `trap returned truish for adding property '${key}'  ${clashes}`;
  },
  getOwnPropertyDescriptor(answer) {
    const [own, key] = [ownOf(answer), keyOf(answer)];
    if (answer.result === undefined)
      return own?.configurable === false
        ? `trap returned undefined for property '${key}' which is non-configurable in the proxy target`
        : `trap returned undefined for property '${key}' which exists in the non-extensible proxy target`;
    const isNew = own === undefined && !isExtensible(targetOf(answer));
    if (own?.configurable !== false && !isNew)
      return `trap reported non-configurability for property '${key}' ${nowhere}`;
    return own !== undefined && onlyWritable(own, answer.result)
      ? `trap reported non-configurable and writable for property '${key}' which is non-configurable, non-writable in the proxy target`
      : `trap returned descriptor for property '${key}' ${clashes}`;
  },
  getPrototypeOf: () => 'proxy target is non-extensible but the trap did not return its actual prototype',
  setPrototypeOf: () => 'trap returned truish for setting a new prototype on the non-extensible proxy target',
  isExtensible: (answer) =>
    `trap result does not reflect extensibility of proxy target (which is '${isExtensible(targetOf(answer))}')`,
  preventExtensions: () => 'trap returned truish but the proxy target is extensible',
};

/** A field of a descriptor that the program made, read without running anything. */
function field(object: unknown, key: keyof PropertyDescriptor): unknown {
  for (let at: unknown = object; isObject(at) && !proxyDetails(at); at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return own.value;
  }
  return undefined;
}

/** The only thing wrong with it: it takes away that the target's property can be written. */
function onlyWritable(own: PropertyDescriptor, given: unknown): boolean {
  if (own.writable !== true || field(given, 'writable') === true || field(given, 'configurable') === true) return false;
  const enumerable = field(given, 'enumerable');
  return enumerable === undefined || enumerable === own.enumerable;
}

/** The keys that the trap `ownKeys` answered. */
function keysAnswered({ result }: Answer): unknown[] {
  const keys: unknown[] = [];
  const length = Number(field(result, 'length' as keyof PropertyDescriptor)); // of a list
  for (let i = 0; i < length; i++) keys[i] = field(result, String(i) as keyof PropertyDescriptor); // its elements
  return keys;
}

function notAKey(): string | undefined {
  const answer = lastAnswer('ownKeys');
  const keys = answer === undefined ? [] : keysAnswered(answer);
  for (let i = 0; i < keys.length; i++)
    if (typeof keys[i] !== 'string' && typeof keys[i] !== 'symbol')
      return `${describe(keys[i])} is not a valid property name`;
  return undefined;
}

/** The first key that must be there: those that cannot be configured come first. */
function keyMissing(): string | undefined {
  const answer = lastAnswer('ownKeys');
  if (answer === undefined) return undefined;
  const [target, answered] = [targetOf(answer), keysAnswered(answer)];
  const all = ownKeys(target);
  let missing: PropertyKey | undefined;
  for (let i = all.length - 1; i >= 0; i--) {
    const key = all[i] ?? '';
    if (apply(includes, answered, [key])) continue;
    if (missing === undefined || isFixed(target, key) || !isFixed(target, missing)) missing = key;
  }
  return `'ownKeys' on proxy: trap result did not include '${String(missing)}'`;
}

function isFixed(target: object, key: PropertyKey): boolean {
  return getOwnPropertyDescriptor(target, key)?.configurable === false;
}

/** [the engine's words, V8's]. */
export const proxyRules: readonly (readonly [RegExp, Words])[] = [
  [/^proxy: inconsistent (\w+)$/, inconsistent],
  [/^proxy: defineProperty exception$/, refusedBy('defineProperty')],
  [/^proxy: bad prototype$/, refusedBy('setPrototypeOf')],
  [/^(?:proxy preventExtensions handler returned false|Cannot prevent extensions)$/, refusedBy('preventExtensions')],
  [/^proxy: ownKeys must return an object$/, 'CreateListFromArrayLike called on non-object'],
  [/^proxy: properties must be strings or symbols$/, notAKey],
  [/^proxy: duplicate property$/, "'ownKeys' on proxy: trap returned duplicate entries"],
  [/^proxy: target property must be present in proxy ownKeys$/, keyMissing],
  [/^proxy: property not present in target were returned by non extensible proxy$/, "'ownKeys' on proxy: trap returned extra keys but proxy target is non-extensible"],
];

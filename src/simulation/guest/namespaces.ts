/** Why this file exists: the namespaces of modules, ECMA-262 §10.4.6 Module Namespace Exotic Objects. */
import {
  NativeProxy,
  NativeTypeError,
  NativeWeakMap,
  apply,
  createObject,
  defineProperty,
  get,
  getOwnPropertyDescriptor,
  hide,
  isObject,
  named,
} from './primordials';

type Read = (name: string) => unknown;

interface Namespace {
  readonly target: object;
  readonly read: Read;
}

const namespaces = new NativeWeakMap<object, Namespace>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

export function isNamespace(object: object): boolean {
  return apply(lookUp, namespaces, [object]) !== undefined;
}

/** Data properties that cannot be set and are read live. */
export function exoticNamespace(names: readonly string[], read: Read): object {
  const target = createObject(null) as object;
  for (const name of names) defineProperty(target, name, { value: undefined, writable: true, enumerable: true });
  defineProperty(target, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(target);
  const namespace = new NativeProxy(target, {
    get: (_, key) => (typeof key === 'string' && Object.hasOwn(target, key) ? read(key) : get(target, key)),
    set: () => false,
    defineProperty: (_, key, asked) => definesNothingNew({ target, read }, key, asked),
    deleteProperty: (_, key) => !Object.hasOwn(target, key),
    getOwnPropertyDescriptor: (_, key) => {
      const own = getOwnPropertyDescriptor(target, key);
      return own === undefined || typeof key !== 'string' ? own : { ...own, value: read(key) };
    },
  });
  apply(remember, namespaces, [namespace, { target, read }]);
  return namespace;
}

/** §10.4.6.7 [[DefineOwnProperty]]: true where the definition says what is there already. */
function definesNothingNew({ target, read }: Namespace, key: PropertyKey, asked: PropertyDescriptor): boolean {
  if (typeof key === 'symbol') return defineProperty(target, key, asked);
  if (getOwnPropertyDescriptor(target, key) === undefined) return false;
  if (asked.configurable === true || asked.enumerable === false || asked.writable === false) return false;
  if ('get' in asked || 'set' in asked) return false;
  return !('value' in asked) || Object.is(asked.value, read(String(key)));
}

/**
 * The engine takes no `true` of a Proxy's trap for a property that is writable and not configurable, as those of
 * namespaces are: whoever defines one on a namespace is answered here.
 */
export function installNamespaces(): void {
  answerFor(globalThis.Reflect, (_namespace, _key, isDone) => isDone);
  answerFor(globalThis.Object, (namespace, key, isDone) => {
    if (!isDone) throw new NativeTypeError(`Cannot redefine property: ${String(key)}`);
    return namespace;
  });
}

function answerFor(
  owner: { defineProperty: unknown },
  answer: (namespace: object, key: PropertyKey, isDone: boolean) => unknown,
): void {
  const native = owner.defineProperty as (...args: unknown[]) => unknown;
  const method = {
    call(this: unknown, ...args: unknown[]): unknown {
      const known = isObject(args[0]) ? (apply(lookUp, namespaces, [args[0]]) as Namespace | undefined) : undefined;
      if (known === undefined || !isObject(args[0])) return apply(native, this, args);
      // What both are given becomes a key and a descriptor as they make them themselves.
      const made = {};
      apply(native, owner, [made, args[1], args[2]]);
      const key = Reflect.ownKeys(made)[0] ?? '';
      return answer(args[0], key, definesNothingNew(known, key, asked(args[2], getOwnPropertyDescriptor(made, key))));
    },
  }.call;
  hide(owner, 'defineProperty', named(method, 'defineProperty', native.length));
}

/** The fields that were given, with what they became. */
function asked(given: unknown, made: PropertyDescriptor | undefined): PropertyDescriptor {
  const fields: Record<string, unknown> = {};
  for (const field of ['value', 'writable', 'enumerable', 'configurable', 'get', 'set'] as const)
    if (isObject(given) && field in given && made !== undefined) fields[field] = made[field];
  return fields;
}

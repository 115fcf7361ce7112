/**
 * Why this file exists: what real Node has and the simulation has not yet may be asked for by name, by `typeof` or by
 * an import that is never used; only who uses it ends the run, at the line of the use.
 */
import { endNow } from './ending';
import { NativeProxy, SafeMap, SafeSet, defineProperty, named } from './primordials';
import { here } from './recorder';

function end(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

/** A function, or an object, that ends the run when anything is done with it. */
export function standIn(what: string, kind: 'function' | 'object' = 'function'): object {
  const constructible = function (): undefined {
    return undefined; // never called: the traps come first
  };
  const target = kind === 'function' ? named(constructible, what) : {};
  const ends = (): never => end(what);
  return new NativeProxy(target, {
    apply: ends,
    construct: ends,
    defineProperty: ends,
    deleteProperty: ends,
    get: ends,
    getOwnPropertyDescriptor: ends,
    getPrototypeOf: ends,
    has: ends,
    isExtensible: ends,
    ownKeys: ends,
    preventExtensions: ends,
    set: ends,
    setPrototypeOf: ends,
  });
}

/** Members of a class of Node's that are not modelled: who reads one ends the run; who writes one has its own. */
export function lackMembers(target: object, owner: string, keys: readonly string[]): void {
  for (const key of keys)
    defineProperty(target, key, {
      get: () => end(`${owner}.${key}`),
      set(this: object, value: unknown) {
        defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
      },
      enumerable: false,
      configurable: true,
    });
}

/** Members that are values, not functions: reading one is using it. */
const values = new SafeSet([
  'EOL',
  'devNull',
  'constants',
  'isMainThread',
  'threadId',
  'workerData',
  'parentPort',
  'promises',
]);

/** A module of Node's that is not modelled: its names are there, each ends the run when it is used. */
export function moduleStandIn(name: string): object {
  const members = new SafeMap<PropertyKey, object>();
  const self: object = new NativeProxy(
    {},
    {
      get(_, key) {
        if (key === '__esModule') return true; // compiled code then takes it as it is
        if (key === 'default') return self;
        if (key === 'then' || typeof key === 'symbol') return undefined;
        if (key === 'constructor') end(`node:${name}`);
        const what = `${key} of node:${name}`;
        if (values.has(key)) end(what);
        const member = members.get(key) ?? standIn(what);
        members.set(key, member);
        return member;
      },
      has: () => true,
      set: () => end(`Changing node:${name}`),
    },
  );
  return self;
}

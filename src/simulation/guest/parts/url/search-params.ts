/** Why this file exists: `URLSearchParams`. https://url.spec.whatwg.org/#urlsearchparams; Node 20: lib/internal/url.js. */
import { callUnder } from '../../stood-for';
import { parseUrlencodedString, serializeUrlencoded } from 'whatwg-url/lib/urlencoded.js';
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { wellFormed } from '../../modules/encoding';
import { inspectCustom } from '../../modules/events/event';
import { codedError, invalidCallback } from '../../node-errors';
import {
  NativeTypeError,
  createObject,
  defineProperty,
  get,
  getPrototypeOf,
  hide,
  isCallable,
  isObject,
  named,
  ownKeys,
  toText,
} from '../../primordials';

type Pair = [string, string];

export function invalidThis(name: string): Error {
  return codedError(NativeTypeError, 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`);
}

export function missing(...names: string[]): Error {
  const list = names.map((name) => `"${name}"`).join(' and ');
  const what = `The ${list} argument${names.length > 1 ? 's' : ''} must be specified`;
  return codedError(NativeTypeError, 'ERR_MISSING_ARGS', what);
}

function usv(value: unknown): string {
  return wellFormed(toText(value));
}

function badPair(): Error {
  const words = 'Each query pair must be an iterable [name, value] tuple';
  return codedError(NativeTypeError, 'ERR_INVALID_TUPLE', words);
}

function pairOf(value: unknown): Pair {
  if (!isObject(value) || !isCallable(get(value, Symbol.iterator))) throw badPair();
  const [name, text, ...more] = [...(value as Iterable<unknown>)]; // just asked
  if (more.length > 0 || [...(value as Iterable<unknown>)].length !== 2) throw badPair();
  return [usv(name), usv(text)];
}

function listFrom(init: unknown): Pair[] {
  if (init === undefined || init === null) return [];
  if (!isObject(init)) return parsed(usv(init).replace(/^\?/, ''));
  const iterate: unknown = get(init, Symbol.iterator);
  if (iterate !== undefined && iterate !== null) {
    if (!isCallable(iterate)) throw codedError(NativeTypeError, 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable');
    return [...(init as Iterable<unknown>)].map(pairOf);
  }
  const known = new Map<string, string>();
  for (const key of ownKeys(init)) {
    if (Object.prototype.propertyIsEnumerable.call(init, key)) known.set(usv(key), usv(get(init, key)));
  }
  return [...known];
}

function parsed(query: string): Pair[] {
  return parseUrlencodedString(query);
}

/** What an URL is told when its parameters change. */
interface Owner {
  changed(query: string): void;
}

let listOf: (params: URLSearchParams, name?: string) => Pair[];

const toEach = callUnder('URLSearchParams.forEach (node:internal/url:691:16)');

export class URLSearchParams {
  #list: Pair[];
  #owner: Owner | undefined;

  static {
    listOf = (params, name = 'URLSearchParams') => {
      if (!isObject(params) || !(#list in params)) throw invalidThis(name);
      return params.#list;
    };
  }

  constructor(init?: unknown) {
    this.#list = listFrom(init);
  }

  /** The parameters of an URL: each change of one is a change of the other. */
  static ofUrl(query: string, owner: Owner): URLSearchParams {
    const made = new URLSearchParams();
    made.#list = parsed(query);
    made.#owner = owner;
    return made;
  }

  /** The URL's query has changed. */
  static reset(params: URLSearchParams, query: string): void {
    params.#list = parsed(query);
  }

  #change(list: Pair[]): void {
    this.#list = list;
    this.#owner?.changed(serializeUrlencoded(list));
  }

  get size(): number {
    return listOf(this).length;
  }

  append(...given: [name?: unknown, value?: unknown]): void {
    const list = listOf(this);
    if (given.length < 2) throw missing('name', 'value');
    this.#change([...list, [usv(given[0]), usv(given[1])]]);
  }

  delete(...given: [name?: unknown, value?: unknown]): void {
    const list = listOf(this);
    if (given.length === 0) throw missing('name');
    const name = usv(given[0]);
    const value = given[1] === undefined ? undefined : usv(given[1]);
    this.#change(list.filter(([key, each]) => key !== name || (value !== undefined && each !== value)));
  }

  get(...given: [name?: unknown]): string | null {
    const list = listOf(this);
    if (given.length === 0) throw missing('name');
    const name = usv(given[0]);
    return list.find(([key]) => key === name)?.[1] ?? null;
  }

  getAll(...given: [name?: unknown]): string[] {
    const list = listOf(this);
    if (given.length === 0) throw missing('name');
    const name = usv(given[0]);
    return list.filter(([key]) => key === name).map(([, value]) => value);
  }

  has(...given: [name?: unknown, value?: unknown]): boolean {
    const list = listOf(this);
    if (given.length === 0) throw missing('name');
    const name = usv(given[0]);
    const value = given[1] === undefined ? undefined : usv(given[1]);
    return list.some(([key, each]) => key === name && (value === undefined || each === value));
  }

  set(...given: [name?: unknown, value?: unknown]): void {
    const list = listOf(this);
    if (given.length < 2) throw missing('name', 'value');
    const [name, value] = [usv(given[0]), usv(given[1])];
    const at = list.findIndex(([key]) => key === name);
    if (at < 0) this.#change([...list, [name, value]]);
    else {
      const rest = list.filter(([key], i) => i === at || key !== name);
      this.#change(rest.map((pair, i) => (i === at ? [name, value] : pair)));
    }
  }

  sort(): void {
    const list = listOf(this);
    this.#change([...list].sort(([a], [b]) => (a === b ? 0 : a < b ? -1 : 1)));
  }

  entries(): object {
    listOf(this);
    return iterator(this, 'entries');
  }

  forEach(callback: unknown, self?: unknown): void {
    listOf(this);
    if (!isCallable(callback)) throw invalidCallback(callback);
    for (let i = 0; i < this.#list.length; i++) {
      const [key, value] = this.#list[i] ?? ['', ''];
      toEach(callback, self, [value, key, this]);
    }
  }

  keys(): object {
    listOf(this);
    return iterator(this, 'keys');
  }

  values(): object {
    listOf(this);
    return iterator(this, 'values');
  }

  toString(): string {
    return serializeUrlencoded(listOf(this));
  }

  [inspectCustom](depth: unknown, options: object): string {
    const list = listOf(this);
    if (typeof depth === 'number' && depth < 0) return '[Object]';
    const shown = list.map(([key, value]) => `${inspect(key, options)} => ${inspect(value, options)}`);
    const name = this.constructor.name;
    return shown.length === 0 ? `${name} {}` : `${name} { ${shown.join(', ')} }`;
  }
}

type Kind = 'entries' | 'keys' | 'values';

interface Iteration {
  readonly params: URLSearchParams;
  readonly kind: Kind;
  next: number;
}

const iterations = new WeakMap<object, Iteration>();

function iterator(params: URLSearchParams, kind: Kind): object {
  const made = createObject(iteratorPrototype) as object;
  iterations.set(made, { params, kind, next: 0 });
  return made;
}

function iterationOf(value: unknown): Iteration {
  const found = isObject(value) ? iterations.get(value) : undefined;
  if (found === undefined) throw invalidThis('URLSearchParamsIterator');
  return found;
}

function picked([key, value]: Pair, kind: Kind): unknown {
  return kind === 'entries' ? [key, value] : kind === 'keys' ? key : value;
}

const nativeIterators = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()) as object);
const iteratorMethods = {
  next(this: unknown): { value: unknown; done: boolean } {
    const iteration = iterationOf(this);
    const pair = listOf(iteration.params)[iteration.next];
    if (pair === undefined) return { value: undefined, done: true };
    iteration.next++;
    return { value: picked(pair, iteration.kind), done: false };
  },
  [inspectCustom](this: unknown, depth: unknown, options: { readonly depth?: number | null }): string {
    const iteration = iterationOf(this);
    if (typeof depth === 'number' && depth < 0) return '[Object]';
    const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
    const shown = listOf(iteration.params)
      .slice(iteration.next)
      .map((pair) => inspect(picked(pair, iteration.kind), inner));
    return `URLSearchParams Iterator {${shown.length > 0 ? ` ${shown.join(', ')} ` : ''}}`;
  },
};
const iteratorPrototype = createObject(nativeIterators) as object;
for (const key of ownKeys(iteratorMethods)) hide(iteratorPrototype, key, get(iteratorMethods, key));
defineProperty(iteratorPrototype, 'next', { enumerable: true });
defineProperty(iteratorPrototype, Symbol.toStringTag, { value: 'URLSearchParams Iterator', configurable: true });

const lengths: Readonly<Record<string, number>> = { append: 2, set: 2, delete: 1, get: 1, getAll: 1, has: 1 };
const { prototype } = URLSearchParams;
for (const key of ownKeys(prototype)) {
  if (key === 'constructor' || typeof key === 'symbol') continue;
  defineProperty(prototype, key, { enumerable: true });
  if (Object.hasOwn(lengths, key)) named(get(prototype, key) as object, key, lengths[key]);
}
defineProperty(prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true });
hide(prototype, Symbol.iterator, get(prototype, 'entries'));

export const { ofUrl, reset } = URLSearchParams;
Reflect.deleteProperty(URLSearchParams, 'ofUrl');
Reflect.deleteProperty(URLSearchParams, 'reset');
named(URLSearchParams, 'URLSearchParams', 0);
isNodeClass(URLSearchParams);

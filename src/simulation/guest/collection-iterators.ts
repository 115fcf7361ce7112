/**
 * Why this file exists: an iterator of a Map or a Set is shown with what it has still to give, which only V8 can see.
 * Here it is found by asking the iterator, which uses it up; another takes its place from then on.
 */
import {
  NativeMap,
  NativeSet,
  NativeWeakMap,
  apply,
  bareList,
  getPrototypeOf,
  hide,
  named,
  type Callable,
} from './primordials';

interface Origin {
  readonly owner: object;
  readonly create: Callable;
  readonly isPairs: boolean;
}

/** One WeakMap for each way to make an iterator: making one costs one entry. */
const makers: { readonly made: WeakMap<object, object>; readonly create: Callable; readonly isPairs: boolean }[] = [];
const replaced = new NativeWeakMap<object, object>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

const mapIterators = getPrototypeOf(new NativeMap().entries()) as { next: Callable };
const setIterators = getPrototypeOf(new NativeSet().values()) as { next: Callable };
const nativeNext = { map: mapIterators.next, set: setIterators.next };

const mapSet = NativeMap.prototype.set as Callable;
const mapDelete = NativeMap.prototype.delete as Callable;
const mapSize = Reflect.getOwnPropertyDescriptor(NativeMap.prototype, 'size')?.get as Callable;
const setAdd = NativeSet.prototype.add as Callable;
const setDelete = NativeSet.prototype.delete as Callable;
const setSize = Reflect.getOwnPropertyDescriptor(NativeSet.prototype, 'size')?.get as Callable;

function originOf(iterator: object): Origin | undefined {
  for (let i = 0; i < makers.length; i++) {
    const maker = makers[i];
    const owner = maker && (apply(lookUp, maker.made, [iterator]) as object | undefined);
    if (maker !== undefined && owner !== undefined) return { ...maker, owner };
  }
  return undefined;
}

/** What an iterator that a Map or a Set gave goes over; undefined for any other value. */
export function iteratesOver(value: object): 'map' | 'set' | undefined {
  const origin = originOf(value);
  return origin && (origin.owner instanceof NativeMap ? 'map' : 'set');
}

function step(isMap: boolean, iterator: object): IteratorResult<unknown> {
  return apply(isMap ? nativeNext.map : nativeNext.set, iterator, []) as IteratorResult<unknown>;
}

interface Remaining {
  readonly entries: unknown[];
  readonly isPairs: boolean;
}

/** What an iterator has still to give, keys and values in turn where it gives pairs; undefined for any other value. */
export function remainingEntries(iterator: object): Remaining | undefined {
  const origin = originOf(iterator);
  if (origin === undefined) return undefined;
  const { owner, create, isPairs } = origin;
  const isMap = owner instanceof NativeMap;
  const last = {}; // an iterator that has ended does not find it
  apply(isMap ? mapSet : setAdd, owner, [last, last] as never[]);
  const current = (apply(lookUp, replaced, [iterator]) as object | undefined) ?? iterator;
  const found = bareList<unknown>();
  for (;;) {
    const next: IteratorResult<unknown, unknown> = step(isMap, current);
    if (next.done === true) break;
    found[found.length] = next.value;
  }
  apply(isMap ? mapDelete : setDelete, owner, [last] as never[]);
  const entries: unknown[] = [];
  if (found.length === 0) return { entries, isPairs };
  found.length--;
  const passed = (apply(isMap ? mapSize : setSize, owner, []) as number) - found.length;
  replace(iterator, apply(create, owner, []) as object, isMap, passed);
  for (let i = 0; i < found.length; i++) {
    const value = found[i];
    if (isPairs) entries.push((value as unknown[])[0], (value as unknown[])[1]);
    else entries.push(value);
  }
  return { entries, isPairs };
}

function replace(iterator: object, by: object, isMap: boolean, passed: number): void {
  for (let i = 0; i < passed; i++) step(isMap, by);
  apply(remember, replaced, [iterator, by]);
  followReplaced();
}

let follows = false;

/**
 * Only now does `next` look for iterators that were replaced: until one is shown, loops over collections run at full
 * speed. NOT MODELLED: a `for…of` that is under way when its own iterator is shown ends there.
 */
function followReplaced(): void {
  if (follows) return;
  follows = true;
  for (const [prototype, native] of [[mapIterators, nativeNext.map], [setIterators, nativeNext.set]] as const) {
    const method = {
      call(this: object): unknown {
        const other = apply(lookUp, replaced, [this]) as object | undefined;
        return apply(native, other ?? this, []);
      },
    }.call;
    hide(prototype, 'next', named(method, 'next', 0));
  }
}

function remembering(prototype: object, name: string, isPairs: boolean, alike: readonly PropertyKey[]): void {
  const create = (prototype as Record<string, Callable>)[name];
  if (create === undefined) return;
  const made = new NativeWeakMap<object, object>();
  makers[makers.length] = { made, create, isPairs };
  const method = {
    call(this: object): unknown {
      const iterator = apply(create, this, []) as object;
      apply(remember, made, [iterator, this]);
      return iterator;
    },
  }.call;
  named(method, name, 0);
  for (const key of [name, ...alike]) hide(prototype, key, method);
}

export function installCollectionIterators(): void {
  remembering(NativeMap.prototype, 'entries', true, [Symbol.iterator]);
  remembering(NativeMap.prototype, 'keys', false, []);
  remembering(NativeMap.prototype, 'values', false, []);
  remembering(NativeSet.prototype, 'entries', true, []);
  remembering(NativeSet.prototype, 'values', false, ['keys', Symbol.iterator]);
}

/** Why this file exists: `FormData` (XMLHttpRequest, §4.3). Undici 6: lib/web/fetch/formdata.js. */
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { NativeTypeError, call, defineProperty, hide, isArray, isCallable, toText } from '../../primordials';
import { Blob, File } from '../buffer/part';

type Value = string | File;

interface Entry {
  readonly name: string;
  readonly value: Value;
}

function wellFormed(value: unknown): string {
  return toText(value).replace(/\p{Surrogate}/gu, '\uFFFD');
}

function checkCount(given: readonly unknown[], method: string, needed: number): void {
  if (given.length >= needed) return;
  const [words, found] = [needed === 1 ? '1 argument' : `${needed} arguments`, given.length === 0 ? '0' : `only ${given.length}`];
  throw new NativeTypeError(`FormData.${method}: ${words} required, but ${found} found.`);
}

function entryOf(method: string, [name, value, filename]: readonly unknown[], hasFilename: boolean): Entry {
  if (!(value instanceof Blob)) {
    if (hasFilename)
      throw new NativeTypeError(`Failed to execute '${method}' on 'FormData': parameter 2 is not of type 'Blob'`);
    return { name: wellFormed(name), value: wellFormed(value) };
  }
  const isFile = value instanceof File && !hasFilename;
  const named = hasFilename ? wellFormed(filename) : value instanceof File ? value.name : 'blob';
  const more = value instanceof File ? { lastModified: value.lastModified } : {};
  return { name: wellFormed(name), value: isFile ? value : new File([value], named, { type: value.type, ...more }) };
}

export class FormData {
  #entries: Entry[] = [];

  constructor(form?: unknown) {
    if (form !== undefined) throw new NativeTypeError('FormData constructor: Argument 1 could not be converted to: undefined.');
  }

  append(...given: [name?: unknown, value?: unknown, filename?: unknown]): void {
    checkCount(given, 'append', 2);
    this.#entries.push(entryOf('append', given, given.length > 2));
  }

  set(...given: [name?: unknown, value?: unknown, filename?: unknown]): void {
    checkCount(given, 'set', 2);
    const entry = entryOf('set', given, given.length > 2);
    const at = this.#entries.findIndex(({ name }) => name === entry.name);
    if (at < 0) this.#entries.push(entry);
    else {
      const others = this.#entries.filter(({ name }) => name !== entry.name);
      this.#entries = others.toSpliced(at, 0, entry);
    }
  }

  delete(...given: [name?: unknown]): void {
    checkCount(given, 'delete', 1);
    const wanted = wellFormed(given[0]);
    this.#entries = this.#entries.filter(({ name }) => name !== wanted);
  }

  get(...given: [name?: unknown]): Value | null {
    checkCount(given, 'get', 1);
    const wanted = wellFormed(given[0]);
    return this.#entries.find(({ name }) => name === wanted)?.value ?? null;
  }

  getAll(...given: [name?: unknown]): Value[] {
    checkCount(given, 'getAll', 1);
    const wanted = wellFormed(given[0]);
    return this.#entries.filter(({ name }) => name === wanted).map(({ value }) => value);
  }

  has(...given: [name?: unknown]): boolean {
    checkCount(given, 'has', 1);
    const wanted = wellFormed(given[0]);
    return this.#entries.some(({ name }) => name === wanted);
  }

  *keys(): IterableIterator<string> {
    for (let i = 0; i < this.#entries.length; i++) yield this.#entries[i]?.name ?? '';
  }

  *values(): IterableIterator<Value> {
    for (let i = 0; i < this.#entries.length; i++) yield this.#entries[i]?.value ?? '';
  }

  *entries(): IterableIterator<[string, Value]> {
    for (let i = 0; i < this.#entries.length; i++) yield [this.#entries[i]?.name ?? '', this.#entries[i]?.value ?? ''];
  }

  forEach(...given: [callback?: unknown, self?: unknown]): void {
    checkCount(given, 'forEach', 1);
    const [callback, self] = given;
    if (!isCallable(callback))
      throw new NativeTypeError("Failed to execute 'forEach' on 'FormData': parameter 1 is not of type 'Function'.");
    for (const [name, value] of this.entries()) call(callback, self, value, name, this);
  }

  declare readonly [Symbol.iterator]: () => IterableIterator<[string, Value]>;

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const all: Record<string, unknown> = {};
    const add = (name: string, value: unknown): void => {
      defineProperty(all, name, { value, enumerable: true, configurable: true, writable: true });
    };
    for (const { name, value } of this.#entries) {
      const before = Object.hasOwn(all, name) ? all[name] : undefined;
      if (before === undefined) add(name, value);
      else if (isArray(before)) before.push(value);
      else add(name, [before, value]);
    }
    return shown(this, all, depth, options);
  }
}
asInterface(FormData, 'FormData');
hide(FormData.prototype, Symbol.iterator, Object.getOwnPropertyDescriptor(FormData.prototype, 'entries')?.value);

/**
 * Why this file exists: V8 names the object of a write that fails (`of object '#<Cart>'`); the engine does not say
 * which it was. It is the one that the program wrote to last; where another was written meanwhile (by a getter, say),
 * objects that were frozen, sealed or given such a property are remembered, and the last one that fits is named.
 */
import {
  apply,
  bareList,
  get,
  getOwnPropertyDescriptor,
  hide,
  isArray,
  isCallable,
  isObject,
  named,
} from './primordials';
import { NativeWeakRef, lastClassThat, targetOf } from './classes';
import { throughMethod, type Explain } from './value-words';
import { describe } from './words';
import { keyOfObject, lastWritten, ownerWritten } from './written';

/** The oldest are forgotten: who looks for more waits for nothing. */
const most = 1000;
const remembered = bareList<WeakRef<object>>();
let count = 0;

function note(object: object): void {
  remembered[count % most] = new NativeWeakRef(object);
  count++;
}

/** The last remembered object that passes. */
function lastThat(passes: (object: object) => boolean): object | undefined {
  const first = count > most ? count - most : 0;
  for (let i = count - 1; i >= first; i--) {
    const object = targetOf(remembered[i % most]);
    if (object !== undefined && passes(object)) return object;
  }
  return undefined;
}

const unknown = '#<Object>';

function isReadOnly(own: PropertyDescriptor | undefined): boolean {
  return own?.writable === false;
}

function isFixed(own: PropertyDescriptor | undefined): boolean {
  return own?.configurable === false;
}

function isOnlyRead(own: PropertyDescriptor | undefined): boolean {
  return own?.get !== undefined && own.set === undefined;
}

/** Of `Cannot assign to read only property '…' of …`: its type and itself. `isList`: a method of lists wrote it. */
export function objectOfReadOnly(name: string, isList: boolean): string {
  if (isList) return "object '[object Array]'";
  const key = keyOfObject(name);
  const isWritten = ownerWritten(key, isReadOnly) !== undefined || (key === 'length' && typeof lastWritten() === 'string');
  const object = isWritten ? lastWritten() : lastThat((each) => isReadOnly(getOwnPropertyDescriptor(each, key)));
  return object === undefined ? `object '${unknown}'` : `${typeof object} '${describe(object)}'`;
}

/** Of `Cannot delete property '…' of …`. */
export function objectOfUndeletable(key: string): string {
  const object = ownerWritten(key, isFixed) ?? lastThat((each) => isFixed(getOwnPropertyDescriptor(each, key)));
  return object === undefined ? unknown : describe(object);
}

/** True where the object that was written to has only a getter for it. */
export function isWrittenGetter(name: string): boolean {
  return ownerWritten(keyOfObject(name), isOnlyRead) !== undefined;
}

/** Of `Cannot set property … of … which has only a getter`: whose getter it is. */
export function objectOfGetter(name: string): string {
  const key = keyOfObject(name);
  const object = ownerWritten(key, isOnlyRead);
  if (object !== undefined) return describe(object);
  const made = lastClassThat((each) => {
    const prototype: unknown = getOwnPropertyDescriptor(each, 'prototype')?.value;
    return isObject(prototype) && isOnlyRead(getOwnPropertyDescriptor(prototype, key));
  });
  return made === undefined ? unknown : `#<${String(getOwnPropertyDescriptor(made, 'name')?.value)}>`;
}

const notAddable: Explain = (message, _args, self) =>
  message === 'Cannot add property 0, object is not extensible' && isArray(self)
    ? `Cannot add property ${self.length}, object is not extensible`
    : undefined;

const notPopped: Explain = (message, _args, self) =>
  apply(startsWith, message, ['Cannot delete property']) && isArray(self)
    ? `Cannot delete property '${self.length - 1}' of [object Array]`
    : undefined;

const { startsWith } = String.prototype;
let watchesLists = false;

/** Only now do lists look at what fails: until one is fixed, `push` runs at full speed. */
function watchLists(): void {
  if (watchesLists) return;
  watchesLists = true;
  const { prototype } = globalThis.Array;
  for (const key of ['push', 'unshift']) throughMethod(prototype, key, notAddable);
  throughMethod(prototype, 'pop', notPopped);
}

function noting(owner: object, key: string): void {
  const native = get(owner, key);
  if (!isCallable(native)) return;
  const method = {
    call(this: unknown, ...args: unknown[]): unknown {
      const result: unknown = apply(native, this, args as never[]);
      const object: unknown = args[0];
      if (isObject(object)) note(object);
      if (isArray(object)) watchLists();
      return result;
    },
  }.call;
  hide(owner, key, named(method, key, Number(get(native, 'length'))));
}

export function installUnwritable(): void {
  for (const key of ['freeze', 'seal', 'preventExtensions', 'defineProperty', 'defineProperties']) noting(globalThis.Object, key);
  for (const key of ['preventExtensions', 'defineProperty']) noting(globalThis.Reflect, key);
}

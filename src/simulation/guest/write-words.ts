/** Why this file exists: V8's words for properties, constants and private members that cannot be read or written. */
import type { FaultPlace } from '../fault-place';
import { around, next, type Fault } from './faults';
import { isNamespace } from './namespaces';
import { apply, bareList, getOwnPropertyDescriptor, isObject, regExpExec } from './primordials';
import { deletionRefused } from './proxy-words';
import { writesAfter } from './access-places';
import { placeAfter } from './user-places';
import { describe, remembered } from './words';
import { isWrittenGetter, objectOfGetter, objectOfReadOnly, objectOfUndeletable } from './unwritable';
import { keyOfObject, keyWritten, lastWritten } from './written';

const { startsWith, endsWith, split } = String.prototype;

/** A constant, or a property that cannot be written: the engine says the same of both. */
export function readOnly({ 0: name = '' }: readonly string[], fault: Fault): string {
  if (apply(startsWith, name, ['#'])) return privateWords(fault, name);
  const isVariable = fault.spot !== undefined && next(fault, 'write', name) === undefined;
  if (isVariable) return 'Assignment to constant variable.';
  return notAssigned(String(keyOfObject(name)), objectOfReadOnly(name, listMethods.includes(fault.builtin)));
}

function notAssigned(key: string, object: string): string {
  return `Cannot assign to read only property '${key}' of ${object}`;
}

/** What is no object keeps nothing. ECMA-262 §6.2.5.6 PutValue, §10.1.9.2; V8: kStrictCannotCreateProperty. */
export function writtenToPrimitive(fault: Fault): string | undefined {
  const value = lastWritten();
  if (isObject(value) || value === undefined || value === null) return undefined;
  const place = fault.spot && placeAfter(fault.spot, 'write');
  const iterated = fault.spot && placeAfter(fault.spot, 'iterate');
  if (place === undefined || (iterated !== undefined && iterated[2] < place[2])) return undefined;
  fault.at = place[3];
  const key = keyWritten(place[4]);
  const spelt = `${typeof value} '${describe(value)}'`;
  const isOwn = typeof value === 'string' && (key === 'length' || (Number(key) < value.length && regExpExec(/^\d+$/, key) !== null));
  return isOwn ? notAssigned(key, spelt) : `Cannot create property '${key}' on ${spelt}`;
}

/** Of `set` on a namespace, which is a Proxy of ours. */
export function writtenToNamespace(fault: Fault): string | undefined {
  const object = lastWritten();
  if (!isObject(object) || !isNamespace(object)) return undefined;
  const key = writtenName(fault);
  const isOwn = getOwnPropertyDescriptor(object, key) !== undefined;
  return isOwn ? notAssigned(key, "object '[object Module]'") : notAdded(key);
}

function notAdded(key: string): string {
  return `Cannot add property ${key}, object is not extensible`;
}

const listMethods = ['shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'];

/** Of `a.x = b.y = 1` either may be it: the one that the object has no setter for. */
export function onlyGetter(_m: readonly string[], fault: Fault): string {
  const places = fault.spot === undefined ? bareList<FaultPlace>() : writesAfter(fault.spot);
  let key: string | undefined;
  for (let i = 0; i < places.length && key === undefined; i++) {
    const place = places[i];
    if (place === undefined || !isWrittenGetter(keyWritten(place[4]))) continue;
    fault.at = place[3];
    key = keyWritten(place[4]);
  }
  key ??= writtenName(fault);
  return `Cannot set property ${key} of ${objectOfGetter(key)} which has only a getter`;
}

export function notDeleted(_m: readonly string[], fault: Fault): string {
  const refused = deletionRefused(fault);
  if (refused !== undefined) return refused;
  const key = keyWritten(next(fault, 'delete')?.[4] ?? '');
  return `Cannot delete property '${key}' of ${objectOfUndeletable(key)}`;
}

export function writtenName(fault: Fault): string {
  return keyWritten(next(fault, 'write')?.[4] ?? '');
}

export function notExtensible(_m: readonly string[], fault: Fault): string {
  if (fault.builtin === 'defineProperty') return 'Cannot define property, object is not extensible';
  const name = writtenName(fault);
  return notAdded(name === '' ? '0' : name);
}

/** The engine may have placed it where it last knew a place, before `this`; unless something is iterated first. */
function privateAfter(fault: Fault): FaultPlace | undefined {
  const member = fault.spot && placeAfter(fault.spot, 'private');
  const iterated = fault.spot && placeAfter(fault.spot, 'iterate');
  if (member === undefined || (iterated !== undefined && iterated[2] < member[2])) return undefined;
  fault.at = member[3];
  return member;
}

/** `read #p get static Cart` of the place; `read=` where the program remembers whose member it is. */
function privateParts(fault: Fault): readonly string[] {
  const words = (around(fault, 'private') ?? privateAfter(fault))?.[4];
  return words === undefined ? [] : (apply(split, words, [' ']) as string[]);
}

export function privateWords(fault: Fault, name: string): string {
  const { 0: how, 2: kind } = privateParts(fault);
  if (kind === 'method' && how === 'write') return `Private method '${name}' is not writable`;
  if (kind === 'get' && how === 'write') return `'${name}' was defined without a setter`;
  if (kind === 'set' && how !== 'write') return `'${name}' was defined without a getter`;
  return how === 'write'
    ? `Cannot write private member ${name} to an object whose class did not declare it`
    : `Cannot read private member ${name} from an object whose class did not declare it`;
}

/** A private member of what is no object: undefined where nobody remembered which value that is. */
export function privateOfNothing(fault: Fault): string | undefined {
  const { 0: how, 1: name = '', 2: kind, 3: first = '' } = privateParts(fault);
  if (how === undefined) return undefined;
  const value = apply(endsWith, how, ['=']) ? remembered() : undefined;
  const isSomething = value !== undefined && value !== null;
  // V8 looks for the class's mark first, for that of a static member at the class itself.
  if (kind !== 'field' && (isSomething || first === 'static')) return wrongReceiver(fault);
  if (isSomething) return privateWords(fault, name);
  if (kind !== 'field') return `Cannot read properties of ${value} (reading '${first}')`;
  return how === 'write'
    ? `Cannot set properties of ${value} (setting '${name}')`
    : `Cannot read properties of ${value} (reading '${name}')`;
}

export function wrongReceiver(fault: Fault): string {
  const { 3: first = '', 4: second = '' } = privateParts(fault);
  return first === 'static' ? `Receiver must be class ${second}` : `Receiver must be an instance of class ${first}`;
}

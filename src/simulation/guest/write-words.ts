/** Why this file exists: V8's words for properties, constants and private members that cannot be read or written. */
import type { FaultPlace } from '../fault-place';
import { around, next, type Fault } from './faults';
import { apply } from './primordials';
import { deletionRefused } from './proxy-words';
import { placeAfter } from './user-places';
import { remembered } from './words';
import { objectOfGetter, objectOfReadOnly, objectOfUndeletable } from './unwritable';

const { startsWith, endsWith, split } = String.prototype;

/** A constant, or a property that cannot be written: the engine says the same of both. */
export function readOnly({ 0: name = '' }: readonly string[], fault: Fault): string {
  if (apply(startsWith, name, ['#'])) return privateWords(fault, name);
  const isVariable = fault.spot !== undefined && next(fault, 'write', name) === undefined;
  if (isVariable) return 'Assignment to constant variable.';
  return `Cannot assign to read only property '${name}' of object '${objectOfReadOnly(name, listMethods.includes(fault.builtin))}'`;
}

const listMethods = ['shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin'];

export function onlyGetter(key: string): string {
  return `Cannot set property ${key} of ${objectOfGetter(key)} which has only a getter`;
}

export function notDeleted(_m: readonly string[], fault: Fault): string {
  const refused = deletionRefused(fault);
  if (refused !== undefined) return refused;
  const key = next(fault, 'delete')?.[4] ?? '';
  return `Cannot delete property '${key}' of ${objectOfUndeletable(key)}`;
}

export function writtenName(fault: Fault): string {
  return next(fault, 'write')?.[4] ?? '';
}

export function notExtensible(_m: readonly string[], fault: Fault): string {
  if (fault.builtin === 'defineProperty') return 'Cannot define property, object is not extensible';
  const name = writtenName(fault);
  return `Cannot add property ${name === '' ? '0' : name}, object is not extensible`;
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

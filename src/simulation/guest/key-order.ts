/**
 * Why this file exists: a program that lists the members of a built-in finds them in V8's order. V8 11.3, as Node 20
 * lists them; what newer versions have comes last. NOT MODELLED: the order of constructors' own members and of `Math`,
 * some of which cannot be moved.
 */
import { get, getPrototypeOf, inOrder, isObject, ownKeys } from './primordials';

/** By built-in; `@@` stands for a symbol of the language. */
const orders: Readonly<Record<string, string>> = {
  Atomics:
    'load store add sub and or xor exchange compareExchange isLockFree wait waitAsync notify @@toStringTag',
  JSON: 'parse stringify @@toStringTag',
  Reflect:
    'defineProperty deleteProperty apply construct get getOwnPropertyDescriptor getPrototypeOf has isExtensible ' +
    'ownKeys preventExtensions set setPrototypeOf @@toStringTag',
  'Array.prototype':
    'length constructor at concat copyWithin fill find findIndex findLast findLastIndex lastIndexOf pop push ' +
    'reverse shift unshift slice sort splice includes indexOf join keys entries values forEach filter flat ' +
    'flatMap map every some reduce reduceRight toLocaleString toString toReversed toSorted toSpliced with ' +
    '@@iterator @@unscopables',
  'ArrayBuffer.prototype': 'constructor byteLength slice maxByteLength resizable resize @@toStringTag',
  'BigInt.prototype': 'constructor toLocaleString toString valueOf @@toStringTag',
  'Boolean.prototype': 'constructor toString valueOf',
  'DataView.prototype':
    'constructor buffer byteLength byteOffset getInt8 setInt8 getUint8 setUint8 getInt16 setInt16 getUint16 ' +
    'setUint16 getInt32 setInt32 getUint32 setUint32 getFloat32 setFloat32 getFloat64 setFloat64 getBigInt64 ' +
    'setBigInt64 getBigUint64 setBigUint64 @@toStringTag',
  'Date.prototype':
    'constructor toString toDateString toTimeString toISOString toUTCString toGMTString getDate setDate getDay ' +
    'getFullYear setFullYear getHours setHours getMilliseconds setMilliseconds getMinutes setMinutes getMonth ' +
    'setMonth getSeconds setSeconds getTime setTime getTimezoneOffset getUTCDate setUTCDate getUTCDay ' +
    'getUTCFullYear setUTCFullYear getUTCHours setUTCHours getUTCMilliseconds setUTCMilliseconds getUTCMinutes ' +
    'setUTCMinutes getUTCMonth setUTCMonth getUTCSeconds setUTCSeconds valueOf getYear setYear toJSON ' +
    'toLocaleString toLocaleDateString toLocaleTimeString @@toPrimitive',
  'Error.prototype': 'constructor name message toString',
  'Map.prototype':
    'constructor get set has delete clear entries forEach keys size values @@toStringTag @@iterator',
  'Number.prototype': 'constructor toExponential toFixed toPrecision toString valueOf toLocaleString',
  'Object.prototype':
    'constructor __defineGetter__ __defineSetter__ hasOwnProperty __lookupGetter__ __lookupSetter__ isPrototypeOf ' +
    'propertyIsEnumerable toString valueOf __proto__ toLocaleString',
  'RegExp.prototype':
    'constructor exec dotAll flags global hasIndices ignoreCase multiline source sticky unicode compile toString ' +
    'test unicodeSets @@match @@matchAll @@replace @@search @@split',
  'Set.prototype': 'constructor has add delete clear entries forEach size values keys @@toStringTag @@iterator',
  'String.prototype':
    'length constructor anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fontcolor fontsize ' +
    'fixed includes indexOf isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd ' +
    'padStart repeat replace replaceAll search slice small split strike sub substr substring sup startsWith ' +
    'toString toWellFormed trim trimStart trimLeft trimEnd trimRight toLocaleLowerCase toLocaleUpperCase ' +
    'toLowerCase toUpperCase valueOf @@iterator',
  'Symbol.prototype': 'constructor toString valueOf description @@toStringTag @@toPrimitive',
  'WeakMap.prototype': 'constructor delete get set has @@toStringTag',
  'WeakRef.prototype': 'constructor deref @@toStringTag',
  'WeakSet.prototype': 'constructor delete has add @@toStringTag',
  'TypedArray.prototype':
    'constructor buffer byteLength byteOffset length entries keys values at copyWithin every fill filter find ' +
    'findIndex findLast findLastIndex forEach includes indexOf join lastIndexOf map reverse reduce reduceRight ' +
    'set slice some sort subarray toLocaleString toString toReversed toSorted with @@toStringTag @@iterator',
};

function ownerOf(path: string): unknown {
  const isTyped = path.startsWith('TypedArray');
  const [name = '', member] = path.split('.');
  const owner: unknown = isTyped ? getPrototypeOf(globalThis.Uint8Array) : get(globalThis, name);
  return member === undefined || !isObject(owner) ? owner : get(owner, member);
}

function keyOf(word: string): PropertyKey {
  return word.startsWith('@@') ? (get(globalThis.Symbol, word.slice(2)) as symbol) : word;
}

export function orderKeys(): void {
  for (const path of ownKeys(orders) as string[]) {
    const owner = ownerOf(path);
    if (!isObject(owner)) continue;
    const known = (orders[path] ?? '').split(' ').map(keyOf);
    inOrder(owner, [...known, ...ownKeys(owner).filter((key) => !known.includes(key))]);
  }
}

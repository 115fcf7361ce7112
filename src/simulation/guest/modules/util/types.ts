/** Why this file exists: `util.types`: what a value is inside, whatever its prototype. Node 20: src/node_types.cc. */
import {
  isArgumentsObject,
  isAsyncFunction,
  isGeneratorFunction,
  isMap,
  isModuleNamespaceObject,
  isNativeError,
  isPromise,
  isSet,
  tagOf,
} from '../../inspect-hooks';
import { accepts, type Test } from '../../brands';
import { iteratesOver } from '../../collection-iterators';
import { apply, getOwnPropertyDescriptor, isObject, type Callable } from '../../primordials';
import { proxyDetails } from '../../proxy-guards';

function getter(prototype: object, key: PropertyKey): unknown {
  return getOwnPropertyDescriptor(prototype, key)?.get;
}

const typedArrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag) as Callable;

function typedName(value: unknown): unknown {
  return isObject(value) ? apply(typedArrayTag, value, []) : undefined;
}

function typed(name: string): Test {
  return (value) => typedName(value) === name;
}

/** Of generators only the tag tells them apart. */
function tagged(tag: string): Test {
  return (value) => isObject(value) && tagOf(value)?.value === tag;
}

const isNumberObject = accepts(Number.prototype.valueOf);
const isStringObject = accepts(String.prototype.valueOf);
const isBooleanObject = accepts(Boolean.prototype.valueOf);
const isBigIntObject = accepts(BigInt.prototype.valueOf);
const isSymbolObject = accepts(Symbol.prototype.valueOf);
const isArrayBuffer = accepts(getter(ArrayBuffer.prototype, 'byteLength'));
const isSharedArrayBuffer: Test =
  typeof SharedArrayBuffer === 'undefined' ? () => false : accepts(getter(SharedArrayBuffer.prototype, 'byteLength'));

export const types: Readonly<Record<string, Test>> = {
  isExternal: () => false,
  isDate: accepts(Date.prototype.getTime),
  isArgumentsObject,
  isBigIntObject,
  isBooleanObject,
  isNumberObject,
  isStringObject,
  isSymbolObject,
  isNativeError,
  isRegExp: accepts(getter(RegExp.prototype, 'source')),
  isAsyncFunction,
  isGeneratorFunction,
  isGeneratorObject: (value) => tagged('Generator')(value) || tagged('AsyncGenerator')(value),
  isPromise,
  isMap,
  isSet,
  isMapIterator: (value) => isObject(value) && iteratesOver(value) === 'map',
  isSetIterator: (value) => isObject(value) && iteratesOver(value) === 'set',
  isWeakMap: accepts(WeakMap.prototype.has, {}),
  isWeakSet: accepts(WeakSet.prototype.has, {}),
  isArrayBuffer,
  isDataView: accepts(getter(DataView.prototype, 'byteLength')),
  isSharedArrayBuffer,
  isProxy: (value) => isObject(value) && proxyDetails(value) !== undefined,
  isModuleNamespaceObject,
  isAnyArrayBuffer: (value) => isArrayBuffer(value) || isSharedArrayBuffer(value),
  isBoxedPrimitive: (value) =>
    [isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject].some((test) => test(value)),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray: (value) => typedName(value) !== undefined,
  ...Object.fromEntries(
    [
      'Uint8Array',
      'Uint8ClampedArray',
      'Uint16Array',
      'Uint32Array',
      'Int8Array',
      'Int16Array',
      'Int32Array',
      'Float32Array',
      'Float64Array',
      'BigInt64Array',
      'BigUint64Array',
    ].map((name) => [`is${name}`, typed(name)]),
  ),
  isKeyObject: () => false,
  isCryptoKey: () => false,
};

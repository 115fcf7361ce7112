/**
 * Why this file exists: HTML's StructuredSerialize: a value becomes text, which may cross to another agent. Nothing of
 * classes is kept. The words of errors are V8's.
 */
import { SafeMap, bareList, isCallable, isObject } from '../primordials';
import { slotOf } from '../promise-slot';
import { proxyDetails } from '../proxy-guards';
import { domException } from './events/dom-exception';
import { types } from './util/types';
import { crossing, errorKinds, viewKinds, type Code } from './clone-kinds';

function is(name: string, value: object): boolean {
  return types[name]?.(value) ?? false;
}

const { stringify } = JSON;
const NativeBuffer = ArrayBuffer;
/** The engine's own: text of bytes, detaching. */
const native = {
  toBase64: (Uint8Array.prototype as unknown as { toBase64(): string }).toBase64,
  transfer: (ArrayBuffer.prototype as unknown as { transfer(): ArrayBuffer }).transfer,
  detached: Reflect.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'detached')?.get,
};

function refuse(value: unknown): never {
  const isText = isCallable(value) || typeof value === 'symbol' || !isObject(value);
  const shown = isText ? String(value) : `#<${proxyDetails(value) ? 'Object' : value.constructor.name}>`;
  throw domException(`${shown} could not be cloned.`, 'DataCloneError');
}

export function isDetached(buffer: ArrayBuffer): boolean {
  return native.detached !== undefined && Reflect.apply(native.detached, buffer, []) === true;
}

function list(...items: Code[]): Code[] {
  const made = bareList<Code>();
  for (let i = 0; i < items.length; i++) made[i] = items[i] ?? null;
  return made;
}

class Writer {
  readonly #known = new SafeMap<object, number>();
  readonly #transferred: ReadonlySet<object>;
  size = 0;

  constructor(transferred: ReadonlySet<object>) {
    this.#transferred = transferred;
  }

  code(value: unknown): Code {
    switch (typeof value) {
      case 'string':
        this.size += value.length;
        return value;
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0) ? value : list('n', Object.is(value, -0) ? '-0' : String(value));
      case 'bigint':
        return list('b', String(value));
      case 'undefined':
        return list('u');
      case 'symbol':
        return refuse(value);
      default:
        return isObject(value) ? this.#object(value) : null;
    }
  }

  #object(value: object): Code {
    const known = this.#known.get(value);
    if (known !== undefined) return list('r', known);
    this.#known.set(value, this.#known.size);
    this.size += 8;
    const crossed = crossing.encode(value);
    if (crossed !== undefined) return crossed;
    const isOpaque =
      isCallable(value) ||
      Boolean(proxyDetails(value)) ||
      slotOf(value) !== undefined ||
      is('isWeakMap', value) ||
      is('isWeakSet', value) ||
      is('isGeneratorObject', value);
    return isOpaque ? refuse(value) : (this.#inside(value) ?? this.#plain(value));
  }

  /** Values with an inside of their own; undefined for plain objects and arrays. */
  #inside(value: object): Code | undefined {
    if (is('isBoxedPrimitive', value)) {
      const inner: unknown = value.valueOf();
      return typeof inner === 'symbol' ? refuse(value) : list('box', this.code(inner));
    }
    if (is('isDate', value)) return list('d', this.code((value as Date).getTime()));
    if (is('isRegExp', value)) return list('re', (value as RegExp).source, (value as RegExp).flags);
    if (is('isNativeError', value)) return this.#error(value as Error);
    if (is('isSharedArrayBuffer', value)) return refuse(value);
    if (is('isArrayBuffer', value)) return this.#bytes(value as ArrayBuffer);
    if (NativeBuffer.isView(value)) return this.#view(value);
    if (is('isMap', value)) {
      const codes = list('m');
      for (const [key, each] of [...(value as Map<unknown, unknown>)]) {
        codes[codes.length] = this.code(key);
        codes[codes.length] = this.code(each);
      }
      return codes;
    }
    if (!is('isSet', value)) return undefined;
    const codes = list('s');
    for (const each of [...(value as Set<unknown>)]) codes[codes.length] = this.code(each);
    return codes;
  }

  #error(value: Error): Code {
    const name = errorKinds[value.name] === undefined ? 'Error' : value.name;
    const message = Object.hasOwn(value, 'message') ? value.message : null;
    const stack = typeof value.stack === 'string' ? value.stack : null;
    return list('e', name, message, stack, Object.hasOwn(value, 'cause') ? list('c', this.code(value.cause)) : null);
  }

  #bytes(buffer: ArrayBuffer): Code {
    if (isDetached(buffer)) throw domException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
    if (!this.#transferred.has(buffer)) this.size += buffer.byteLength;
    return list('a', Reflect.apply(native.toBase64, new Uint8Array(buffer), []));
  }

  #view(view: ArrayBufferView): Code {
    const kind = Object.keys(viewKinds).find((name) => is(`is${name}`, view)) ?? 'DataView';
    const length = (view as { readonly length?: number }).length ?? view.byteLength;
    return list('v', kind, this.code(view.buffer), view.byteOffset, length);
  }

  #plain(value: object): Code {
    const isList = Array.isArray(value);
    const codes = isList ? list('l', value.length) : list('o');
    for (const key of Object.keys(value)) {
      this.size += key.length;
      codes[codes.length] = key;
      codes[codes.length] = this.code((value as Record<string, unknown>)[key]);
    }
    return codes;
  }
}

/** Serializes; what is in `transferred` is moved rather than copied, which costs nothing. */
export function serialize(
  value: unknown,
  transferred: readonly object[],
): { readonly text: string; readonly size: number } {
  const moved = new Set<object>();
  for (const each of transferred) moved.add(each);
  const writer = new Writer(moved);
  const text = stringify(writer.code(value));
  return { text, size: writer.size };
}

/** Takes the memory of a buffer away from its agent. */
export function detach(buffer: ArrayBuffer): void {
  Reflect.apply(native.transfer, buffer, []);
}

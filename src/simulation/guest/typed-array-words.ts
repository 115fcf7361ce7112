/**
 * Why this file exists: V8's words for lengths and places that typed arrays and views refuse. V8 11.3:
 * src/common/message-template.h, src/builtins/typed-array-createtypedarray.tq, data-view.tq.
 */
import { get, isObject, toText } from './primordials';
import type { Explain } from './value-words';

function element(name: string): number {
  return Number(get(get(globalThis, name) as object, 'BYTES_PER_ELEMENT'));
}

/** Of `new Uint16Array(…)`. */
export function typedArrayWords(name: string): Explain {
  return (message, args) => {
    const [given, offset, length] = [args[0], args[1], args[2]];
    const fit = `should be a multiple of ${element(name)}`;
    if (message === 'invalid offset' && isObject(given)) {
      const start = Number(offset);
      return start % element(name) === 0 ? outOfBuffer(start) : `start offset of ${name} ${fit}`;
    }
    if (message === 'invalid length' && isObject(given))
      return length === undefined ? `byte length of ${name} ${fit}` : `Invalid typed array length: ${toText(length)}`;
    const isLength = message === 'Invalid array length' || message === 'Invalid array buffer length';
    return isLength && !isObject(given) ? `Invalid typed array length: ${toText(given)}` : bigInts(message, given);
  };
}

function outOfBuffer(start: unknown): string {
  return `Start offset ${toText(start)} is outside the bounds of the buffer`;
}

/** Of what is no BigInt and should be one, in a list or by itself. */
function bigInts(message: string, given: unknown): string | undefined {
  if (message !== 'cannot convert to bigint') return undefined;
  const list = Array.isArray(given) ? (given as readonly unknown[]) : [given];
  for (let i = 0; i < list.length; i++) if (typeof list[i] === 'number') return `Cannot convert ${toText(list[i])} to a BigInt`;
  return undefined;
}

/** Of `new DataView(…)`. */
export const viewWords: Explain = (message, args) => {
  if (message === 'ArrayBuffer object expected') return 'First argument to DataView constructor must be an ArrayBuffer';
  if (message === 'invalid byteOffset' || message === 'Invalid array length') return outOfBuffer(args[1]);
  return message === 'invalid byteLength' ? `Invalid DataView length ${toText(args[2])}` : undefined;
};

/** Why this file exists: `atob` and `btoa`. Node 20: lib/buffer.js; https://infra.spec.whatwg.org/#forgiving-base64. */
import { codedError } from '../../node-errors';
import { NativeTypeError, toText } from '../../primordials';
import { domException } from '../../modules/events/dom-exception';
import { byteLength, writeText } from './encodings';
import { textOf } from './texts';
import { thrownAt } from '../../thrown-places';

const invalid = ['Invalid character', 'InvalidCharacterError'] as const;
const thrower = "throw lazyDOMException('Invalid character', 'InvalidCharacterError');";

function missing(name: string): Error {
  return codedError(NativeTypeError, 'ERR_MISSING_ARGS', `The "${name}" argument must be specified`);
}

export function btoa(...given: unknown[]): string {
  if (given.length === 0) throw missing('input');
  const text = toText(given[0]);
  for (let i = 0; i < text.length; i++)
    if (text.charCodeAt(i) > 255) throw thrownAt(domException(...invalid), 'node:buffer:1280', `    ${thrower}`, 4);
  const bytes = new Uint8Array(text.length);
  writeText(text, 'latin1', bytes, 0, bytes.length);
  return textOf(bytes, 'base64', 0, bytes.length);
}

const wrong = 'The string to be decoded is not correctly encoded.';

export function atob(...given: unknown[]): string {
  if (given.length === 0) throw missing('input');
  const text = toText(given[0]).replace(/[\t\n\f\r ]/g, '');
  const bare = text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;
  if (/[^A-Za-z0-9+/=]|^={3,}/.test(text)) throw thrownAt(domException(...invalid), 'node:buffer:1294', `      ${thrower}`, 6);
  if (bare.includes('=') || bare.length % 4 === 1) throw domException(wrong, 'InvalidCharacterError');
  const bytes = new Uint8Array(byteLength(bare, 'base64'));
  const size = writeText(bare, 'base64', bytes, 0, bytes.length);
  return textOf(bytes, 'latin1', 0, size);
}

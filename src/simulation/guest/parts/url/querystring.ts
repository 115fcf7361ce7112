/** Why this file exists: `node:querystring`. Node 20: lib/querystring.js. */
import { codedError } from '../../node-errors';
import { NativeURIError, createObject, get, isCallable, named, ownKeys, toText } from '../../primordials';
import { Buffer } from '../buffer/part';

type Coder = (text: string) => string;

function escape(value: unknown): string {
  const text = typeof value === 'string' ? value : toText(value);
  try {
    return encodeURIComponent(text);
  } catch {
    throw codedError(NativeURIError, 'ERR_INVALID_URI', 'URI malformed');
  }
}

function hexAt(text: string, at: number): number {
  const pair = text.slice(at, at + 2);
  return /^[\da-f]{2}$/i.test(pair) ? Number.parseInt(pair, 16) : -1;
}

/** The bytes that a text with `%xx` stands for; what is no such thing stays as it is. */
function unescapeBuffer(text: string, decodesSpaces?: boolean): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const value = unit === 37 ? hexAt(text, i + 1) : -1;
    if (value >= 0) {
      bytes.push(value);
      i += 2;
    } else bytes.push(unit === 43 && decodesSpaces === true ? 32 : unit & 255);
  }
  return Buffer.from(bytes);
}

function unescape(text: string, decodesSpaces?: boolean): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text, decodesSpaces).toString();
  }
}

function primitiveText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
}

/** Numbers and truth values need no escaping by Node's own escape. */
function encoded(value: unknown, encode: Coder, isOwn: boolean): string {
  const text = primitiveText(value);
  if (text === '' && typeof value !== 'string') return '';
  const isPlain = typeof value !== 'string' && !(typeof value === 'number' && Math.abs(value) >= 1e21);
  return isOwn && isPlain ? text : encode(text);
}

interface StringifyOptions {
  readonly encodeURIComponent?: unknown;
}

/** A sign that is left out, or is empty, is the usual one. */
function sign(given: unknown, usual: string): string {
  return given ? toText(given) : usual;
}

function stringify(object: unknown, separator?: unknown, equals?: unknown, options?: StringifyOptions): string {
  const [sep, eq] = [sign(separator, '&'), sign(equals, '=')];
  const own: unknown = querystring['escape'];
  const given = options !== undefined && isCallable(options.encodeURIComponent) ? options.encodeURIComponent : own;
  const encode = given as Coder; // what a program puts there is called as it is
  if (object === null || typeof object !== 'object') return '';
  const isOwn = encode === escape;
  const fields: string[] = [];
  for (const key of Object.keys(object)) {
    const value: unknown = get(object, key);
    const name = encode(primitiveText(key)) + eq;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of values) fields.push(name + encoded(each, encode, isOwn));
  }
  return fields.join(sep);
}

function decoded(text: string, decode: Coder): string {
  try {
    return decode(text);
  } catch {
    return unescape(text, true);
  }
}

interface ParseOptions {
  readonly maxKeys?: unknown;
  readonly decodeURIComponent?: unknown;
}

function parse(text: unknown, separator?: unknown, equals?: unknown, options?: ParseOptions): object {
  const result = createObject(null) as Record<string, unknown>;
  if (typeof text !== 'string' || text === '') return result;
  const [sep, eq] = [sign(separator, '&'), sign(equals, '=')];
  const most = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000;
  const own: unknown = querystring['unescape'];
  const decode = (isCallable(options?.decodeURIComponent) ? options.decodeURIComponent : own) as Coder; // as it is
  const isCustom = decode !== unescape;
  const part = (piece: string): string => {
    const spaced = piece.replaceAll('+', isCustom ? '%20' : ' ');
    return spaced.length > 0 && (isCustom || spaced.includes('%')) ? decoded(spaced, decode) : spaced;
  };
  for (const piece of most > 0 ? text.split(sep).slice(0, most) : text.split(sep)) {
    if (piece === '') continue;
    const at = piece.indexOf(eq);
    const key = part(at < 0 ? piece : piece.slice(0, at));
    const value = at < 0 ? '' : part(piece.slice(at + eq.length));
    const known = result[key];
    if (!ownKeys(result).includes(key)) result[key] = value;
    else if (Array.isArray(known)) known.push(value);
    else result[key] = [known, value];
  }
  return result;
}

named(escape, 'qsEscape', 1);
named(unescape, 'qsUnescape', 2);
named(stringify, 'stringify', 4);
named(parse, 'parse', 4);

export const querystring: Record<string, unknown> = {
  unescapeBuffer,
  unescape,
  escape,
  stringify,
  encode: stringify,
  parse,
  decode: parse,
};

export { parse, stringify };

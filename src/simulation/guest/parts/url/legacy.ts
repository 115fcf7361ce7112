/**
 * Why this file exists: `url.parse`, `format` and `resolve`, which are older than URL: the package `url` is Node's code
 * of then; Node's checks and words are put round it. Node 20: lib/url.js.
 */
import * as old from 'url-legacy';
import { invalidType } from '../../node-errors';
import { NativeTypeError, SafeSet, defineProperty, isObject, named, toText } from '../../primordials';
import { toUnicode } from './domain';
import { stringify } from './old-querystring';
import { isUrl, type URL } from './url';

type Parts = Record<string, unknown>;

interface LegacyUrl {
  parse(...args: unknown[]): unknown;
  format(): string;
  resolve(to: unknown): string;
  resolveObject(to: unknown): unknown;
}

export const Url = old.Url as new () => LegacyUrl; // the package has no types

const legacyParse = (Url.prototype as { parse(this: LegacyUrl, ...args: unknown[]): unknown }).parse;

/** What Node refuses in a host since then. */
function checkHost(input: string, parts: Parts): void {
  const { hostname } = parts;
  if (typeof hostname !== 'string' || hostname === '') return;
  if (/[\0\t\n\r #%/:<>?@[\\\]^|]/.test(hostname) && !/^[\da-f:.%\w]*$/i.test(hostname))
    throw Object.assign(new NativeTypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
}

function parse(this: LegacyUrl, input: unknown, parsesQuery?: unknown, slashesDenoteHost?: unknown): LegacyUrl {
  if (typeof input !== 'string') throw invalidType('url', 'of type string', input);
  legacyParse.call(this, input, parsesQuery, slashesDenoteHost);
  checkHost(input, this as unknown as Parts); // its parts are its properties
  return this;
}

const slashed = new SafeSet(['http:', 'https:', 'ftp:', 'gopher:', 'file:', 'ws:', 'wss:']);

function textIn(parts: Parts, key: string): string {
  const value = parts[key];
  return value ? toText(value) : '';
}

function hostOf(parts: Parts): string {
  const auth = textIn(parts, 'auth') && `${encodeURIComponent(textIn(parts, 'auth')).replaceAll('%3A', ':')}@`;
  if (parts['host']) return auth + textIn(parts, 'host');
  const hostname = textIn(parts, 'hostname');
  if (hostname === '') return '';
  const isBare = hostname.includes(':') && !/^\[.*\]$/.test(hostname);
  return auth + (isBare ? `[${hostname}]` : hostname) + (parts['port'] ? `:${textIn(parts, 'port')}` : '');
}

function led(text: string, sign: string): string {
  return text === '' || text.startsWith(sign) ? text : sign + text;
}

function format(this: Parts): string {
  let [protocol, pathname, host] = [textIn(this, 'protocol'), textIn(this, 'pathname'), hostOf(this)];
  const { query } = this;
  const asked = isObject(query) ? String(stringify(query)) : '';
  const search = textIn(this, 'search') || (asked && `?${asked}`);
  if (protocol !== '' && !protocol.endsWith(':')) protocol += ':';
  pathname = pathname.replaceAll('#', '%23').replaceAll('?', '%3F');
  if (this['slashes'] || slashed.has(protocol)) {
    if (this['slashes'] || host !== '') {
      pathname = led(pathname, '/');
      host = `//${host}`;
    } else if (protocol === 'file:') host = '//';
  }
  return protocol + host + pathname + led(search.replaceAll('#', '%23'), '?') + led(textIn(this, 'hash'), '#');
}

named(Url as object, 'Url', 0);
const prototype = Url.prototype as LegacyUrl; // what `new` gives them
for (const [key, value] of Object.entries({ format: named(format, '', 0), parse: named(parse, '', 3) }))
  defineProperty(prototype, key, { value, writable: true, enumerable: true, configurable: true });

export function urlParse(url: unknown, parsesQuery?: unknown, slashesDenoteHost?: unknown): LegacyUrl {
  if (url instanceof Url) return url;
  const made = new Url();
  made.parse(url, parsesQuery, slashesDenoteHost);
  return made;
}

interface FormatOptions {
  readonly fragment?: unknown;
  readonly unicode?: unknown;
  readonly search?: unknown;
  readonly auth?: unknown;
}

function formatUrl(url: URL, options: unknown): string {
  if (options !== undefined && options !== null && !isObject(options))
    throw invalidType('options', 'of type object', options);
  const wanted = (options ?? {}) as FormatOptions; // any object
  const { fragment = true, unicode = false, search = true, auth = true } = wanted;
  let text = url.protocol;
  if (url.host !== '' || url.href.startsWith(`${url.protocol}//`)) {
    text += '//';
    if (Boolean(auth) && (url.username !== '' || url.password !== ''))
      text += `${url.username}${url.password === '' ? '' : `:${url.password}`}@`;
    text += unicode ? toUnicode(url.hostname) : url.hostname;
    if (url.port !== '') text += `:${url.port}`;
  }
  return text + url.pathname + (search ? url.search : '') + (fragment ? url.hash : '');
}

export function urlFormat(given: unknown, options?: unknown): string {
  if (typeof given === 'string') return urlParse(given).format();
  if (!isObject(given)) {
    throw invalidType('urlObject', 'one of type object or string', given);
  }
  if (isUrl(given)) return formatUrl(given, options);
  return (prototype.format).call(given);
}

export function urlResolve(from: unknown, to: unknown): unknown {
  return urlParse(from, false, true).resolve(to);
}

export function urlResolveObject(source: unknown, relative: unknown): unknown {
  if (!source) return relative;
  return urlParse(source, false, true).resolveObject(relative);
}

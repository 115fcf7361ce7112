/** Why this file exists: `URL`. https://url.spec.whatwg.org; `whatwg-url` parses; Node 20: lib/internal/url.js. */
import * as machine from 'whatwg-url/lib/url-state-machine.js';
import type { UrlRecord } from 'whatwg-url/lib/url-state-machine.js';
import { endNow } from '../../ending';
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { wellFormed } from '../../modules/encoding';
import { inspectCustom } from '../../modules/events/event';
import { NativeTypeError, createObject, defineProperty, get, isCallable, isObject, named, ownKeys, toText } from '../../primordials';
import { here } from '../../recorder';
import { missing, ofUrl, reset, type URLSearchParams } from './search-params';
import { withOrigin } from '../../thrown-places';

function usv(value: unknown): string {
  return wellFormed(toText(value));
}

function invalidUrl(input: string, base?: string): Error {
  const error = Object.assign(new NativeTypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input });
  if (base !== undefined) Object.assign(error, { base });
  const line = '    const href = bindingUrl.parse(input, base, raiseException);';
  return withOrigin(error, 'node:internal/url:806', line, 28);
}

function parse(input: string, base: string | undefined): UrlRecord | null {
  const parsedBase = base === undefined ? null : machine.basicURLParse(base);
  if (base !== undefined && parsedBase === null) return null;
  return machine.basicURLParse(input, { baseURL: parsedBase });
}

/** Of what is no URL V8 says so before anything is read. */
let recordOf: (url: URL) => UrlRecord;

export class URL {
  static {
    recordOf = (url) => {
      if (!isObject(url) || !(#url in url)) throw new NativeTypeError('Receiver must be an instance of class URL');
      return url.#url;
    };
  }

  #url: UrlRecord;
  #params: URLSearchParams | undefined;

  constructor(...given: [input?: unknown, base?: unknown]) {
    if (given.length === 0) throw missing('url');
    const input = usv(given[0]);
    const base = given[1] === undefined ? undefined : usv(given[1]);
    const url = parse(input, base);
    if (url === null) throw invalidUrl(input, base);
    this.#url = url;
  }

  static parse(...given: [input?: unknown, base?: unknown]): URL | null {
    if (given.length === 0) throw missing('url');
    return URL.canParse(...given) ? new URL(...given) : null;
  }

  static canParse(...given: [input?: unknown, base?: unknown]): boolean {
    if (given.length === 0) throw missing('url');
    return parse(usv(given[0]), given[1] === undefined ? undefined : usv(given[1])) !== null;
  }

  static createObjectURL(): never {
    return endNow({ kind: 'unsupported', message: 'URL.createObjectURL is not modelled yet', site: here() });
  }

  static revokeObjectURL(): never {
    return endNow({ kind: 'unsupported', message: 'URL.revokeObjectURL is not modelled yet', site: here() });
  }

  #set(value: unknown, stateOverride: string): void {
    machine.basicURLParse(usv(value), { url: recordOf(this), stateOverride });
  }

  toString(): string {
    return machine.serializeURL(recordOf(this));
  }

  get href(): string {
    return machine.serializeURL(recordOf(this));
  }

  set href(value: unknown) {
    const input = usv(value);
    const url = machine.basicURLParse(input);
    if (url === null) throw invalidUrl(input);
    this.#url = url;
    this.#queryChanged();
  }

  #queryChanged(): void {
    if (this.#params !== undefined) reset(this.#params, recordOf(this).query ?? '');
  }

  get origin(): string {
    return machine.serializeURLOrigin(recordOf(this));
  }

  get protocol(): string {
    return `${recordOf(this).scheme}:`;
  }

  set protocol(value: unknown) {
    this.#set(`${usv(value)}:`, 'scheme start');
  }

  get username(): string {
    return recordOf(this).username;
  }

  set username(value: unknown) {
    if (!machine.cannotHaveAUsernamePasswordPort(recordOf(this))) machine.setTheUsername(recordOf(this), usv(value));
  }

  get password(): string {
    return recordOf(this).password;
  }

  set password(value: unknown) {
    if (!machine.cannotHaveAUsernamePasswordPort(recordOf(this))) machine.setThePassword(recordOf(this), usv(value));
  }

  get host(): string {
    const { host, port } = recordOf(this);
    if (host === null) return '';
    return machine.serializeHost(host) + (port === null ? '' : `:${port}`);
  }

  set host(value: unknown) {
    if (!machine.hasAnOpaquePath(recordOf(this))) this.#set(value, 'host');
  }

  get hostname(): string {
    const { host } = recordOf(this);
    return host === null ? '' : machine.serializeHost(host);
  }

  set hostname(value: unknown) {
    if (!machine.hasAnOpaquePath(recordOf(this))) this.#set(value, 'hostname');
  }

  get port(): string {
    return recordOf(this).port === null ? '' : String(recordOf(this).port);
  }

  set port(value: unknown) {
    if (machine.cannotHaveAUsernamePasswordPort(recordOf(this))) return;
    if (usv(value) === '') recordOf(this).port = null;
    else this.#set(value, 'port');
  }

  get pathname(): string {
    return machine.serializePath(recordOf(this));
  }

  set pathname(value: unknown) {
    if (machine.hasAnOpaquePath(recordOf(this))) return;
    recordOf(this).path = [];
    this.#set(value, 'path start');
  }

  get search(): string {
    const { query } = recordOf(this);
    return query === null || query === '' ? '' : `?${query}`;
  }

  set search(value: unknown) {
    const text = usv(value);
    recordOf(this).query = text === '' ? null : '';
    if (text !== '') this.#set(text.replace(/^\?/, ''), 'query');
    this.#queryChanged();
  }

  get searchParams(): URLSearchParams {
    this.#params ??= ofUrl(recordOf(this).query ?? '', {
      changed: (query) => {
        recordOf(this).query = query === '' ? null : query;
      },
    });
    return this.#params;
  }

  get hash(): string {
    const { fragment } = recordOf(this);
    return fragment === null || fragment === '' ? '' : `#${fragment}`;
  }

  set hash(value: unknown) {
    const text = usv(value);
    recordOf(this).fragment = text === '' ? null : '';
    if (text !== '') this.#set(text.replace(/^#/, ''), 'fragment');
  }

  toJSON(): string {
    return this.href;
  }

  [inspectCustom](depth: unknown, options: object): unknown {
    if (typeof depth === 'number' && depth < 0) return this;
    const maker: unknown = get(this, 'constructor');
    const shown = createObject({ constructor: maker }) as Record<string, unknown>;
    for (const key of shownKeys) shown[key] = this[key];
    return `${isCallable(maker) ? maker.name : 'URL'} ${inspect(shown, options)}`;
  }

  /** The value of a program that is one of ours, whatever its prototype. */
  static is(value: unknown): value is URL {
    return typeof value === 'object' && value !== null && #url in value;
  }
}

const shownKeys = [
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
] as const;

export const isUrl = URL.is;
Reflect.deleteProperty(URL, 'is');
for (const owner of [URL, URL.prototype]) {
  for (const key of ownKeys(owner)) {
    if (typeof key === 'symbol' || ['constructor', 'length', 'name', 'prototype'].includes(key)) continue;
    defineProperty(owner, key, { enumerable: true });
  }
}
for (const key of ['parse', 'canParse', 'createObjectURL', 'revokeObjectURL']) named(get(URL, key) as object, key, 1);
defineProperty(URL.prototype, Symbol.toStringTag, { value: 'URL', configurable: true });
named(URL, 'URL', 1);
isNodeClass(URL);

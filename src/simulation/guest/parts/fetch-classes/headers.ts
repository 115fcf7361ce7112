/** Why this file exists: `Headers` (Fetch, §5.1), of pages and of Node. */
import { callUnder } from '../../stood-for';
import { NativeTypeError, SafeMap, defineProperty, isCallable, isObject, toText } from '../../primordials';
import { needArguments, shownIn } from './checked';
import { withdrawn } from '../../withdrawn';

export type HeadersGiven = Readonly<Record<string, unknown>> | Iterable<Iterable<unknown>> | Headers | undefined | null;

const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
const kinds = 'sequence<sequence<ByteString>>, record<ByteString, ByteString>';
const badValue = /[\0\r\n]/;

const toEach = callUnder('_Headers.forEach (node:internal/deps/undici/undici:4726:26)');

export class Headers {
  /** Cookies have a list of their own: they are never joined. */
  readonly #values = new SafeMap<string, string>();
  #cookies: string[] = [];
  /** As they were written, for those who show them. */
  readonly #names = new SafeMap<string, string>();

  constructor(given?: HeadersGiven) {
    if (given === undefined) return;
    if (!isObject(given)) throw new NativeTypeError(`Headers constructor: Argument 1 could not be converted to one of: ${kinds}.`);
    if (!(Symbol.iterator in given)) {
      for (const [name, value] of Object.entries(given)) this.append(name, value);
      return;
    }
    let at = 0;
    for (const pair of given as Iterable<unknown>) {
      if (!isObject(pair) || !(Symbol.iterator in pair))
        throw new NativeTypeError(`Headers contructor: init[${at}]${shownIn(pair)}is not iterable.`); // so Node spells it
      at++;
      const entry = [...(pair as Iterable<unknown>)]; // it has the method
      if (entry.length !== 2)
        throw new NativeTypeError(`Headers constructor: expected name/value pair to be length 2, found ${entry.length}.`);
      this.append(entry[0], entry[1]);
    }
  }

  static shownOf(headers: Headers): object {
    return Object.fromEntries([...headers.#names].map(([key, name]) => [name, headers.get(key)]));
  }

  #key(name: unknown, method: string): string {
    const text = toText(name);
    if (!token.test(text)) throw new NativeTypeError(`Headers.${method}: "${text}" is an invalid header name.`);
    return text.toLowerCase();
  }

  get(...given: [name?: unknown]): string | null {
    needArguments(given, 1, 'Headers.get');
    const [name] = given;
    const key = this.#key(name, 'get');
    if (key === 'set-cookie') return this.#cookies.length === 0 ? null : this.#cookies.join(', ');
    return this.#values.get(key) ?? null;
  }

  has(...given: [name?: unknown]): boolean {
    needArguments(given, 1, 'Headers.has');
    const [name] = given;
    const key = this.#key(name, 'has');
    return key === 'set-cookie' ? this.#cookies.length > 0 : this.#values.has(key);
  }

  set(...given: [name?: unknown, value?: unknown]): void {
    needArguments(given, 2, 'Headers.set');
    const [name, value] = given;
    const key = this.#key(name, 'set');
    const text = this.#valueOf(value, 'set');
    if (key === 'set-cookie') this.#cookies = [text];
    else this.#values.set(key, text);
    this.#names.set(key, toText(name));
  }

  append(...given: [name?: unknown, value?: unknown]): void {
    needArguments(given, 2, 'Headers.append');
    const [name, value] = given;
    const key = this.#key(name, 'append');
    const text = this.#valueOf(value, 'append');
    if (key === 'set-cookie') this.#cookies.push(text);
    else {
      const before = this.#values.get(key);
      this.#values.set(key, before === undefined ? text : `${before}, ${text}`);
    }
    if (!this.#names.has(key)) this.#names.set(key, toText(name));
  }

  #valueOf(value: unknown, method: string): string {
    const text = toText(value).replace(/^[\t\r\n ]+|[\t\r\n ]+$/g, '');
    if (badValue.test(text)) throw new NativeTypeError(`Headers.${method}: "${text}" is an invalid header value.`);
    return text;
  }

  delete(...given: [name?: unknown]): void {
    needArguments(given, 1, 'Headers.delete');
    const [name] = given;
    const key = this.#key(name, 'delete');
    if (key === 'set-cookie') this.#cookies = [];
    else this.#values.delete(key);
    this.#names.delete(key);
  }

  getSetCookie(): string[] {
    return [...this.#cookies];
  }

  #entries(): [string, string][] {
    const all: [string, string][] = [...this.#values];
    for (const cookie of this.#cookies) all.push(['set-cookie', cookie]);
    return all.sort(([one], [other]) => (one < other ? -1 : one === other ? 0 : 1));
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.#entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.#entries()) yield value;
  }

  entries(): IterableIterator<[string, string]> {
    return this.#entries()[Symbol.iterator]();
  }

  forEach(...given: [callback?: unknown, self?: unknown]): void {
    needArguments(given, 1, 'Headers.forEach');
    const [callback, self] = given;
    if (!isCallable(callback)) throw new NativeTypeError("Failed to execute 'forEach' on 'Headers': parameter 1 is not of type 'Function'.");
    for (const [name, value] of this.#entries()) toEach(callback, self, [value, name, this]);
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }
}
export const headersInside = withdrawn(Headers, 'shownOf');
for (const [name, length] of [['get', 1], ['has', 1], ['delete', 1], ['set', 2], ['append', 2], ['forEach', 1]] as const)
  defineProperty(Headers.prototype[name], 'length', { value: length, configurable: true });

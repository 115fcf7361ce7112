/** Why this file exists: `Request` of Node (Fetch, §5.4). Undici 6: lib/web/fetch/request.js. */
import { AbortController, AbortSignal } from '../../modules/events/abort';
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { NativeTypeError, defineProperty, isObject, named, toText } from '../../primordials';
import { Headers, checkDictionary, checkWord, type HeadersGiven } from '../fetch-classes/part';
import { URL } from '../url/part';
import { Body, WithBody, bodyInside, extracted } from './body';

export interface RequestInit {
  readonly method?: unknown;
  readonly headers?: HeadersGiven;
  readonly body?: unknown;
  readonly signal?: unknown;
  readonly redirect?: unknown;
  readonly duplex?: unknown;
  readonly keepalive?: unknown;
  readonly [member: string]: unknown;
}

const usualMethods = /^(?:DELETE|GET|HEAD|OPTIONS|POST|PUT|PATCH)$/i;

/** What may stand in a request. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  redirect: ['follow', 'manual', 'error'],
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  duplex: ['half'],
};

function checkMethod(given: unknown): void {
  if (given === undefined) return;
  const method = toText(given);
  if (!/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(method)) throw new NativeTypeError(`'${method}' is not a valid HTTP method.`);
  if (/^(?:CONNECT|TRACE|TRACK)$/i.test(method)) throw new NativeTypeError(`'${method}' HTTP method is unsupported.`);
}

function addressOf(input: unknown): URL {
  const text = isObject(input) && 'href' in input ? toText(input.href) : toText(input);
  try {
    return new URL(text);
  } catch (error) {
    throw new NativeTypeError(`Failed to parse URL from ${text}`, { cause: error });
  }
}

export class Request extends WithBody {
  readonly #url: URL;
  readonly #method: string;
  readonly #headers: Headers;
  readonly #signal: AbortSignal;
  readonly #redirect: string;
  readonly #keepalive: boolean;

  constructor(...args: [input?: unknown, init?: RequestInit]) {
    super();
    if (args.length === 0) throw new NativeTypeError('Request constructor: 1 argument required, but 0 found.');
    const [input, given] = args;
    checkDictionary(given, 'Request constructor');
    const init = given ?? {};
    for (const [name, list] of Object.entries(wordsOf)) checkWord(init[name], list, 'Request constructor');
    checkMethod(init.method);
    const from = input instanceof Request ? input : undefined;
    this.#url = from === undefined ? addressOf(input) : from.#url;
    if (this.#url.username !== '' || this.#url.password !== '')
      throw new NativeTypeError(`Request cannot be constructed from a URL that includes credentials: ${toText(input)}`);
    const method = toText(init.method ?? from?.method ?? 'GET');
    this.#method = usualMethods.test(method) && method.toLowerCase() !== 'patch' ? method.toUpperCase() : method;
    this.#headers = new Headers(init.headers ?? from?.headers);
    this.#redirect = toText(init.redirect ?? from?.redirect ?? 'follow');
    this.#keepalive = Boolean(init.keepalive ?? from?.keepalive ?? false);
    this.#signal = this.#follow(init.signal === undefined ? from?.signal : init.signal);
    const sent = extracted(init.body);
    if (sent !== undefined && /^(?:GET|HEAD)$/.test(this.#method))
      throw new NativeTypeError('Request with GET/HEAD method cannot have body.');
    if (sent?.stream !== undefined && init.duplex === undefined)
      throw new NativeTypeError('RequestInit: duplex option is required when sending a body.');
    if (sent?.type !== undefined && !this.#headers.has('content-type')) this.#headers.set('content-type', sent.type);
    const content = sent === undefined && from !== undefined ? bodyInside.contentOf(from) : new Body(sent);
    bodyInside.hold(this, content, this.#headers);
  }

  #follow(given: unknown): AbortSignal {
    const controller = new AbortController();
    if (given === undefined || given === null) return controller.signal;
    if (!(given instanceof AbortSignal)) {
      throw new NativeTypeError("Failed to construct 'Request': member signal is not of type AbortSignal.");
    }
    return AbortSignal.any([given]);
  }

  get method(): string {
    return this.#method;
  }

  get url(): string {
    return this.#url.href;
  }

  get headers(): Headers {
    return this.#headers;
  }

  get redirect(): string {
    return this.#redirect;
  }

  get keepalive(): boolean {
    return this.#keepalive;
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  clone(): Request {
    const content = bodyInside.contentOf(this);
    if (content.isUnusable) throw new NativeTypeError('unusable');
    return new Request(this, content.isNull ? {} : { body: content.teed().stream, duplex: 'half' });
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { method, url, headers, redirect, keepalive, signal } = this;
    const { integrity, isReloadNavigation, isHistoryNavigation } = fixed;
    const { destination, referrer, referrerPolicy, mode, credentials, cache } = fixed;
    const usual = { destination, referrer, referrerPolicy, mode, credentials, cache };
    const rest = { integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal };
    return shown(this, { method, url, headers, ...usual, redirect, ...rest }, depth, options);
  }
}

/** What nobody looks at in the simulation. */
const fixed = {
  destination: '', referrer: 'about:client', referrerPolicy: '', mode: 'cors', credentials: 'same-origin',
  cache: 'default', integrity: '', isReloadNavigation: false, isHistoryNavigation: false, duplex: 'half',
} as const;
for (const [name, value] of Object.entries(fixed))
  defineProperty(Request.prototype, name, { get: named(() => value, `get ${name}`), configurable: true });
asInterface(Request, 'Request');

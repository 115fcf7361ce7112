/** Why this file exists: `Response` of Node (Fetch, §5.5). Undici 6: lib/web/fetch/response.js. */
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { NativeRangeError, NativeTypeError, defineProperty, toText } from '../../primordials';
import { checkDictionary, needArguments, Headers, ResponseHead, made, type Head, type Origin } from '../fetch-classes/part';
import { URL } from '../url/part';
import { Body, WithBody, bodyInside, extracted } from './body';

const redirects: readonly number[] = [301, 302, 303, 307, 308];
const withoutBody: readonly number[] = [101, 103, 204, 205, 304];

export class Response extends WithBody {
  readonly #head: ResponseHead;

  constructor(body?: unknown, head: Head = {}, from: Origin = made, content?: Body) {
    super();
    checkDictionary(head, 'undefined'); // so Node words it
    const status = Math.trunc(Number(head.status ?? 200));
    if (from === made && !(status >= 200 && status <= 599))
      throw new NativeRangeError('init["status"] must be in the range of 200 to 599, inclusive.');
    if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(toText(head.statusText ?? ''))) throw new NativeTypeError('Invalid statusText');
    const given = extracted(body);
    if (given !== undefined && withoutBody.includes(status))
      throw new NativeTypeError(`Response constructor: Invalid response status code ${status}`);
    this.#head = new ResponseHead({ ...head, status }, from);
    if (given?.type !== undefined && !this.#head.headers.has('content-type')) this.#head.headers.set('content-type', given.type);
    bodyInside.hold(this, content ?? new Body(given), this.#head.headers);
  }

  get type(): string {
    return this.#head.type;
  }

  get url(): string {
    return this.#head.url;
  }

  get redirected(): boolean {
    return this.#head.redirected;
  }

  get status(): number {
    return this.#head.status;
  }

  get ok(): boolean {
    return this.#head.ok;
  }

  get statusText(): string {
    return this.#head.statusText;
  }

  get headers(): Headers {
    return this.#head.headers;
  }

  clone(): Response {
    if (bodyInside.contentOf(this).isUnusable) throw new NativeTypeError('Response.clone: Body has already been consumed.');
    const { type, url, redirected } = this.#head;
    return new Response(null, this.#head, { type, url, redirected }, bodyInside.contentOf(this).teed());
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
    return shown(this, { status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, depth, options);
  }

  static error(): Response {
    return new Response(null, { status: 0 }, { url: '', type: 'error' });
  }

  static json(...args: [value?: unknown, head?: Head]): Response {
    needArguments(args, 1, 'Response.json');
    const [value, head = {}] = args;
    const text: unknown = JSON.stringify(value);
    if (text === undefined) throw new NativeTypeError('Value is not JSON serializable');
    const headers = new Headers(head.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(text, { ...head, headers });
  }

  static redirect(...args: [url?: unknown, status?: unknown]): Response {
    needArguments(args, 1, 'Response.redirect');
    const [url, status = 302] = args;
    const target = addressOf(url);
    if (!redirects.includes(Number(status))) throw new NativeRangeError(`Invalid status code ${toText(status)}`);
    return new Response(null, { status, headers: { location: target.href } });
  }
}

function addressOf(url: unknown): URL {
  try {
    return new URL(toText(url));
  } catch (error) {
    throw new NativeTypeError(`Failed to parse URL from ${toText(url)}`, { cause: error });
  }
}

for (const name of ['json', 'redirect'] as const) defineProperty(Response[name], 'length', { value: 1, configurable: true });
asInterface(Response, 'Response');
for (const name of ['body', 'bodyUsed', 'text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData']) enumerable(name);

function enumerable(name: string): void {
  defineProperty(WithBody.prototype, name, { enumerable: true });
}

/** Why this file exists: `Response` of Node (Fetch, §5.5). Undici 6: lib/web/fetch/response.js. */
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { NativeRangeError, NativeTypeError, defineProperty, toText } from '../../primordials';
import { Headers, ResponseHead, made, type Head, type Origin } from '../fetch-classes/part';
import { URL } from '../url/part';
import { Body, WithBody, bodyInside, extracted } from './body';

const redirects: readonly number[] = [301, 302, 303, 307, 308];
const withoutBody: readonly number[] = [101, 103, 204, 205, 304];

export class Response extends WithBody {
  readonly #head: ResponseHead;

  constructor(body?: unknown, head: Head = {}, from: Origin = made, content?: Body) {
    super();
    const status = Math.trunc(Number(head.status ?? 200));
    if (from === made && (status < 200 || status > 599))
      throw new NativeRangeError('init["status"] must be in the range of 200 to 599, inclusive.');
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

  static json(value: unknown, head: Head = {}): Response {
    const text: unknown = JSON.stringify(value);
    if (text === undefined) throw new NativeTypeError('Value is not JSON serializable');
    const headers = new Headers(head.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    return new Response(text, { ...head, headers });
  }

  static redirect(url: unknown, status: unknown = 302): Response {
    const target = new URL(toText(url));
    if (!redirects.includes(Number(status))) throw new NativeRangeError(`Invalid status code ${toText(status)}`);
    return new Response(null, { status, headers: { location: target.href } });
  }
}
asInterface(Response, 'Response');
for (const name of ['body', 'bodyUsed', 'text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData']) enumerable(name);

function enumerable(name: string): void {
  defineProperty(WithBody.prototype, name, { enumerable: true });
}

/**
 * Why this file exists: `fetch` of what lies beside the page: the folder of its script is the server's root, and every
 * file in it is answered. How long that takes is modelled; the outside is not there.
 */
import { endNow } from '../../ending';
import { TextDecoder } from '../../modules/encoding';
import { note } from '../../notes';
import { lookOutside, readOutside } from '../../outside';
import { SafeMap, isObject, toText } from '../../primordials';
import { sourceAt } from '../../program-modules';
import { PromiseConstructor, newCapability } from '../../promise';
import { here } from '../../recorder';
import { AbortSignal } from './events/abort';
import { asInterface } from './interfaces';
import { cancel, postAfter, runCallback } from './loop';
import { origin } from './messages';
import { failed } from './web-errors';

/** Until the head of an answer is there, and until its body is read. Modelled. */
const [headMs, bodyMs] = [5, 0.5];

const types: Readonly<Record<string, string>> = {
  json: 'application/json', txt: 'text/plain', html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml',
};

export class Headers {
  readonly #values = new SafeMap<string, string>();

  constructor(given?: Readonly<Record<string, unknown>> | Iterable<readonly [string, unknown]>) {
    if (!isObject(given)) return;
    const entries = Symbol.iterator in given ? [...given] : Object.entries(given);
    for (const [name, value] of entries) this.append(name, value);
  }

  get(name: unknown): string | null {
    return this.#values.get(toText(name).toLowerCase()) ?? null;
  }

  has(name: unknown): boolean {
    return this.#values.has(toText(name).toLowerCase());
  }

  set(name: unknown, value: unknown): void {
    this.#values.set(toText(name).toLowerCase(), toText(value));
  }

  append(name: unknown, value: unknown): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${toText(value)}`);
  }

  delete(name: unknown): void {
    this.#values.delete(toText(name).toLowerCase());
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return [...this.#values].sort(([one], [other]) => (one < other ? -1 : 1))[Symbol.iterator]();
  }
}
asInterface(Headers, 'Headers');

interface Head {
  readonly status?: unknown;
  readonly statusText?: unknown;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
}

/** What an answer is made of besides what a program may say. */
interface Origin {
  readonly url: string;
  readonly type: string;
}

const made: Origin = { url: '', type: 'default' };

export class Response {
  readonly #bytes: Uint8Array;
  #isUsed = false;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly url: string;
  readonly type: string;
  readonly redirected = false;

  constructor(body?: unknown, head: Head = {}, from = made) {
    this.#bytes = body instanceof Uint8Array ? body : new Uint8Array(encoded(body === undefined || body === null ? '' : toText(body)));
    this.status = Number(head.status ?? 200);
    this.statusText = toText(head.statusText ?? '');
    this.headers = new Headers(head.headers);
    this.url = from.url;
    this.type = from.type;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get bodyUsed(): boolean {
    return this.#isUsed;
  }

  get body(): never {
    return endNow({ kind: 'unsupported', message: 'response.body is not modelled yet', site: here() });
  }

  text(): object {
    return this.#read('text', (text) => text);
  }

  json(): object {
    return this.#read('json', (text) => JSON.parse(text) as unknown);
  }

  arrayBuffer(): object {
    return this.#read('arrayBuffer', (_, bytes) => bytes.slice().buffer);
  }

  clone(): Response {
    if (this.#isUsed) throw failed('clone', 'Response', 'Response body is already used');
    return new Response(this.#bytes, this, this);
  }

  /** The body is there in a task of its own. */
  #read(method: string, make: (text: string, bytes: Uint8Array) => unknown): object {
    const capability = newCapability(PromiseConstructor, { origin: 'internal', label: `${method}()` });
    if (this.#isUsed) capability.reject(failed(method, 'Response', 'body stream already read'));
    else {
      postAfter(bodyMs, { queue: 'tasks', origin: 'fetch', label: 'body', site: 0 }, (task) => {
        runCallback(task.token, () => {
          settle(capability, () => make(new TextDecoder().decode(this.#bytes), this.#bytes));
        });
      });
    }
    this.#isUsed = true;
    return capability.promise;
  }

  static json(value: unknown, head: Head = {}): Response {
    const response = new Response(JSON.stringify(value), head);
    if (!response.headers.has('content-type')) response.headers.set('content-type', 'application/json');
    return response;
  }
}
asInterface(Response, 'Response');

interface Capability {
  readonly promise: object;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

function settle({ resolve, reject }: Capability, make: () => unknown): void {
  try {
    resolve(make());
  } catch (error) {
    reject(error);
  }
}

/** UTF-8. */
function encoded(text: string): number[] {
  const bytes: number[] = [];
  for (const part of encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|[^%]/g)) {
    const [whole, code] = part;
    bytes.push(code === undefined ? whole.charCodeAt(0) : parseInt(code, 16));
  }
  return bytes;
}

function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

/** The path below the server's root. */
function pathOf(input: unknown): string {
  const address = isObject(input) && 'href' in input ? toText(input.href) : toText(input);
  if (isObject(input) && !('href' in input)) unmodelled('fetch of a Request');
  const own = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
  if (/^\w+:/.test(own) || own.startsWith('//')) unmodelled(`fetch of ${address.slice(0, 60)}: the outside`);
  return decodeURIComponent(own.replace(/[?#].*$/, '')).replace(/^(?:\.?\/)+/, '');
}

function answerTo(path: string): Response {
  const folder = sourceAt(0).path.replace(/^\/project\//, '').replace(/(?:^|\/)[^/]*$/, '');
  const file = folder === '' ? path : `${folder}/${path}`;
  const from = { url: `${origin}/${path}`, type: 'basic' };
  const seen = path.split('/').includes('..') ? null : lookOutside(file);
  if (seen?.kind !== 'file') return new Response('', { status: 404, statusText: 'Not Found' }, from);
  const type = types[/[^.]*$/.exec(path)?.[0] ?? ''] ?? 'application/octet-stream';
  return new Response(readOutside(file), { statusText: 'OK', headers: { 'content-type': type } }, from);
}

interface Options {
  readonly method?: unknown;
  readonly signal?: unknown;
}

export function fetch(...given: [input?: unknown, options?: unknown]): object {
  const capability = newCapability(PromiseConstructor, { origin: 'internal', label: 'fetch()' });
  if (given.length === 0) {
    capability.reject(failed('fetch', 'Window', '1 argument required, but only 0 present.'));
    return capability.promise;
  }
  const options: Options = isObject(given[1]) ? given[1] : {};
  const method = toText(options.method ?? 'GET').toUpperCase();
  if (method !== 'GET') unmodelled(`fetch with ${method}`);
  const path = pathOf(given[0]);
  const signal = options.signal instanceof AbortSignal ? options.signal : undefined;
  if (signal?.aborted === true) capability.reject(signal.reason);
  else begin(path, signal, capability);
  return capability.promise;
}

function begin(path: string, signal: AbortSignal | undefined, capability: Capability): void {
  note('modelled', `An answer to fetch comes after ${headMs} ms.`);
  const task = postAfter(headMs, { queue: 'tasks', origin: 'fetch', label: `fetch ${path}`, site: 0 }, ({ token }) => {
    runCallback(token, () => {
      settle(capability, () => answerTo(path));
    });
  });
  if (signal === undefined) return;
  AbortSignal.whenAborted(signal, (reason) => {
    cancel(task);
    capability.reject(reason);
  });
}

/**
 * Why this file exists: `fetch` of what lies beside the page: the folder of its script is the server's root, and every
 * file in it is answered. How long that takes is modelled; for the outside the scenario answers.
 */
import { endNow } from '../../ending';
import { TextDecoder } from '../../modules/encoding';
import { note } from '../../notes';
import { lookOutside, readOutside } from '../../outside';
import { NativeTypeError, isObject, toText } from '../../primordials';
import { sourceAt } from '../../program-modules';
import { PromiseConstructor, newCapability } from '../../promise';
import { here } from '../../recorder';
import { httpAnswer } from '../../scenario';
import { Headers, ResponseHead, made, type Head } from '../fetch-classes/part';
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

asInterface(Headers, 'Headers');

export class Response extends ResponseHead {
  readonly #bytes: Uint8Array;
  #isUsed = false;

  constructor(body?: unknown, head: Head = {}, from = made) {
    super(head, from);
    this.#bytes = body instanceof Uint8Array ? body : new Uint8Array(encoded(body === undefined || body === null ? '' : toText(body)));
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

/** Who answers, and when. */
interface Answering {
  readonly label: string;
  readonly ms: number;
  answer(): Response;
}

function answeringTo(input: unknown, method: string): Answering {
  const address = isObject(input) && 'href' in input ? toText(input.href) : toText(input);
  if (isObject(input) && !('href' in input)) unmodelled('fetch of a Request');
  const own = address.startsWith(`${origin}/`) ? address.slice(origin.length) : address;
  if (/^\w+:/.test(own) || own.startsWith('//')) return outside(own.startsWith('//') ? `http:${own}` : own, method);
  if (method !== 'GET') unmodelled(`fetch with ${method}`);
  note('modelled', `An answer to fetch comes after ${headMs} ms.`);
  const path = decodeURIComponent(own.replace(/[?#].*$/, '')).replace(/^(?:\.?\/)+/, '');
  return { label: path, ms: headMs, answer: () => answerTo(path) };
}

/** Of the world outside the scenario says what is answered. */
function outside(url: string, method: string): Answering {
  const said = httpAnswer(method, url);
  if (said === undefined) unmodelled(`fetch of ${url.slice(0, 60)}: the scenario can say what is answered; without that`);
  const { status = 200, headers = {}, json, text = '', fails, latencyMs = headMs } = said;
  return {
    label: url,
    ms: latencyMs,
    answer: () => {
      if (fails !== undefined) throw new NativeTypeError('Failed to fetch');
      const type = json === undefined ? 'text/plain;charset=UTF-8' : 'application/json';
      const body = json === undefined ? text : JSON.stringify(json);
      return new Response(body, { status, headers: { 'content-type': type, ...headers } }, { url, type: 'cors' });
    },
  };
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
  const answering = answeringTo(given[0], method);
  const signal = options.signal instanceof AbortSignal ? options.signal : undefined;
  if (signal?.aborted === true) capability.reject(signal.reason);
  else begin(answering, signal, capability);
  return capability.promise;
}

function begin({ label, ms, answer }: Answering, signal: AbortSignal | undefined, capability: Capability): void {
  const task = postAfter(ms, { queue: 'tasks', origin: 'fetch', label: `fetch ${label}`, site: 0 }, ({ token }) => {
    runCallback(token, () => {
      settle(capability, answer);
    });
  });
  if (signal === undefined) return;
  AbortSignal.whenAborted(signal, (reason) => {
    cancel(task);
    capability.reject(reason);
  });
}

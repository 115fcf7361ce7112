/**
 * Why this file exists: `fetch` of Node, over the same connections as `http`. Undici 6: lib/web/fetch/index.js. NOT
 * MODELLED: bodies that are packed, multipart forms, caches.
 */
import { clock } from '../../clock';
import { abortListener } from '../../modules/events/abort';
import { inTicks, withNodeFrames } from '../../node-frames';
import { NativeError, NativeTypeError } from '../../primordials';
import { captureFor } from '../../stack-of-waiting';
import { PromiseConstructor, newCapability } from '../../promise';
import { Buffer } from '../buffer/part';
import { Headers } from '../fetch-classes/part';
import { ask, newAgents, type IncomingMessage } from '../http/part';
import { URL } from '../url/part';
import { Body, afterMicrotasks, bodyInside, cutOff } from './body';
import { Request, type RequestInit } from './request';
import { Response } from './response';

/** Connections are kept for those who ask again. */
const agents = newAgents({ keepAlive: true, timeout: 4000 });
const mostRedirects = 20;
/** Microtasks until a text in an address is answered. As measured. */
const dataTicks = 4;
/** Fetch, §2.9: ports of other protocols. */
const badPorts: readonly number[] = [
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080,
];

interface Ends {
  readonly resolve: (response: Response) => void;
  /** After so many microtasks, none if it is not said. */
  readonly reject: (error: unknown, ticks?: number) => void;
}

interface Under extends Ends {
  readonly request: Request;
  /** Why the program gave up, if it did. */
  readonly aborted: () => unknown;
  /** What the answer brings, once there is one. */
  body?: Body;
}

interface Step {
  readonly url: URL;
  readonly method: string;
  readonly body: Uint8Array | undefined;
  readonly redirects: number;
}

function failed(cause: unknown): Error {
  return new NativeTypeError('fetch failed', { cause });
}

/** The first call loads what it needs. Modelled, as measured: 23 to 26 ms. */
const firstMs = 20;
let isFirst = true;

export function fetch(...given: [input?: unknown, init?: RequestInit]): object {
  const { promise, resolve, reject } = newCapability(PromiseConstructor, { origin: 'internal', label: 'fetch()' });
  const refuse = (error: unknown, ticks = 0): void => {
    afterMicrotasks(ticks, () => {
      captureFor(error, promise); // Node 20: lib/internal/deps/undici/undici.js, module.exports.fetch
      withNodeFrames(error, 'node:internal/deps/undici/undici:14976:13', ...(ticks === 0 ? [inTicks] : []));
      reject(error);
    });
  };
  begun(given, { resolve, reject: refuse });
  return promise;
}

/** Microtasks until Node refuses what it need not ask for. As measured. */
const refusedTicks = { request: 1, port: 2, scheme: 4 };

function begun(given: readonly [input?: unknown, init?: RequestInit], { resolve, reject }: Ends): void {
  if (isFirst) clock.spend(firstMs);
  isFirst = false;
  let request: Request;
  try {
    request = new Request(...given);
  } catch (error) {
    reject(error, refusedTicks.request);
    return;
  }
  const { signal } = request;
  if (signal.aborted) reject(signal.reason, refusedTicks.request);
  else begin({ request, resolve, reject, aborted: () => (signal.aborted ? (signal.reason) : undefined) });
}

function begin(under: Under): void {
  const { request, reject } = under;
  const content = bodyInside.contentOf(request);
  const url = new URL(request.url);
  if (url.protocol === 'data:') {
    afterMicrotasks(dataTicks, () => { answerData(url, under); });
    return;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    reject(failed(new NativeError(url.protocol === 'file:' ? 'not implemented... yet...' : 'unknown scheme')), refusedTicks.scheme);
    return;
  }
  const first = { url, method: request.method, redirects: 0 };
  if (content.isNull) send({ ...first, body: undefined }, under);
  else if (content.extracted?.bytes !== undefined && content.extracted.stream === undefined)
    send({ ...first, body: content.extracted.bytes }, under);
  else {
    const whole = content.consumed((bytes) => bytes) as Promise<Uint8Array>; // a promise of ours
    whole.then((body) => { send({ ...first, body }, under); }, (error: unknown) => { reject(failed(error)); });
  }
}

/** As undici writes them, in its order. */
function fieldsOf(request: Request, { url, method, body }: Step): string[] {
  const own = [...request.headers].flatMap(([name, value]) => [name, value]);
  const usual: Readonly<Record<string, string>> = {
    accept: '*/*', 'accept-language': '*', 'sec-fetch-mode': 'cors', 'user-agent': 'node',
    'accept-encoding': url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate',
  };
  const fields = ['host', url.host, 'connection', 'keep-alive', ...own];
  for (const [name, value] of Object.entries(usual)) if (!request.headers.has(name)) fields.push(name, value);
  if (body !== undefined) fields.push('content-length', String(body.length));
  else if (/^(?:POST|PUT|PATCH)$/.test(method)) fields.push('content-length', '0');
  return fields;
}

function send(step: Step, under: Under): void {
  const { request, reject, aborted } = under;
  if (badPorts.includes(Number(step.url.port))) {
    reject(failed(new NativeError('bad port')), refusedTicks.port);
    return;
  }
  const req = ask(step.url, { method: step.method, headers: fieldsOf(request, step) }, agents);
  const stop = abortListener(request.signal, () => {
    reject(aborted());
    under.body?.callOff(aborted());
    req.res?.destroy();
    req.destroy();
  }) as Disposable; // it can be ended
  req.on('error', (error: Error & { code?: unknown }) => {
    const isCut = error.code === 'ECONNRESET' && error.message === 'socket hang up';
    reject(aborted() ?? failed(isCut ? cutOff() : error));
  });
  req.on('response', (res: IncomingMessage) => { responded(res, step, under); });
  req.on('close', () => { if (req.res === null || req.res.complete) stop[Symbol.dispose](); });
  req.end(step.body);
}

function responded(res: IncomingMessage, step: Step, under: Under): void {
  const { request, resolve, reject } = under;
  const status = res.statusCode ?? 0;
  const location = res.headers['location'];
  const isRedirect = [301, 302, 303, 307, 308].includes(status) && typeof location === 'string';
  if (isRedirect && request.redirect === 'error') {
    res.resume();
    reject(failed(new NativeError('unexpected redirect')));
  } else if (isRedirect && request.redirect === 'follow') {
    res.resume();
    follow(new URL(location, step.url.href), status, step, under);
  } else resolve(responseOf(res, step, under));
}

function follow(url: URL, status: number, { method, body, redirects }: Step, under: Under): void {
  if (redirects >= mostRedirects) {
    under.reject(failed(new NativeError('redirect count exceeded')));
    return;
  }
  const becomesGet = (status === 303 && !/^(?:GET|HEAD)$/.test(method)) || (status < 303 && method === 'POST');
  const next = becomesGet ? { method: 'GET', body: undefined } : { method, body };
  send({ url, ...next, redirects: redirects + 1 }, under);
}

function responseOf(res: IncomingMessage, { url, redirects }: Step, under: Under): Response {
  const headers = new Headers();
  for (let i = 0; i < res.rawHeaders.length; i += 2) headers.append(res.rawHeaders[i], res.rawHeaders[i + 1]);
  const address = new URL(url.href);
  address.hash = '';
  const origin = { url: address.href, type: 'basic', redirected: redirects > 0 };
  const head = { status: res.statusCode, statusText: res.statusMessage, headers };
  return new Response(null, head, origin, (under.body = new Body(undefined, res, under.aborted)));
}

/** `data:,text` and `data:text/plain;base64,…`. */
function answerData(url: URL, { resolve, reject }: Under): void {
  const match = /^data:([^,]*?)(;\s*base64)?,(.*)$/s.exec(url.href.replace(/#.*$/s, ''));
  if (match === null) {
    reject(failed(new NativeError('invalid data: URL')));
    return;
  }
  const [, type = '', isPacked, text = ''] = match;
  const bytes = Buffer.from(decodeURIComponent(text), isPacked === undefined ? 'utf8' : 'base64');
  const headers = { 'content-type': type === '' ? 'text/plain;charset=US-ASCII' : type };
  const body = new Body({ bytes, stream: undefined, type: undefined });
  resolve(new Response(null, { statusText: 'OK', headers }, { url: url.href, type: 'basic' }, body));
}


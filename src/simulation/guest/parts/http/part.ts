/** Why this file exists: the part of the guest that brings `http` and `https`. Node 20: lib/http.js, lib/https.js. */
import { endNow } from '../../ending';
import { offerModule } from '../../modules/builtin';
import { isCallable, isObject, named, toText } from '../../primordials';
import { here } from '../../recorder';
import { callable, type Socket } from '../net/part';
import { URL } from '../url/part';
import { Agent, agents, type AgentOptions, type RequestPlace } from './agent';
import { ClientRequest, type RequestOptions } from './client';
import { methods, statusCodes } from './constants';
import { checkName, checkValue } from './fields';
import { IncomingMessage } from './incoming';
import { OutgoingMessage } from './outgoing';
import { ServerResponse } from './response';
import { Server, httpServerOn } from './server';

/** `(url, options, callback)` and `(options, callback)`. */
function normalized(given: readonly unknown[]): { readonly options: RequestOptions; readonly callback: unknown } {
  const [first, second] = given;
  const callback = given.find(isCallable);
  const isUrl = typeof first === 'string' || first instanceof URL;
  if (!isUrl) return { options: isObject(first) && !isCallable(first) ? first : {}, callback };
  const more: RequestOptions = isObject(second) && !isCallable(second) ? second : {};
  return { options: { ...optionsOf(typeof first === 'string' ? new URL(first) : first), ...more }, callback };
}

function optionsOf(url: URL): RequestOptions {
  const { protocol, hostname, pathname, search, port, username, password } = url;
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  const auth = username === '' && password === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` };
  return { protocol, hostname: host, path: `${pathname}${search}`, ...(port === '' ? {} : { port: Number(port) }), ...auth };
}

/** What secures connections within the program: the part that brings `https`. Services outside need none. */
export const secureConnections: { connect: ((options: Readonly<Record<string, unknown>>) => Socket) | undefined } = {
  connect: undefined,
};

/** What parts connections that are secured, in Node's order. */
const nameParts = [
  'ca', 'cert', 'clientCertEngine', 'ciphers', 'key', 'pfx', 'rejectUnauthorized', 'servername', 'minVersion', 'maxVersion',
  'secureProtocol', 'crl', 'honorCipherOrder', 'ecdhCurve', 'dhparam', 'secureOptions', 'sessionIdContext', 'sigalgs',
  'privateKeyIdentifier', 'privateKeyEngine',
];

class SecureAgent extends Agent {
  override readonly defaultPort = 443;
  override readonly protocol = 'https:';

  override createConnection(options: Readonly<Record<string, unknown>>, listener?: unknown): Socket {
    const { connect } = secureConnections;
    const isInside = options['outside'] === undefined && connect !== undefined;
    return isInside ? connect(options) : super.createConnection(options, listener);
  }

  override getName(place: Partial<RequestPlace> = {}): string {
    const given: Readonly<Record<string, unknown>> = { ...place, ...place.secure };
    const parts = nameParts.map((name) => {
      const value = given[name] ?? '';
      return name === 'servername' && value === place.host ? '' : toText(value);
    });
    return `${super.getName(place)}:${parts.join(':')}`;
  }
}
named(SecureAgent, 'Agent', 1);
const secureAgent = new SecureAgent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 });

type Ask = (...given: unknown[]) => ClientRequest;

function asking(usual: () => Agent): { readonly request: Ask; readonly get: Ask } {
  function request(...given: unknown[]): ClientRequest {
    const { options, callback } = normalized(given);
    return new ClientRequest(options, callback, usual());
  }
  function get(...given: unknown[]): ClientRequest {
    return request(...given).end();
  }
  return { request: named(request, 'request', 3), get: named(get, 'get', 3) };
}

function RequestOf(...given: unknown[]): ClientRequest {
  const { options, callback } = normalized(given);
  return new ClientRequest(options, callback, agents.http);
}
Object.defineProperty(RequestOf, 'prototype', { value: ClientRequest.prototype, writable: false });

/** What a program may put another agent in. */
const usual: { http: Agent; https: Agent } = { http: agents.http, https: secureAgent };

const http = {
  METHODS: [...methods], STATUS_CODES: { ...statusCodes },
  Agent: callable(Agent, 'Agent', 1),
  ClientRequest: named(RequestOf, 'ClientRequest', 3),
  IncomingMessage: callable(IncomingMessage, 'IncomingMessage', 1),
  OutgoingMessage: callable(OutgoingMessage, 'OutgoingMessage', 1),
  Server: callable(Server, 'Server', 2),
  ServerResponse: callable(ServerResponse, 'ServerResponse', 2),
  createServer: named((options?: unknown, listener?: unknown) => new Server(options, listener), 'createServer', 2),
  ...asking(() => usual.http),
  maxHeaderSize: 16_384,
  validateHeaderName: named(checkName, 'validateHeaderName', 2),
  validateHeaderValue: named(checkValue, 'validateHeaderValue', 2),
};
/** Servers come with the part that secures them. */
export const https = {
  Agent: callable(SecureAgent, 'Agent', 1),
  ...asking(() => usual.https),
};
for (const [module, name] of [[http, 'http'], [https, 'https']] as const) {
  Object.defineProperty(module, 'globalAgent', {
    get: () => usual[name],
    set: (agent: Agent) => { usual[name] = agent; },
    enumerable: true,
    configurable: true,
  });
}
const httpMissing = ['setMaxIdleHTTPParsers'];
offerModule('http', () => http, httpMissing);

export interface Agents {
  readonly http: Agent;
  readonly https: Agent;
}

/** For `fetch`. */
export function ask(url: URL, options: RequestOptions, agents: Agents): ClientRequest {
  const usual = url.protocol === 'https:' ? agents.https : agents.http;
  return new ClientRequest({ ...optionsOf(url), ...options, agent: usual }, undefined, usual);
}

export function newAgents(options: AgentOptions): Agents {
  return { http: new Agent(options), https: new SecureAgent(options) };
}

export function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

export { httpServerOn };
export type { Socket as AnySocket } from '../net/part';
export type { ClientRequest } from './client';
export type { IncomingMessage } from './incoming';

/** Why this file exists: `http.Agent`: connections that are kept and used again. Node 20: lib/_http_agent.js. */
import { lackMembers } from '../../stand-ins';
import { asyncContext, inContext } from '../../async-context';
import { newEmitter } from '../../modules/events/emitter';
import { createObject, named } from '../../primordials';
import { connect, type Outside, type Socket } from '../net/part';
import type { ClientRequest } from './client';

export interface AgentOptions {
  readonly keepAlive?: boolean;
  readonly keepAliveMsecs?: number;
  readonly maxSockets?: number;
  readonly maxTotalSockets?: number;
  readonly maxFreeSockets?: number;
  readonly scheduling?: 'fifo' | 'lifo';
  readonly timeout?: number;
  readonly [option: string]: unknown;
}

export interface RequestPlace {
  readonly host: string;
  readonly port: number;
  readonly socketPath?: string | undefined;
  readonly localAddress?: unknown;
  readonly family?: unknown;
  readonly timeout?: number | undefined;
  readonly outside?: Outside | undefined;
  /** Keys, certificates and what is to be trusted. */
  readonly secure?: Readonly<Record<string, unknown>> | undefined;
}

/** Of an agent and of a request: what is meant for `tls.connect`. */
const secureOptions = [
  'ca', 'cert', 'key', 'pfx', 'passphrase', 'crl', 'ciphers', 'rejectUnauthorized', 'servername', 'checkServerIdentity',
  'ALPNProtocols', 'minVersion', 'maxVersion', 'secureContext', 'secureProtocol', 'sigalgs',
];

export function secureOf(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const given = secureOptions.filter((name) => options[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, options[name]]));
}

interface Waiting {
  readonly req: ClientRequest;
  readonly place: RequestPlace;
  /** Runs in the context of the request. */
  readonly inItsContext: (run: () => void) => void;
}

/** What goes wrong with a connection that nobody uses. */
function unheard(): void {
  // It will be closed, and not be given to anybody.
}

/** Names of hosts come and go. */
function forget(record: Record<string, unknown>, name: string): void {
  Reflect.deleteProperty(record, name);
}

export class Agent extends newEmitter {
  readonly defaultPort: number = 80;
  readonly protocol: string = 'http:';
  readonly options: AgentOptions;
  readonly requests = createObject(null) as Record<string, Waiting[]>;
  readonly sockets = createObject(null) as Record<string, Socket[]>;
  readonly freeSockets = createObject(null) as Record<string, Socket[]>;
  readonly keepAliveMsecs: number;
  readonly keepAlive: boolean;
  maxSockets: number;
  maxFreeSockets: number;
  readonly scheduling: 'fifo' | 'lifo';
  readonly maxTotalSockets: number;
  totalSocketCount = 0;

  constructor(options: AgentOptions = {}) {
    super();
    this.options = { path: null, ...options, noDelay: options['noDelay'] ?? true };
    this.keepAliveMsecs = options.keepAliveMsecs ?? 1000;
    this.keepAlive = options.keepAlive ?? false;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.maxFreeSockets = options.maxFreeSockets ?? 256;
    this.scheduling = options.scheduling ?? 'lifo';
    this.maxTotalSockets = options.maxTotalSockets ?? Infinity;
    this.on('free', (socket: Socket, place: RequestPlace) => { this.#freed(socket, place); });
  }

  static get defaultMaxSockets(): number {
    return Infinity;
  }

  createConnection(options: Readonly<Record<string, unknown>>, listener?: unknown): Socket {
    return connect(options, listener);
  }

  getName(place: Partial<RequestPlace> = {}): string {
    const { host, port, localAddress, family, socketPath } = place;
    const name = `${host ?? 'localhost'}:${port === undefined ? '' : String(port)}:${typeof localAddress === 'string' ? localAddress : ''}`;
    return `${name}${family === 4 || family === 6 ? `:${family}` : ''}${socketPath === undefined ? '' : `:${socketPath}`}`;
  }

  addRequest(req: ClientRequest, asked: RequestPlace): void {
    const secure = asked.secure && { ...asked.secure, ...secureOf(this.options) };
    const place = { ...asked, ...(secure && { secure }) };
    const name = this.getName(place);
    const used = (this.sockets[name] ??= []);
    const free = this.freeSockets[name];
    while (free !== undefined && free.length > 0 && free[0]?.destroyed === true) free.shift();
    const socket = this.scheduling === 'fifo' ? free?.shift() : free?.pop();
    if (free?.length === 0) forget(this.freeSockets, name);
    if (socket !== undefined) {
      req.reusedSocket = true;
      socket.removeListener('error', unheard);
      socket.ref();
      this.#give(req, socket);
      used.push(socket);
    } else if (used.length + (free?.length ?? 0) < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
      this.#create(req, place, name);
    } else {
      const context = asyncContext.current;
      (this.requests[name] ??= []).push({ req, place, inItsContext: (run) => { inContext(context, run); } });
    }
  }

  #give(req: ClientRequest, socket: Socket): void {
    req.onSocket(socket);
    const usual = this.options.timeout ?? 0;
    if (req.timeout !== undefined && req.timeout !== usual) socket.setTimeout(req.timeout);
  }

  #create(req: ClientRequest, place: RequestPlace, name: string): void {
    const { timeout } = this.options;
    const { socketPath, secure, ...rest } = { ...place, ...(timeout === undefined ? {} : { timeout }) };
    const others = { ...rest, ...secure };
    const ownMake: NonNullable<ClientRequest['createConnection']> = (options) => this.createConnection(options);
    const make = req.createConnection ?? ownMake;
    const socket = make(socketPath === undefined ? others : { path: socketPath });
    (this.sockets[name] ??= []).push(socket);
    this.totalSocketCount++;
    this.#listen(socket, place);
    this.#give(req, socket);
  }

  #listen(socket: Socket, place: RequestPlace): void {
    socket.on('free', () => { this.emit('free', socket, place); });
    socket.on('close', () => {
      this.totalSocketCount--;
      this.#remove(socket, place);
    });
    socket.on('timeout', () => {
      if (Object.values(this.freeSockets).some((free) => free.includes(socket))) {
        socket.destroy();
      }
    });
  }

  #freed(socket: Socket, place: RequestPlace): void {
    const name = this.getName(place);
    if (!socket.writable) {
      socket.destroy();
      return;
    }
    const next = this.requests[name]?.shift();
    if (this.requests[name]?.length === 0) forget(this.requests, name);
    if (next !== undefined) {
      next.inItsContext(() => { this.#give(next.req, socket); });
      return;
    }
    const req = socket._httpMessage as ClientRequest | null; // a client's are requests
    const free = this.freeSockets[name] ?? [];
    const count = free.length + (this.sockets[name]?.length ?? 0);
    const isKept = req !== null && req.shouldKeepAlive && this.keepAlive && count <= this.maxSockets &&
      this.totalSocketCount <= this.maxTotalSockets && free.length < this.maxFreeSockets && hintOf(req) !== 0;
    if (!isKept) {
      socket.destroy();
      return;
    }
    this.#keep(socket, req);
    this.freeSockets[name] = free;
    socket._httpMessage = null;
    this.#remove(socket, place, false);
    socket.once('error', unheard);
    free.push(socket);
  }

  #keep(socket: Socket, req: ClientRequest): void {
    socket.unref();
    const own = this.options.timeout ?? 0;
    const wanted = Math.min(own, hintOf(req) ?? own);
    if (socket.timeout !== wanted) socket.setTimeout(wanted);
  }

  /** It is in use no more; who waits gets a new one. */
  #remove(socket: Socket, place: RequestPlace, makesNew = true): void {
    const name = this.getName(place);
    for (const pool of [this.sockets, ...(socket.writable ? [] : [this.freeSockets])]) {
      const list = pool[name];
      const at = list?.indexOf(socket) ?? -1;
      if (list === undefined || at < 0) continue;
      list.splice(at, 1);
      if (list.length === 0) forget(pool, name);
    }
    if (!makesNew) return;
    const waiting = this.requests[name]?.[0];
    if (waiting === undefined) return;
    this.requests[name]?.shift();
    if (this.requests[name]?.length === 0) forget(this.requests, name);
    waiting.inItsContext(() => { this.#create(waiting.req, waiting.place, name); });
  }

  destroy(): void {
    for (const pool of [this.freeSockets, this.sockets])
      for (const list of Object.values(pool)) for (const socket of [...list]) socket.destroy();
  }
}
named(Agent, 'Agent', 1);

/** How long the server keeps it, less a second for safety. */
function hintOf(req: ClientRequest): number | undefined {
  const seconds = /^timeout=(\d+)/.exec(String(req.res?.headers['keep-alive'] ?? ''))?.[1];
  return seconds === undefined ? undefined : Math.max(Number(seconds) * 1000 - 1000, 0);
}

/** Node's own, which requests use that name none. */
export const agents = {
  http: new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }),
};
lackMembers(Agent.prototype, 'Agent.prototype', ['createSocket', 'removeSocket', 'keepSocketAlive', 'reuseSocket']);

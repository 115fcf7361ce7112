/** Why this file exists: `socket.connect`. Node 20: lib/net.js (normalizeArgs, lookupAndConnect, afterConnect). */
import { under } from '../../stood-for';
import { endNow } from '../../ending';
import { checkString, codedError } from '../../node-errors';
import { NativeTypeError, isCallable, isObject } from '../../primordials';
import { newCaller, type Caller } from '../../loop/watched';
import { here } from '../../recorder';
import { nextTick } from '../../ticks';
import { lookupAll } from '../dns/part';
import { isHere, isIP, portOf } from './addresses';
import { Endpoint } from './endpoint';
import { calledBackIn, addressError, nameError, type FaultCode } from './faults';
import { connectOutside, connectTo, freePort, portKey, type Places } from './listening';
import { connecting, socketInside, type Place, type Socket } from './socket';

interface Emitting {
  emit(name: string): boolean;
}

function afterConnect(place: string): string {
  return `TCPConnectWrap.afterConnect [as oncomplete] (node:net:${place})`;
}

const tellConnect = under(afterConnect('1596:10'), (socket: Emitting) => { socket.emit('connect'); });
const tellReady = under(afterConnect('1597:10'), (socket: Emitting) => { socket.emit('ready'); });

/** Somebody outside who answers: how a connection there begins. For those that model services. */
export interface Outside {
  readonly peer: Endpoint;
  readonly connectMs: number;
  readonly fault: FaultCode | undefined;
}

export interface ConnectOptions {
  readonly port?: unknown;
  readonly host?: unknown;
  readonly path?: unknown;
  readonly family?: unknown;
  readonly localAddress?: unknown;
  readonly timeout?: unknown;
  readonly outside?: Outside | undefined;
}

interface Normalized {
  readonly options: ConnectOptions;
  readonly listener: unknown;
}

/** `(options, listener)`, `(port, host, listener)`, `(path, listener)`. */
export function normalized(given: readonly unknown[]): Normalized {
  const last = given[given.length - 1];
  const listener = isCallable(last) ? last : null;
  const [first, second] = given;
  if (isObject(first) && !isCallable(first)) return { options: first, listener };
  if (typeof first === 'string' && !/^\d+$/.test(first)) return { options: { path: first }, listener };
  return { options: { port: first, ...(typeof second === 'string' ? { host: second } : {}) }, listener };
}

connecting.begin = (socket, given): void => {
  const { options, listener } = normalized(given);
  if (listener !== null) socket.once('connect', listener);
  const { path, port, host = 'localhost' } = options;
  socket.connecting = true;
  if (path !== undefined && path !== null && path !== '') {
    checkString(path, 'options.path');
    const name = path as string; // just checked
    attach(socket, (end, told) => { connectTo(`path ${name}`, end, undefined, told); }, { address: name });
    return;
  }
  if (port === undefined) {
    socket.connecting = false;
    throw codedError(NativeTypeError, 'ERR_MISSING_ARGS', 'The "options" or "port" or "path" argument must be specified');
  }
  const number = checkedPort(socket, port);
  if (options.outside !== undefined) goOutside(socket, String(host), number, options.outside);
  else lookUp(socket, String(host), number, 'method' in options ? undefined : here());
};

function checkedPort(socket: Socket, port: unknown): number {
  try {
    return portOf(port);
  } catch (error) {
    socket.connecting = false;
    throw error;
  }
}

function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled`, site: here() });
}

/** `site`: where it was asked for, if not by HTTP, whose errors are a matter of the program. */
function lookUp(socket: Socket, host: string, port: number, site: number | undefined): void {
  if (!isHere(host))
    unmodelled(`A connection to ${host}:${port}: of the world outside only HTTP answers`);
  const family = isIP(host);
  const caller = newCaller('TCPWRAP');
  if (family !== 0) {
    const connect = (): void => {
      if (socket.connecting) internalConnect(socket, { address: host, port, family, caller }, site);
    };
    nextTick(connect, [], caller.ids);
    return;
  }
  lookupAll(host, ({ address, family: found }) => {
    if (!socket.connecting) return;
    socket.emit('lookup', null, address, found, host);
    internalConnect(socket, { address, port, family: found, caller }, site);
  });
}

interface Destination {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  readonly caller: Caller;
}

function internalConnect(socket: Socket, destination: Destination, site: number | undefined): void {
  const { address, port, family, caller } = destination;
  const version = family === 4 ? 'IPv4' : 'IPv6';
  const remote: Place = { address, port, family: version };
  const local: Place = { address: family === 4 ? '127.0.0.1' : '::1', port: freePort(), family: version };
  socket.emit('connectionAttempt', address, port, family);
  if (!socket.connecting) return;
  const places = { local, remote };
  const connect: Connect = (end, told) => { connectTo(portKey(port), end, places, told, site); };
  attach(socket, connect, { address, port, places, caller });
}

type Connect = (end: Endpoint, told: (fault?: FaultCode) => void) => void;

interface Target {
  readonly address: string;
  readonly port?: number;
  readonly places?: Places;
  /** The handle, if it is there already. */
  readonly caller?: Caller;
}

function attach(socket: Socket, connect: Connect, { address, port, places, caller }: Target): void {
  const end = new Endpoint('data', port === undefined, caller);
  socketInside.attach(socket, end);
  connect(end, (fault) => {
    if (socket.destroyed) return;
    socket.connecting = false;
    if (fault !== undefined) {
      const error = calledBackIn('connect', port === undefined, addressError(fault, 'connect', address, port));
      if (places !== undefined) socket.emit('connectionAttemptFailed', address, port, isIP(address), error);
      socket.destroy(error);
      return;
    }
    [socket.local, socket.remote] = [places?.local, places?.remote];
    socketInside.refreshTimer(socket);
    tellConnect(socket);
    tellReady(socket);
    if (!socket.isPaused()) socket.read(0);
  });
}

/** Addresses of those that only the scenario knows: documentation's own (RFC 5737). */
const outsideAddress = '192.0.2.1';
/** What asking for a name takes, outside. Modelled. */
const lookupMs = 1;

function goOutside(socket: Socket, host: string, port: number, { peer, connectMs, fault }: Outside): void {
  const address = isIP(host) === 0 ? outsideAddress : host;
  const remote: Place = { address, port, family: 'IPv4' };
  const local: Place = { address: '192.0.2.200', port: freePort(), family: 'IPv4' };
  const isUnknown = fault === 'ENOTFOUND' || fault === 'EAI_AGAIN';
  const connect: Connect = (end, told) => {
    connectOutside(end, { peer, ms: connectMs + (isIP(host) === 0 ? lookupMs : 0), fault }, (failed) => {
      if (isUnknown) {
        socket.connecting = false;
        const error = calledBackIn('lookup', false, nameError(fault, host));
        socket.emit('lookup', error, undefined, undefined, host);
        if (!socket.destroyed) socket.destroy(error);
      } else {
        if (isIP(host) === 0) socket.emit('lookup', null, address, 4, host);
        told(failed);
      }
    });
  };
  attach(socket, connect, { address, port, places: { local, remote } });
}

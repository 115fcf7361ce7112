/** Why this file exists: the part of the guest that brings `net`, and sockets for other parts. */
import { offerModule } from '../../modules/builtin';
import { construct, defineProperty, hide, named } from '../../primordials';
import { standardInput, type Input } from '../../process-streams';
import { BlockList, SocketAddress } from './block-list';
import { Endpoint } from './endpoint';
import { familyChoice } from './family-choice';
import { RemotePeer } from './remote';
import { isIP, isIPv4, isIPv6 } from './addresses';
import { normalized } from './connecting';
import { Server } from './server';
import { Socket, type SocketOptions } from './socket';

export function connect(...given: unknown[]): Socket {
  const { options, listener } = normalized(given);
  const socket = new Socket(options as SocketOptions); // both are read from one object
  const { timeout } = options;
  if (timeout) socket.setTimeout(timeout);
  return socket.connect(options, listener);
}

function createServer(options?: unknown, listener?: unknown): Server {
  return new Server(options, listener);
}

type AnyClass = (new (...given: never[]) => object) & { readonly prototype: object };

/** Node's own classes can be called without `new`. */
export function callable(Class: AnyClass, name: string, length: number): object {
  const make = function (...given: unknown[]): object {
    return construct(Class, given as never[], new.target ?? Class) as object; // whatever the program gives
  };
  named(make, name, length);
  defineProperty(make, 'prototype', { value: Class.prototype, writable: false });
  hide(Class.prototype, 'constructor', make);
  return make;
}

const members: Record<string, unknown> = {
  connect: named(connect, 'connect', 0),
  createConnection: named(connect, 'connect', 0),
  createServer: named(createServer, 'createServer', 2),
  isIP: named(isIP, 'isIP', 1),
  isIPv4: named(isIPv4, 'isIPv4', 1),
  isIPv6: named(isIPv6, 'isIPv6', 1),
  BlockList,
  SocketAddress,
  ...familyChoice,
  Server: callable(Server, 'Server', 2),
  Socket: callable(Socket, 'Socket', 1),
};
members['Stream'] = members['Socket'];
offerModule('net', () => members);
standardInput.open = (port) => {
  const end = new Endpoint('stdin', true);
  RemotePeer.join(port, end);
  const input: Input = {
    onRead: () => undefined,
    readStart: () => { end.readStart(); },
    readStop: () => { end.readStop(); },
    setRef: (isRefed) => { end.setRef(isRefed); },
  };
  end.onRead = (read) => { input.onRead(read instanceof Uint8Array ? read : null); };
  return input;
};

export { isHere, isIP } from './addresses';
export { Endpoint } from './endpoint';
export { pipeToOutside } from './pipe-to-outside';
export type { Handle, Peer, Read } from './handle';
export type { Accepted, Listening } from './listening';
export { depart, RemotePeer } from './remote';
export { errnoOf, faultOfErrno, isFaultCode, systemError, type FaultCode } from './faults';
export { normalized as normalizedArguments, type Outside } from './connecting';
export { Server, serverInside, sharedServers, type ServerQuery } from './server';
export { Socket, ends, socketInside, type SocketOptions } from './socket';
export { Readable, Writable, Duplex, finished, type Done, type DuplexStream } from './base';

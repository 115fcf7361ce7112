/**
 * Why this file exists: sockets that are sent to another process. Node 20: lib/internal/child_process.js
 * (handleConversion).
 */
import { endNow } from '../../ending';
import { here } from '../../recorder';
import { Endpoint, Server, Socket, depart, RemotePeer, socketInside, type Accepted } from '../net/part';
import { handles, type Handle } from '../ipc/part';

type Places = Pick<Accepted, 'local' | 'remote'>;

function ofSocket(socket: Socket): Handle | undefined {
  const { local, remote } = socket;
  const handle = socketInside.handleOf(socket);
  if (handle === undefined) return undefined;
  if (!(handle instanceof Endpoint))
    return endNow({ kind: 'unsupported', message: 'Sending a secured socket to another process is not modelled', site: here() });
  return {
    type: 'net.Socket',
    leave: () => {
      const places: Places = { local, remote };
      socketInside.handedOver(socket);
      return { port: depart(handle), about: places };
    },
  };
}

/** What a cluster's primary took of a connection, which is no socket yet. */
function ofAccepted({ end, local, remote }: Accepted): Handle {
  const places: Places = { local, remote };
  return { type: 'net.Native', leave: () => ({ port: depart(end), about: places }) };
}

handles.find = (value) => {
  if (value instanceof Socket) return ofSocket(value);
  if (value instanceof Server)
    return endNow({ kind: 'unsupported', message: 'Sending a server to another process is not modelled yet', site: here() });
  return isAccepted(value) ? ofAccepted(value) : undefined;
};

function isAccepted(value: unknown): value is Accepted {
  return typeof value === 'object' && value !== null && 'end' in value && value.end instanceof Endpoint;
}

handles.make = (type, port, about) => {
  const { local, remote } = about as Places; // `leave` wrote it
  const end = new Endpoint('data', local === undefined);
  RemotePeer.join(port, end);
  if (type === 'net.Native') return { end, local, remote } satisfies Accepted;
  const socket = new Socket({ handle: end, readable: true, writable: true });
  [socket.local, socket.remote] = [local, remote];
  return socket;
};

/**
 * Why this file exists: errors of sockets, names and processes, in libuv's words, as Node's JavaScript makes them. Node
 * 20: lib/internal/errors.js (ErrnoException, UVExceptionWithHostPort, ExceptionWithHostPort).
 */
import { NativeError, hide } from '../../primordials';
import { systemFaults, type FaultCode } from '../../system-faults';

export type { FaultCode };

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(systemFaults, code);
}

/** What libuv's number says; one that is not known is taken for the commonest. */
export function faultOfErrno(errno: number): FaultCode {
  const found = Object.keys(systemFaults).find((code) => isFaultCode(code) && errnoOf(code) === errno);
  return found !== undefined && isFaultCode(found) ? found : 'EADDRINUSE';
}

export function errnoOf(code: FaultCode): number {
  return -systemFaults[code][0];
}

/** `spawn cat ENOENT`, `write EPIPE`. */
export function systemError(code: FaultCode, syscall: string): Error {
  const error = new NativeError(`${syscall} ${code}`);
  return Object.assign(error, { errno: errnoOf(code), code, syscall });
}

/** `connect ECONNREFUSED 127.0.0.1:80`; with `details`, how the socket is bound. */
export function addressError(code: FaultCode, syscall: string, address: string, port?: number, details = ''): Error {
  const where = port !== undefined && port > 0 ? `${address}:${port}` : address;
  const error = new NativeError(`${syscall} ${code} ${where}${details === '' ? '' : ` - Local (${details})`}`);
  Object.assign(error, { errno: errnoOf(code), code, syscall, address });
  if (port !== undefined && port > 0) Object.assign(error, { port });
  return error;
}

/** `listen EADDRINUSE: address already in use :::80`. */
export function bindError(code: FaultCode, syscall: string, address: string, port: number): Error {
  const where = port > 0 ? `${address}:${port}` : address;
  const error = new NativeError(`${syscall} ${code}: ${systemFaults[code][1]} ${where}`);
  Object.assign(error, { code, errno: errnoOf(code), syscall, address });
  if (port > 0) Object.assign(error, { port });
  return error;
}

/** `getaddrinfo ENOTFOUND example.com`. */
export function nameError(code: 'ENOTFOUND' | 'EAI_AGAIN', hostname: string): Error {
  const error = new NativeError(`getaddrinfo ${code} ${hostname}`);
  return Object.assign(error, { errno: errnoOf(code), code, syscall: 'getaddrinfo', hostname });
}

/** The one frame that its stack has: Node makes it when libuv calls back, on an empty stack. */
export function calledBackIn(frame: 'connect' | 'lookup' | 'read' | 'write', isPipe: boolean, error: Error): Error {
  const handle = isPipe ? 'Pipe' : 'TCP';
  const where = {
    connect: `${handle}ConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)`,
    lookup: 'GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)',
    read: `${handle}.onStreamRead (node:internal/stream_base_commons:216:20)`,
    write: 'WriteWrap.onWriteComplete [as oncomplete] (node:internal/stream_base_commons:95:16)',
  };
  hide(error, 'stack', `Error: ${error.message}\n    at ${where[frame]}`);
  return error;
}

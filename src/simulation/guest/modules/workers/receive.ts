/** Why this file exists: receiveMessageOnPort: a message without the loop. Node 20: src/node_messaging.cc. */
import { meet } from '../../agents';
import { clock } from '../../clock';
import { nativeCoded } from '../../node-errors';
import { NativeTypeError } from '../../primordials';
import { closeEnd, endOfPort, nextMessage, readMessage, type End } from './end';
import { portTraffic } from './port-events';

/** Takes one message, if there is one: nobody's turn is needed. */
export function receiveMessageOnPort(port: unknown): { readonly message: unknown } | undefined {
  const end = endOfPort(port) ?? broadcastEnd.of(port);
  if (end === undefined)
    throw nativeCoded(NativeTypeError, 'ERR_INVALID_ARG_TYPE', 'The "port" argument must be a MessagePort instance');
  if (end.isClosing || end.isMoved) return undefined;
  meet(clock.now());
  takeIn.now();
  const message = nextMessage(end, true);
  if (message?.kind === 'closed') closeEnd(end);
  if (message?.kind !== 'message') return undefined;
  portTraffic.taken(message);
  return { message: readMessage(message).value };
}

/** How a broadcast channel is found, and arrivals are sorted: set by those who know. */
export const broadcastEnd: { of(value: unknown): End | undefined } = { of: () => undefined };
export const takeIn: { now: () => void } = { now: () => undefined };

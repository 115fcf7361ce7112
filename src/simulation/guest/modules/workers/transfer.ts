/**
 * Why this file exists: what a message takes along instead of a copy: buffers, whose memory leaves this agent, and
 * ports. Node 20: src/node_messaging.cc (Message::Serialize).
 */
import { agent, ask } from '../../agents';
import { clock } from '../../clock';
import { closeHandle } from '../../loop/async-handles';
import { messageSaid } from '../../loop/agent-races';
import { beforeMessage } from '../../loop/nudges';
import { codedError, nativeCoded } from '../../node-errors';
import { NativeTypeError, SafeSet, isArray, isCallable, isObject } from '../../primordials';
import { preview } from '../../preview';
import { recording } from '../../recorder';
import { domException } from '../events/dom-exception';
import { detach, isDetached, serialize } from '../serialize';
import { types } from '../util/types';
import { postCost } from './costs';
import { endOfPort, forgetEnd, moving, perAgent, type End } from './end';
import { portTraffic } from './port-events';

let lastMessage = 0;
const untransferable = new WeakSet();

export function markAsUntransferable(value: unknown): void {
  if (isObject(value)) untransferable.add(value);
}

interface Transfer {
  readonly buffers: readonly ArrayBuffer[];
  readonly ports: readonly object[];
}

function invalidTransfer(): Error {
  return nativeCoded(NativeTypeError, 'ERR_INVALID_TRANSFER_OBJECT', 'Found invalid object in transferList');
}

/** What goes along, by the list that the program gave. */
function transferOf(given: unknown, source: object | undefined): Transfer {
  const isOptions = isObject(given) && !isArray(given) && !isIterable(given);
  const listed = isOptions ? (given as { transfer?: unknown }).transfer : given;
  if (listed === undefined || listed === null) return { buffers: [], ports: [] };
  if (!isObject(listed) || !isIterable(listed))
    throw codedError(
      NativeTypeError,
      'ERR_INVALID_ARG_TYPE',
      `Optional ${isOptions ? 'options.transfer' : 'transferList'} argument must be an iterable`,
    );
  const buffers: ArrayBuffer[] = [];
  const ports: object[] = [];
  for (const each of listed) {
    if (!isObject(each)) throw invalidTransfer();
    if (types['isArrayBuffer']?.(each) === true) addBuffer(buffers, each as ArrayBuffer);
    else addPort(ports, each, source);
  }
  return { buffers, ports };
}

function isIterable(value: object): value is Iterable<unknown> {
  return isCallable((value as { [Symbol.iterator]?: unknown })[Symbol.iterator]);
}

function addBuffer(buffers: ArrayBuffer[], buffer: ArrayBuffer): void {
  if (untransferable.has(buffer)) return; // it is copied
  if (buffers.includes(buffer)) throw domException('Transfer list contains duplicate ArrayBuffer', 'DataCloneError');
  if (isDetached(buffer))
    throw domException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
  buffers.push(buffer);
}

function addPort(ports: object[], port: object, source: object | undefined): void {
  const end = endOfPort(port);
  if (end === undefined) throw invalidTransfer();
  if (port === source) throw domException('Transfer list contains source port', 'DataCloneError');
  if (end.isClosing || end.isMoved) throw domException('MessagePort in transfer list is already detached', 'DataCloneError');
  if (ports.includes(port)) throw domException('Transfer list contains duplicate MessagePort', 'DataCloneError');
  ports.push(port);
}

/** Writes a value and moves what its list names; answers what to hand to the host. */
export function pack(
  value: unknown,
  given: unknown,
  source?: object,
): { readonly text: string; readonly ports: readonly number[] } {
  const { buffers, ports } = transferOf(given, source);
  moving.leaving = new SafeSet<object>(ports);
  const { text, size } = serialize(value, buffers);
  clock.spend(postCost(size));
  for (const buffer of buffers) detach(buffer);
  return { text, ports: ports.map(leave) };
}

function leave(port: object): number {
  const end = endOfPort(port);
  if (end === undefined) return 0; // it was looked up a moment ago
  end.isMoved = true;
  closeHandle(end, () => undefined);
  forgetEnd(end);
  for (const each of end.queue) portTraffic.dropped(each);
  ask({ op: 'detach', port: end.port, messages: end.queue });
  return end.port;
}

/** What Node says to itself: no message that is shown. */
export const ownTalk = '';

export function newMessageNumber(): number {
  return agent.id * perAgent + ++lastMessage;
}

export function post(
  end: End | undefined,
  source: object | undefined,
  value: unknown,
  transfer: unknown,
  label?: string,
): true | undefined {
  const { text, ports } = pack(value, transfer, source);
  if (end === undefined || end.isClosing || end.isMoved) return undefined;
  if (label !== ownTalk) messageSaid();
  const id = label === ownTalk ? 0 : newMessageNumber();
  beforeMessage(id);
  portTraffic.posted(id, label ?? (recording.on ? preview(value) : ''), text.length);
  ask({ op: 'post', port: end.port, text, ports, id });
  return true;
}

export function missingTransfer(): Error {
  return nativeCoded(
    NativeTypeError,
    'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST',
    'Object that needs transfer was found in message but not listed in transferList',
  );
}

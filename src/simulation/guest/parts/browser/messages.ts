/**
 * Why this file exists: window.postMessage, MessageChannel and MessagePort within one page. HTML §9.3–9.4; a port tells
 * one message a task, in the order of Chromium's.
 */
import { detach, isDetached, serialize } from '../../modules/serialize';
import { deserialize } from '../../modules/deserialize';
import { domException } from '../../modules/events/dom-exception';
import { crossing } from '../../modules/clone-kinds';
import { types } from '../../modules/util/types';
import { NativeTypeError, SafeMap, SafeSet, isArray, isObject, toText } from '../../primordials';
import { trusted } from './events/event';
import { EventTarget, defineHandlers, dispatch } from './events/event-target';
import { MessageEvent } from './events/kinds';
import { asInterface } from './interfaces';
import { asCallbacks, post, type About } from './loop';
import { asFailureOf, checkCount, failed } from './web-errors';

export const origin = 'http://localhost';

/** A message on its way. */
export interface Packed {
  readonly text: string;
  readonly ports: readonly Line[];
}

/** What stands behind a port: it lives on when its port is sent to someone else. */
export interface Line {
  other: Line | undefined;
  /** The other end is with another agent: how a message gets there, and what becomes of it when this one moves on. */
  far: Far | undefined;
  readonly waiting: Packed[];
  isStarted: boolean;
  /** Tasks that will tell a message each. */
  tasks: number;
  isTelling: boolean;
  isClosed: boolean;
  port: MessagePort | undefined;
}

/** The way to another agent: workers/lines.ts. */
export interface Far {
  /** The host's number of this end. */
  readonly port: number;
  post(message: Packed): void;
  close(): void;
}

const making = Symbol('made by the browser');
let leaving: ReadonlySet<object> = new SafeSet();
let arriving: readonly MessagePort[] = [];

export class MessagePort extends EventTarget {
  readonly #line: Line;
  #isGone = false;

  constructor(key?: unknown, line?: Line) {
    if (key !== making || line === undefined) throw new NativeTypeError("Failed to construct 'MessagePort': Illegal constructor");
    super();
    this.#line = line;
    line.port = this;
  }

  static lineOf(value: unknown): Line | undefined {
    return isObject(value) && #line in value ? value.#line : undefined;
  }

  /** Takes the line away from its port. */
  static leave(port: MessagePort): Line {
    port.#isGone = true;
    port.#line.port = undefined;
    port.#line.isStarted = false;
    return port.#line;
  }

  static isGone(port: MessagePort): boolean {
    return port.#isGone;
  }

  postMessage(...given: [message?: unknown, options?: unknown]): void {
    checkCount(given, 1, 'postMessage', 'MessagePort');
    const packed = pack(given[0], given[1], 'MessagePort', this);
    const { other, far } = this.#line;
    if (this.#isGone || this.#line.isClosed) return;
    if (far !== undefined) far.post(packed);
    else if (other !== undefined && !other.isClosed) reach(other, packed);
  }

  start(): void {
    if (this.#isGone) return;
    this.#line.isStarted = true;
    arrive(this.#line);
  }

  close(): void {
    this.#line.isClosed = true;
    this.#line.far?.close();
  }
}
asInterface(MessagePort, 'MessagePort');
defineHandlers(MessagePort.prototype, ['message'], (port) => {
  (port as MessagePort).start();
});
defineHandlers(MessagePort.prototype, ['messageerror', 'close']);

const about: About = { queue: 'tasks', origin: 'message', label: 'message', site: 0 };

/** A message has come to this end. */
export function reach(line: Line, message: Packed): void {
  line.waiting.push(message);
  arrive(line);
}

interface Read {
  readonly value: unknown;
  readonly ports: readonly MessagePort[];
}

/** What a message says, and the ports that it brings. */
export function read({ text, ports: lines }: Packed): Read {
  const ports = lines.map((line) => new MessagePort(making, line));
  arriving = ports;
  return { value: deserialize(text), ports };
}

/** A message that finds the port at rest makes a task; one that does not is looked for after the next message. */
function arrive(line: Line): void {
  if (line.tasks === 0 && !line.isTelling) queueTasks(line, 1);
}

/** Mojo's Connector, which carries messages: one task for the first, then one for each that has come by then. */
function queueTasks(line: Line, most: number): void {
  for (; line.isStarted && line.tasks < Math.min(line.waiting.length, most); line.tasks++) {
    post(about, (task) => {
      line.tasks--;
      line.isTelling = true;
      const [message] = line.waiting.splice(0, 1);
      const { port } = line;
      if (message !== undefined && port !== undefined && !line.isClosed) tell(port, message, task.token, {});
      else asCallbacks(task.token, about).finish();
      line.isTelling = false;
      queueTasks(line, Infinity);
    });
  }
}

function tell(target: object, message: Packed, token: number, more: object): void {
  const { value: data, ports } = read(message);
  const { caller, finish } = asCallbacks(token, about);
  dispatch(target, trusted(new MessageEvent('message', { data, ports, ...more })), caller);
  finish();
}

export class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;

  constructor() {
    const one = newLine();
    const two = newLine();
    one.other = two;
    two.other = one;
    this.port1 = new MessagePort(making, one);
    this.port2 = new MessagePort(making, two);
  }
}
asInterface(MessageChannel, 'MessageChannel');

export function newLine(): Line {
  const states = { isStarted: false, isTelling: false, isClosed: false };
  return { ...states, other: undefined, far: undefined, waiting: [], tasks: 0, port: undefined };
}

/** What a message takes along, by its second argument: a list, or options that hold one. */
function transferOf(options: unknown): object[] {
  const named = isObject(options) ? (options as { readonly transfer?: unknown }).transfer : undefined;
  const listed: unknown = isArray(options) ? options : named;
  return isObject(listed) ? [...(listed as Iterable<object>)] : [];
}

export function pack(value: unknown, options: unknown, owner: string, source?: MessagePort): Packed {
  const moved = transferOf(options);
  return asFailureOf('postMessage', owner, () => packed(value, moved, source));
}

function packed(value: unknown, moved: readonly object[], source: MessagePort | undefined): Packed {
  const ports: MessagePort[] = [];
  const buffers: ArrayBuffer[] = [];
  for (const [i, each] of moved.entries()) {
    if (each instanceof MessagePort) {
      if (each === source) throw domException(`Port at index ${i} contains the source port.`, 'DataCloneError');
      if (MessagePort.isGone(each)) throw domException(`Port at index ${i} is already neutered.`, 'DataCloneError');
      ports.push(each);
    } else if (types['isArrayBuffer']?.(each) === true) {
      if (isDetached(each as ArrayBuffer)) throw domException(`ArrayBuffer at index ${i} is already detached.`, 'DataCloneError');
      buffers.push(each as ArrayBuffer); // just looked
    } else throw domException(`Value at index ${i} does not have a transferable type.`, 'DataCloneError');
  }
  leaving = new SafeSet<object>(ports);
  numbers = new SafeMap(ports.map((port, i) => [port, i]));
  const { text } = serialize(value, buffers);
  for (const buffer of buffers) detach(buffer);
  return { text, ports: ports.map((port) => MessagePort.leave(port)) };
}
let numbers: ReadonlyMap<object, number> = new SafeMap();

crossing.encode = (value) => {
  if (MessagePort.lineOf(value) === undefined) return undefined;
  if (!leaving.has(value)) throw domException('A MessagePort could not be cloned because it was not transferred.', 'DataCloneError');
  return ['port', numbers.get(value) ?? 0];
};
crossing.decode = (tag, code) => (tag === 'port' ? arriving[Number(code[1])] : undefined);

/** window.postMessage(message, targetOrigin, transfer) or (message, options). */
export function postToWindow(...given: [message?: unknown, second?: unknown, third?: unknown]): void {
  checkCount(given, 1, 'postMessage', 'Window');
  const [value, second, third] = given;
  const named = isObject(second) ? (second as { readonly targetOrigin?: unknown }).targetOrigin : second;
  const wanted = toText(named ?? '/');
  if (wanted !== '*' && wanted !== '/' && !/^\w+:\/\/./.test(wanted))
    throw domException(
      `Failed to execute 'postMessage' on 'Window': Invalid target origin '${wanted}' in a call to 'postMessage'.`,
      'SyntaxError',
    );
  const message = pack(value, isObject(second) ? second : third, 'Window');
  if (wanted !== '*' && wanted !== '/' && wanted !== origin) return;
  post({ ...about, label: 'postMessage' }, (task) => {
    tell(globalThis, message, task.token, { origin, source: globalThis });
  });
}

export function structuredClone(...given: [value?: unknown, options?: unknown]): unknown {
  if (given.length === 0) throw failed('structuredClone', 'Window', '1 argument required, but only 0 present.');
  return asFailureOf('structuredClone', 'Window', () => {
    return read(packed(given[0], transferOf(given[1]), undefined)).value;
  });
}

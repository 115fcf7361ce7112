/** Why this file exists: MessagePort and MessageChannel. Node 20: lib/internal/worker/io.js. */
import { told } from '../events/event-target';
import { ask } from '../../agents';
import { nativeCoded } from '../../node-errors';
import { NativeTypeError, call, defineProperty, isCallable, named } from '../../primordials';
import { Event, asInterface } from '../events/event';
import { closeEnd, endOfPort, listenersChanged, newPortNumber, openEnd, portMaker, setEnd, startEnd } from './end';
import { messageInside } from './message-event';
import { NodeEventTarget, watchListeners } from './node-event-target';
import { post } from './transfer';

const makePort = Symbol('a port that the runtime makes');
export class MessagePort extends NodeEventTarget {
  constructor(token: unknown, port = 0) {
    if (token !== makePort) throw nativeCoded(NativeTypeError, 'ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
    super();
    const end = openEnd(port, {
      deliver: (value, ports) => {
        told.by = this;
        try {
          this.dispatchEvent(messageInside.holding('message', value, ports));
        } finally {
          told.by = undefined;
        }
      },
      fail: (error) => {
        this.dispatchEvent(messageInside.holding('messageerror', error, []));
      },
      told: () => {
        this.dispatchEvent(new Event('close'));
      },
    }, this);
    setEnd(this, end);
    watchListeners(this, (type, before, after) => {
      if (type === 'message') listenersChanged(end, before, after);
    });
  }

  postMessage(...given: [value?: unknown, transfer?: unknown]): true | undefined {
    if (given.length === 0)
      throw Object.assign(new NativeTypeError('Not enough arguments to MessagePort.postMessage'), { code: 'ERR_MISSING_ARGS' });
    return post(endOfPort(this), this, given[0], given[1]);
  }

  start(): void {
    const end = endOfPort(this);
    if (end !== undefined) startEnd(end);
  }

  close(told?: unknown): void {
    if (isCallable(told)) this.once('close', told);
    const end = endOfPort(this);
    if (end !== undefined) closeEnd(end);
  }

  ref(): void {
    const end = endOfPort(this);
    if (end !== undefined) end.isRefed = true;
  }

  unref(): void {
    const end = endOfPort(this);
    if (end !== undefined) end.isRefed = false;
  }

  hasRef(): boolean {
    const end = endOfPort(this);
    return end !== undefined && !end.isClosing && !end.isMoved && end.isRefed;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): object {
    const end = endOfPort(this);
    const isActive = end !== undefined && !end.isClosing && !end.isMoved;
    const shown: object = Object.create(MessagePort.prototype) as object;
    defineProperty(shown, Symbol.for('nodejs.util.inspect.custom'), { value: undefined });
    return Object.assign(shown, isActive ? { active: true, refed: end.isRefed } : { active: false });
  }
}
asInterface(MessagePort, 'MessagePort');
for (const type of ['message', 'messageerror']) defineHandler(type);

/** `onmessage`: a port with one stays alive, and is started by it. */
function defineHandler(type: string): void {
  const handlers = new WeakMap<object, { handler: unknown; readonly listener: object }>();
  defineProperty(MessagePort.prototype, `on${type}`, {
    get(this: MessagePort) {
      return handlers.get(this)?.handler ?? null;
    },
    set(this: MessagePort, handler: unknown) {
      const known = handlers.get(this);
      const isOn = isCallable(known?.handler);
      const slot = known ?? {
        handler,
        listener: function eventHandler(this: unknown, ...args: unknown[]): unknown {
          return isCallable(slot.handler) ? call(slot.handler, this, ...args) : undefined;
        },
      };
      slot.handler = handler;
      handlers.set(this, slot);
      if (isCallable(handler) && !isOn) this.addEventListener(type, slot.listener);
      else if (!isCallable(handler) && isOn) this.removeEventListener(type, slot.listener);
    },
    enumerable: true,
    configurable: true,
  });
}

export function newPorts(): readonly [MessagePort, MessagePort] {
  const numbers = [newPortNumber(), newPortNumber()] as const;
  ask({ op: 'channel', ports: numbers });
  return [new MessagePort(makePort, numbers[0]), new MessagePort(makePort, numbers[1])];
}

portMaker.make = (port) => new MessagePort(makePort, port);

export class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;

  constructor() {
    [this.port1, this.port2] = newPorts();
  }
}
named(MessageChannel, 'MessageChannel', 0);

/**
 * Why this file exists: `send`, `disconnect` and the messages of a channel, on a child process or on `process` itself.
 * Node 20: lib/internal/child_process.js (setupChannel).
 */
import { clock } from '../../clock';
import { asyncContext, inContext } from '../../async-context';
import { agent } from '../../agents';
import { messageSaid, messageTold } from '../../loop/agent-races';
import { beforeMessage } from '../../loop/nudges';
import { newEmitter, type Emitter } from '../../modules/events/emitter';
import { postCost } from '../../modules/workers/costs';
import { perAgent } from '../../modules/workers/end';
import type { PipeMessage } from '../../modules/workers/pipes';
import { portTraffic } from '../../modules/workers/port-events';
import { newMessageNumber } from '../../modules/workers/transfer';
import { checkObject, codedError } from '../../node-errors';
import { callBackUnseen, whenPending } from '../../loop/watched';
import { NativeError, NativeTypeError, bareList, call, hide, isCallable, isObject, named } from '../../primordials';
import { preview } from '../../preview';
import { recording } from '../../recorder';
import { nextTick, nextTickUnseen, processHooks, ticks } from '../../ticks';
import type { Channel } from './channel';
import { HandleQueue } from './handle-queue';
import { read, sendable, written, type Serialization } from './serialization';

export interface Target extends Emitter {
  connected: boolean;
  channel: Control | null;
  send(message: unknown, handle?: unknown, options?: unknown, callback?: unknown): boolean;
  _send(message: unknown, handle?: unknown, options?: unknown, callback?: unknown): boolean;
  disconnect(): void;
  _disconnect(): void;
}

/** Something that goes to the other process: how it leaves, and how it is made there. */
export interface Handle {
  readonly type: string;
  /** The number of its port, and what else the other side has to know. */
  leave(): { readonly port: number; readonly about: unknown };
}

/** Who knows sockets: parts/cluster and parts/child-process say it. */
export const handles: {
  find(value: unknown): Handle | undefined;
  make(type: string, port: number, about: unknown): unknown;
} = { find: () => undefined, make: () => undefined };

/** A message that nobody has heard yet. */
interface Pending {
  readonly type: string;
  readonly message: unknown;
  readonly handle: unknown;
}

/** What `process.channel` is. */
export class Control extends newEmitter {
  readonly #channel: Channel;
  readonly #fd = 3;
  #refs = 0;
  #isSet = false;
  /** What came before anybody listened. */
  readonly pending: Pending[] = bareList();

  constructor(channel: Channel) {
    super();
    this.#channel = channel;
    hide(this, 'pending', this.pending);
  }

  refCounted(): void {
    if (++this.#refs === 1 && !this.#isSet) this.#channel.setRef(true);
  }

  unrefCounted(): void {
    if (--this.#refs !== 0 || this.#isSet) return;
    this.#channel.setRef(false);
    this.emit('unref');
  }

  ref(): void {
    this.#isSet = true;
    this.#channel.setRef(true);
  }

  unref(): void {
    this.#isSet = true;
    this.#channel.setRef(false);
  }

  get fd(): number {
    return this.#fd;
  }
}
named(Control, 'Control', 1);

interface SendOptions {
  readonly swallowErrors?: boolean;
}

function isInternal(message: unknown): message is { readonly cmd: string } {
  const cmd: unknown = isObject(message) ? (message as { readonly cmd?: unknown }).cmd : undefined;
  return typeof cmd === 'string' && cmd.length > 5 && cmd.startsWith('NODE_');
}

/** What a message that carries a handle says of it. */
interface Carrier {
  readonly cmd: 'NODE_HANDLE';
  readonly type: string;
  readonly msg: unknown;
  readonly about: unknown;
}

function isCarrier(message: unknown): message is Carrier {
  return isInternal(message) && message.cmd === 'NODE_HANDLE';
}

export function setUpChannel(
  target: Target,
  channel: Channel,
  mode: Serialization,
  closed: () => void = () => undefined,
): Control {
  const control = new Control(channel);
  const queue = new HandleQueue();
  target.channel = control;
  target.connected = true;

  function tell(type: 'message' | 'internalMessage', message: unknown, handle: unknown): void {
    if (type === 'internalMessage' || target.listenerCount('message') > 0) target.emit(type, message, handle);
    else if (target.channel !== null) {
      const { pending } = target.channel;
      pending[pending.length] = { type, message, handle };
    }
  }

  /** Each is told in a tick of its own, which is the message as the record shows it. */
  function handle(message: unknown, given: unknown, task: number): void {
    if (target.channel === null || processHooks.isExiting()) return;
    const type = isInternal(message) ? 'internalMessage' : 'message';
    const context = asyncContext.current;
    ticks.push({ task, run: () => { inContext(context, () => { tell(type, message, given); }); } });
  }

  function came(message: PipeMessage): void {
    const task = portTraffic.received(message);
    const { value } = read(mode, message.text);
    clock.spend(postCost(message.text.length));
    const from = Math.trunc(message.id / perAgent);
    if (message.id !== 0 && from !== agent.id)
      messageTold({ from, id: message.id, postedAt: message.at, isProcess: true }, channel.caller.start.site);
    const port = message.ports[0];
    if (isCarrier(value) && port !== undefined) handle(value, { port, task }, 0);
    else handle(value, undefined, task);
  }

  /** What Node says to itself: a handle came, or has come there. */
  const hearInternal = named((message: { readonly cmd: string }, given: unknown): void => {
    if (message.cmd === 'NODE_HANDLE_ACK') acknowledged();
    if (!isCarrier(message)) return;
    const came = given as { readonly port: number; readonly task: number } | undefined; // `came` gave it
    target._send({ cmd: came === undefined ? 'NODE_HANDLE_NACK' : 'NODE_HANDLE_ACK' }, null, { swallowErrors: true });
    if (came === undefined) return;
    const { port, task } = came;
    handle(message.msg, handles.make(message.type, port, message.about), task);
  }, '');

  function acknowledged(): void {
    const waited = queue.release();
    for (let i = 0; i < waited.length; i++) {
      const each = waited[i];
      if (each !== undefined) target._send(each.message, each.handle, each.options, each.callback);
    }
    if (!target.connected && target.channel !== null && !queue.isWaiting) target._disconnect();
  }

  channel.onMessages = (messages) => {
    for (let i = 0; i < messages.length; i++) {
      const each = messages[i];
      if (each !== undefined) came(each);
    }
  };
  channel.onEnd = () => {
    if (target.connected) target.disconnect();
    channel.close();
    target.channel = null;
    closed();
  };

  target.on('internalMessage', hearInternal);
  target.on('newListener', () => {
    nextTickUnseen(() => {
      if (target.channel === null || target.listenerCount('message') === 0 || control.pending.length === 0) return;
      const { pending } = control;
      for (let i = 0; i < pending.length; i++) {
        const each = pending[i];
        if (each !== undefined) target.emit(each.type, each.message, each.handle);
      }
      afterPending(target.channel).pending.length = 0;
    });
  });

  target.send = named(function send(
    this: Target,
    message: unknown,
    given?: unknown,
    options?: unknown,
    callback?: unknown,
  ): boolean {
    const last = isCallable(given) ? given : isCallable(options) ? options : callback;
    const handed = isCallable(given) ? undefined : given;
    const asked = isCallable(given) || isCallable(options) ? undefined : options;
    if (asked !== undefined) checkObject(asked, 'options');
    if (this.connected) return this._send(message, handed, asked, last);
    const error = codedError(NativeError, 'ERR_IPC_CHANNEL_CLOSED', 'Channel closed');
    if (isCallable(last)) nextTick(last, [error]);
    else nextTick(() => { this.emit('error', error); }, []);
    return false;
  }, 'send', 4);

  target._send = named(function _send(
    this: Target,
    message: unknown,
    given?: unknown,
    options?: unknown,
    callback?: unknown,
  ): boolean {
    sendable(message);
    const acknowledges = isInternal(message) && message.cmd === 'NODE_HANDLE_ACK';
    if (queue.isWaiting && !acknowledges) return queue.add({ message, handle: given, options, callback });
    const found = given === undefined || given === null ? undefined : handles.find(given);
    if (given !== undefined && given !== null && found === undefined)
      throw codedError(NativeTypeError, 'ERR_INVALID_HANDLE_TYPE', 'This handle type cannot be sent');
    if (!channel.isOpen) return refused(this, (options as SendOptions | undefined)?.swallowErrors === true, callback);
    if (found === undefined) put(message, []);
    else {
      const { port, about } = found.leave();
      put({ cmd: 'NODE_HANDLE', type: found.type, msg: message, about }, [port]);
      queue.wait();
    }
    if (!isCallable(callback)) return true;
    if (found === undefined) nextTick(callback, [null]);
    else whenPending(() => { callBackUnseen(channel.caller, () => { call(callback, undefined, null); }); });
    return true;
  }, '_send', 4);

  function put(message: unknown, ports: readonly number[]): void {
    const text = written(mode, message);
    clock.spend(postCost(text.length));
    const isOwn = isInternal(message);
    const id = isOwn ? 0 : newMessageNumber();
    if (!isOwn) messageSaid();
    beforeMessage(id);
    portTraffic.posted(id, recording.on && !isOwn ? preview(message) : '', text.length, true);
    channel.write(text, ports, id);
  }

  target.disconnect = named(function disconnect(this: Target): void {
    if (!this.connected) {
      this.emit('error', codedError(NativeError, 'ERR_IPC_DISCONNECTED', 'IPC channel is already disconnected'));
      return;
    }
    this.connected = false;
    if (!queue.isWaiting) this._disconnect();
  }, 'disconnect', 0);

  target._disconnect = named(function _disconnect(this: Target): void {
    this.channel = null;
    nextTick(() => {
      channel.close();
      target.emit('disconnect');
    }, []);
  }, '_disconnect', 0);

  channel.readStart();
  return control;
}

/** Node's own code does not expect that a listener disconnects. */
function afterPending(channel: Control | null): Control {
  if (channel !== null) return channel;
  throw new NativeTypeError("Cannot set properties of null (setting 'Symbol(kPendingMessages)')");
}

function refused(target: Target, isQuiet: boolean, callback: unknown): boolean {
  if (isQuiet) return true;
  const error = Object.assign(new NativeError('write EPIPE'), { errno: -32, code: 'EPIPE', syscall: 'write' });
  if (isCallable(callback)) nextTick(callback, [error]);
  else nextTick(() => { target.emit('error', error); }, []);
  return true;
}

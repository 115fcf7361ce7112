/**
 * Why this file exists: one end of a port, as Node's C++ has it: an async handle of its loop with a queue of messages.
 * Node 20: src/node_messaging.cc (MessagePort::OnMessage, MessagePortData).
 */
import { agent, ask, takeArrivals } from '../../agents';
import type { Arrival } from '../../../agent-messages';
import { asyncContext, inContext, type AsyncContext } from '../../async-context';
import { announce, callAs, newIds, retire, type Numbered } from '../../async-ids';
import { clock } from '../../clock';
import { messageTold } from '../../loop/agent-races';
import { closeHandle, openHandle, wakeHandle, type AsyncHandle } from '../../loop/async-handles';
import { SafeMap, SafeSet, SafeWeakMap, isObject } from '../../primordials';
import { here } from '../../recorder';
import { runTask } from '../../tasks';
import { drainQueues, processHooks } from '../../ticks';
import { deserialize } from '../deserialize';
import { postCost } from './costs';
import { keepForLater, takeEarly, tellPipe } from './pipes';
import { portTraffic } from './port-events';

export type Message = Extract<Arrival, { kind: 'message' }> | Extract<Arrival, { kind: 'closed' }>;

/** How many messages a port tells at least before others have their turn. */
const mostAtOnce = 1000;
/** Numbers of ports are those of their agent: the host knows each. */
export const perAgent = 1_000_000;

let lastPort = 0;

export function newPortNumber(): number {
  agent.meets = true;
  return nextPortNumber();
}

/** For who does not know yet whether there are others. */
export function nextPortNumber(): number {
  return agent.id * perAgent + ++lastPort;
}

/** One end, as Node's C++ has it. */
export interface End extends AsyncHandle {
  readonly port: number;
  queue: Message[];
  isReceiving: boolean;
  /** Streams that wait for an answer through it: they keep the loop alive. */
  waiting: number;
  /** Asked to close; what is queued may still be told. */
  isClosing: boolean;
  isClosed: boolean;
  /** It belongs to another agent now. */
  isMoved: boolean;
  /** Where it was made. */
  readonly site: number;
  /** How it is numbered, and the context in which it was made: it calls back in that. */
  readonly asked: { readonly ids: Numbered; readonly context: AsyncContext; readonly handle: object } | undefined;
  /** What the message that was told brought: a program. It runs before the queues. */
  next: (() => void) | undefined;
  /** What hears a message. */
  deliver(value: unknown, ports: readonly object[]): void;
  /** False for a message of Node's that nobody listens to. */
  matters?(value: unknown): boolean;
  fail(error: unknown): void;
  told(): void;
}

const ends = new SafeMap<number, End>();

/** `handle`: what stands for it where hooks hear of it; Node's own talk has none. */
export function openEnd(port: number, hears: Pick<End, 'deliver' | 'matters' | 'fail' | 'told'>, handle?: object): End {
  const end: End = {
    port,
    queue: [],
    isPending: false,
    isRefed: false,
    isReceiving: false,
    waiting: 0,
    isClosing: false,
    isClosed: false,
    isMoved: false,
    next: undefined,
    site: here(),
    asked: handle === undefined ? undefined : announcedPort(handle),
    ...hears,
    run: () => {
      onMessage(end);
    },
  };
  ends.set(port, end);
  openHandle(end);
  agent.meets = true;
  const waited = takeEarly(port);
  for (let i = 0; i < waited.length; i++) {
    const each = waited[i];
    if (each !== undefined) take(end, each);
  }
  if (waited.length > 0) wakeHandle(end);
  return end;
}

function announcedPort(handle: object): NonNullable<End['asked']> {
  return { ids: announce(newIds(), 'MESSAGEPORT', handle), context: asyncContext.current, handle };
}

/** Calls back as the port. */
function callAsPort({ asked }: End, run: () => void): void {
  if (asked === undefined) run();
  else inContext(asked.context, () => { callAs(asked.ids, run, asked.handle); });
}

/** What has come is put where it belongs. */
export function sortArrivals(others: (arrival: Arrival) => void): void {
  const arrived = takeArrivals();
  for (let i = 0; i < arrived.length; i++) {
    const arrival = arrived[i];
    if (arrival === undefined) continue;
    const end = arrival.kind === 'message' || arrival.kind === 'closed' ? ends.get(arrival.port) : undefined;
    if (arrival.kind !== 'message' && arrival.kind !== 'closed') others(arrival);
    else if (end !== undefined) {
      take(end, arrival);
      wakeHandle(end);
    } else if (!tellPipe(arrival)) keepForLater(arrival);
  }
}

function take(end: End, message: Message): void {
  end.queue.push(message);
  if (message.kind === 'message') portTraffic.arrived(message);
}

/** MessagePort::OnMessage: what is queued, each with its queues of ticks and microtasks. */
function onMessage(end: End): void {
  let left = Math.max(end.queue.length, mostAtOnce);
  while (!end.isClosed && !end.isMoved) {
    if (left-- === 0) {
      wakeHandle(end);
      return;
    }
    const message = nextMessage(end, end.isReceiving);
    if (message === undefined) return;
    if (message.kind === 'closed') {
      closeEnd(end);
      return;
    }
    tell(end, message);
  }
}

export function nextMessage(end: End, wanted: boolean): Message | undefined {
  const [first] = end.queue;
  if (first === undefined || (!wanted && first.kind !== 'closed')) return undefined;
  end.queue.shift();
  return first;
}

export function tell(end: End, message: Extract<Message, { kind: 'message' }>): void {
  const task = portTraffic.received(message);
  const from = Math.trunc(message.id / perAgent);
  try {
    runTask(task, () => { callAsPort(end, () => {
      clock.spend(postCost(message.text.length));
      let read: { readonly value: unknown; readonly ports: readonly object[] };
      try {
        read = readMessage(message);
      } catch (error) {
        end.fail(error);
        return;
      }
      if (message.id !== 0 && from !== agent.id && end.matters?.(read.value) !== false)
        messageTold({ from, id: message.id, postedAt: message.at }, end.site);
      end.deliver(read.value, read.ports);
    }); });
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
  const { next } = end;
  end.next = undefined;
  next?.();
  drainQueues();
}

export function readMessage(message: Extract<Message, { kind: 'message' }>): { value: unknown; ports: readonly object[] } {
  const ports = message.ports.map((port) => portMaker.make(port));
  moving.arriving = new SafeMap(ports.map((each, i) => [message.ports[i] ?? 0, each]));
  const value = deserialize(message.text);
  return { value, ports };
}

/** Ports that a message being written takes along, or one being read brings. */
export const moving: { leaving: ReadonlySet<object>; arriving: ReadonlyMap<number, object> } = {
  leaving: new SafeSet(),
  arriving: new SafeMap(),
};

export function closeEnd(end: End): void {
  if (end.isClosing || end.isMoved) return;
  end.isClosing = true;
  closeHandle(end, () => {
    end.isClosed = true;
    for (const each of end.queue) portTraffic.dropped(each);
    ask({ op: 'close', port: end.port });
    ends.delete(end.port);
    try {
      runTask(0, () => { callAsPort(end, () => { end.told(); }); });
    } catch (error) {
      processHooks.uncaught(error, 'exception');
    }
    if (end.asked !== undefined) retire(end.asked.ids);
    drainQueues();
  });
}

export function listenersChanged(end: End, before: number, after: number): void {
  if (before === 0 && after > 0) {
    end.isRefed = true;
    startEnd(end);
  } else if (before > 0 && after === 0) {
    end.isReceiving = false;
    end.isRefed = false;
  }
}

/** Node's kWaitingStreams. */
export function addWaiting(end: End, more: 1 | -1): void {
  end.waiting += more;
  if (end.waiting === 0) end.isRefed = false;
  else if (end.waiting === 1 && more === 1) end.isRefed = true;
}

export function startEnd(end: End): void {
  if (end.isClosing || end.isMoved) return;
  end.isReceiving = true;
  if (end.queue.length > 0) wakeHandle(end);
}

/** Tells what is queued, whether it listens or not: Node's drainMessagePort. */
export function drainEnd(end: End): void {
  for (;;) {
    const message = end.isClosing ? undefined : nextMessage(end, true);
    if (message === undefined || message.kind === 'closed') return;
    tell(end, message);
  }
}

/** How a port is made for a message that brings one: message-port.ts says it. */
export const portMaker: { make(port: number): object } = { make: () => ({}) };

const endOf = new SafeWeakMap<object, End>();

export function setEnd(port: object, end: End): void {
  endOf.set(port, end);
}

export function endOfPort(port: unknown): End | undefined {
  return isObject(port) ? endOf.get(port) : undefined;
}

export function forgetEnd(end: End): void {
  ends.delete(end.port);
}

/**
 * Why this file exists: who listens on this machine, by port or by the name of a pipe, and how a connection is made: as
 * Linux makes it over its loopback, where nothing takes time.
 */
import { agent, ask } from '../../agents';
import { nobodyAnswers } from '../../unanswered';
import { clock } from '../../clock';
import { whenClosed } from '../../loop/async-handles';
import {
  answerCaller, callBack, happensAt, hasCome, hold, letGo, newCaller, retireCaller, wake, watch,
  type Caller, type Watched,
} from '../../loop/watched';
import { nextPortNumber, newPortNumber } from '../../modules/workers/end';
import { closePipe, openPipe } from '../../modules/workers/pipes';
import { SafeMap } from '../../primordials';
import { taskCancelled } from '../../tasks';
import { Endpoint } from './endpoint';
import type { FaultCode } from './faults';
import { RemotePeer } from './remote';
import type { Place } from './socket';

export interface Accepted {
  readonly end: Endpoint;
  readonly local: Place | undefined;
  readonly remote: Place | undefined;
}

type Accept = (accepted: Accepted) => void;

/** What a server listens with. */
export interface Listening {
  readonly address: string;
  readonly port: number;
  /** The handle of one that is its own. */
  readonly caller?: Caller;
  setRef(isRefed: boolean): void;
  close(): void;
}

/** Where a socket listens: its name for other agents' connections as well, and how it is shown. */
export interface Bound {
  readonly key: string;
  readonly address: string;
  readonly port: number;
}

/** A socket that listens: each look of the loop takes one connection that waits. */
export class Listener implements Watched, Listening {
  readonly caller: Caller;
  readonly key: string;
  readonly address: string;
  readonly port: number;
  isClosed = false;
  #waiting: (Accepted & { readonly task: number })[] = [];

  private constructor({ key, address, port }: Bound, readonly door: number, readonly accept: Accept) {
    [this.key, this.address, this.port] = [key, address, port];
    this.caller = newCaller(key.startsWith('path ') ? 'PIPESERVERWRAP' : 'TCPSERVERWRAP');
    listeners.set(key, this);
    hold(this);
  }

  /** Undefined where somebody listens there already, in this agent or in another. */
  static open(bound: Bound, accept: Accept): Listener | undefined {
    const door = nextPortNumber();
    if (ask({ op: 'listen', name: bound.key, port: door }).isHeard !== true) return undefined;
    const listener = new Listener(bound, door, accept);
    openDoor(listener);
    return listener;
  }

  isReady(): boolean {
    return !this.isClosed && this.#waiting.length > 0;
  }

  tell(): void {
    const next = this.#waiting.shift();
    if (next === undefined) return;
    next.end.accepted(this.caller);
    callBack(this.caller, 'connection', () => { this.accept(next); }, next.task);
  }

  offer(accepted: Accepted): void {
    this.#waiting.push({ ...accepted, task: hasCome(this.caller, 'connection') });
    wake(this);
  }

  setRef(isRefed: boolean): void {
    if (isRefed && !this.isClosed) hold(this);
    else letGo(this);
  }

  /** Who waits to be accepted is turned away. */
  close(): void {
    this.isClosed = true;
    listeners.delete(this.key);
    closePipe(this.door);
    letGo(this);
    for (const { end, task } of this.#waiting.splice(0)) {
      taskCancelled(task);
      end.leave(true);
    }
    whenClosed(() => { retireCaller(this.caller); });
  }
}

/** Connections of other agents come through the listener's own port, each with its end. */
function openDoor(listener: Listener): void {
  const isMeeting = agent.meets;
  openPipe(listener.door, {
    take: ({ text, ports }) => {
      const [port] = ports;
      const { places } = JSON.parse(text) as Called; // `callElsewhere` wrote it
      const end = new Endpoint('data', places === null, listener.caller);
      if (port !== undefined) RemotePeer.join(port, end);
      offerTo(listener, end, places ?? undefined);
    },
    gone: () => undefined,
  });
  agent.meets = isMeeting; // who listens does not know yet whether there are others
}

interface Called {
  readonly places: Places | null;
}

const listeners = new SafeMap<string, Listener>();
const [firstPort, portsOfAgent] = [40_000, 500];
let ports = 0;

/** Those of one agent are no other's. */
export function freePort(): number {
  return firstPort + agent.id * portsOfAgent + ++ports;
}

export function portKey(port: number): string {
  return `port ${port}`;
}

export function listenerFor(key: string): Listener | undefined {
  return listeners.get(key);
}

type Told = (fault?: FaultCode) => void;

export interface Places {
  readonly local: Place;
  readonly remote: Place;
}

/** A connection that is being made: it is heard of once it stands or has failed. */
class Attempt implements Watched {
  isClosed = false;
  #isDone = false;
  #task = 0;
  readonly #request: Caller;

  constructor(readonly end: Endpoint, readonly fault: FaultCode | undefined, readonly told: Told) {
    this.#request = newCaller(end.isPipe ? 'PIPECONNECTWRAP' : 'TCPCONNECTWRAP', end.caller);
    hold(this);
  }

  /** It stands, or has failed: the poll phase can tell. */
  comes(): this {
    this.#task = hasCome(this.end.caller, 'connect');
    return this;
  }

  isReady(): boolean {
    return !this.#isDone && !this.isClosed;
  }

  tell(): void {
    this.#isDone = true;
    letGo(this);
    if (this.end.isClosed) taskCancelled(this.#task);
    else answerCaller(this.#request, 'connect', () => { this.told(this.fault); }, this.#task);
  }
}

/** Connects our end to who listens there; `told` hears of it in a poll phase. */
export function connectTo(key: string, end: Endpoint, places: Places | undefined, told: Told, site?: number): void {
  const listener = listeners.get(key);
  const isTaken = listener !== undefined || callElsewhere(key, end, places);
  if (!isTaken && site !== undefined) nobodyAnswers(site);
  const refusal = places === undefined ? 'ENOENT' : 'ECONNREFUSED';
  const attempt = new Attempt(end, isTaken ? undefined : refusal, told);
  watch(attempt);
  if (listener !== undefined) meet(end, listener, places);
  attempt.comes();
}

/** Another agent may listen there. */
function callElsewhere(key: string, end: Endpoint, places: Places | undefined): boolean {
  if (!agent.meets) return false;
  const [ours, theirs] = [newPortNumber(), newPortNumber()];
  const called: Called = { places: places ?? null };
  if (ask({ op: 'connect', name: key, ports: [ours, theirs], text: JSON.stringify(called) }).isHeard !== true) return false;
  RemotePeer.join(ours, end);
  return true;
}

/** Both have their ends at once; who listens is woken. */
function meet(end: Endpoint, listener: Listener, places: Places | undefined): void {
  const theirs = new Endpoint('data', places === undefined, listener.caller);
  end.peer = theirs;
  theirs.peer = end;
  offerTo(listener, theirs, places);
}

function offerTo(listener: Listener, end: Endpoint, places: Places | undefined): void {
  const isSix = listener.address === '::' && places?.remote.family === 'IPv4';
  const seen = (place: Place | undefined): Place | undefined =>
    place && (isSix ? { ...place, address: `::ffff:${place.address}`, family: 'IPv6' } : place);
  listener.offer({ end, local: seen(places?.remote), remote: seen(places?.local) });
}

interface Service {
  readonly peer: Endpoint;
  readonly ms: number;
  readonly fault: FaultCode | undefined;
}

/** A connection to somebody outside: it stands, or has failed, after some time. */
export function connectOutside(end: Endpoint, { peer, ms, fault }: Service, told: Told): void {
  const attempt = new Attempt(end, fault, told);
  end.peer = peer;
  peer.peer = end;
  happensAt(clock.now() + ms, () => { wake(attempt.comes()); });
}

/**
 * Why this file exists: the ports of all agents: who has which end, what is on its way, who listens to a broadcast. The
 * host carries what is posted without reading it.
 */
import type { Arrival } from '../agent-messages';

type Message = Extract<Arrival, { kind: 'message' }> | Extract<Arrival, { kind: 'closed' }>;

interface Port {
  /** The agent that has it; undefined while it is on its way. */
  owner: number | undefined;
  /** Other processes that have inherited it: it closes when the last of them all has ended. */
  readonly heirs: number[];
  peer: number | undefined;
  channel: string | undefined;
  isClosed: boolean;
  readonly waiting: Message[];
}

export interface Sent {
  readonly from: number;
  readonly now: number;
}

interface Connection {
  readonly ports: readonly [number, number];
  readonly text: string;
}

export interface Ports {
  open(pair: readonly [number, number], owner: number): void;
  /** Answers whether somebody else is there. */
  join(port: number, channel: string, owner: number): boolean;
  post(port: number, message: Pick<Extract<Message, { kind: 'message' }>, 'text' | 'ports' | 'id'>, sent: Sent): boolean;
  close(port: number, sent: Sent): void;
  detach(port: number, messages: readonly Message[]): void;
  /** An agent begins: the port is its own from now on. */
  give(port: number, owner: number): void;
  /** A process begins with it: its own from now on, unless its parent has kept it and shares it. */
  inherit(port: number, heir: number): void;
  /** Who listens for connections by a name; false where another has it. */
  listen(name: string, port: number, owner: number): boolean;
  /** The second of two new ends goes to who listens; false where nobody does. */
  connect(name: string, what: Connection, sent: Sent): boolean;
  someListen(): boolean;
  /** An agent has ended: its ports close; of a process those first that were opened last, as the kernel does it. */
  closeAll(owner: number, now: number, isProcess?: boolean): void;
  /** Characters that wait to be read. */
  readonly held: { size: number };
}

/** `deliver` puts what arrives into an agent's inbox. */
export function createPorts(deliver: (agent: number, arrival: Arrival, from: number) => void): Ports {
  const ports = new Map<number, Port>();
  const names = new Map<string, number>();
  const held = { size: 0 };

  function arrive(port: Port, message: Message, from: number): void {
    if (message.kind === 'message') for (const each of message.ports) moveTo(each, port.owner);
    if (port.owner === undefined) port.waiting.push(message);
    else deliver(port.owner, message, from);
  }

  /** Ports in a message belong to whoever will read it. */
  function moveTo(number: number, owner: number | undefined): void {
    const port = ports.get(number);
    if (port === undefined) return;
    port.owner = owner;
    if (owner === undefined) return;
    for (const each of port.waiting.splice(0)) arrive(port, each, owner);
  }

  function targets(number: number, port: Port): (readonly [number, Port])[] {
    if (port.channel === undefined) {
      const peer = port.peer === undefined ? undefined : ports.get(port.peer);
      return peer === undefined || port.peer === undefined ? [] : [[port.peer, peer]];
    }
    return [...ports].filter(([each, other]) => each !== number && other.channel === port.channel && !other.isClosed);
  }

  const add = (number: number, port: Partial<Port>): void => {
    const none = { owner: undefined, peer: undefined, channel: undefined };
    ports.set(number, { ...none, heirs: [], isClosed: false, waiting: [], ...port });
  };

  const self: Ports = {
    held,
    open([one, other], owner) {
      add(one, { owner, peer: other });
      add(other, { owner, peer: one });
    },
    join(number, channel, owner) {
      add(number, { owner, channel });
      return [...ports].some(([each, other]) => each !== number && other.channel === channel);
    },
    post(number, { text, ports: moving, id }, { from, now }) {
      const port = ports.get(number);
      const all = port === undefined || port.isClosed ? [] : targets(number, port);
      for (const [to, target] of all) {
        held.size += text.length;
        arrive(target, { kind: 'message', text, ports: moving, id, port: to, at: now }, from);
      }
      return all.length > 0;
    },
    close(number, { from, now }) {
      const port = ports.get(number);
      if (port === undefined || port.isClosed) return;
      port.isClosed = true;
      if (port.channel === undefined)
        for (const [to, peer] of targets(number, port)) {
          peer.peer = undefined;
          arrive(peer, { kind: 'closed', port: to, at: now }, from);
        }
      ports.delete(number);
    },
    detach(number, messages) {
      const port = ports.get(number);
      if (port === undefined) return;
      port.owner = undefined;
      port.waiting.unshift(...messages);
    },
    give(number, owner) {
      moveTo(number, owner);
    },
    inherit(number, heir) {
      const port = ports.get(number);
      if (port?.owner === undefined) moveTo(number, heir);
      else port.heirs.push(heir);
      if (port === undefined) return;
      ports.delete(number); // in the order of its descriptors, in which it has opened them
      ports.set(number, port);
    },
    listen(name, port, owner) {
      if (ports.has(names.get(name) ?? 0)) return false;
      add(port, { owner });
      names.set(name, port);
      return true;
    },
    connect(name, { ports: [mine, theirs], text }, { from, now }) {
      const to = names.get(name);
      const listener = to === undefined ? undefined : ports.get(to);
      if (to === undefined || listener === undefined) return false;
      add(mine, { owner: from, peer: theirs });
      add(theirs, { peer: mine });
      held.size += text.length;
      arrive(listener, { kind: 'message', text, ports: [theirs], id: 0, port: to, at: now }, from);
      return true;
    },
    someListen: () => [...names.values()].some((port) => ports.has(port)),
    closeAll(owner, now, isProcess = false) {
      const all = [...ports];
      for (const [number, port] of isProcess ? all.reverse() : all) {
        if (port.heirs.includes(owner)) port.heirs.splice(port.heirs.indexOf(owner), 1);
        if (port.owner !== owner) continue;
        if (port.heirs.length === 0) self.close(number, { from: owner, now });
        else port.owner = port.heirs.shift();
      }
    },
  };
  return self;
}

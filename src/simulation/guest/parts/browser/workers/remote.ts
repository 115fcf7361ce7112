/**
 * Why this file exists: messages between a page and its workers. Each is an agent of its own (simulation/agents): the
 * host carries text from one to the other, and lets those go on whose clocks are behind.
 */
import { agent, ask, takeArrivals } from '../../../agents';
import type { Arrival } from '../../../../agent-messages';
import { clock } from '../../../clock';
import { note } from '../../../notes';
import { postCost } from '../../../modules/workers/costs';
import { portTraffic } from '../../../modules/workers/port-events';
import { preview } from '../../../preview';
import { SafeMap, SafeSet } from '../../../primordials';
import { code, emit, here, recording } from '../../../recorder';
import type { Fault } from '../errors';
import { loop, nextDue, post } from '../loop';
import { pack, read } from '../messages';
import { comeBy, hearLine, leaveBy } from './lines';
import { perAgent } from './port-numbers';

const arrived = code('message-arrived');
let lastMessage = 0;

/** What crosses: a message of the program, an error that nobody caught, or text that is printed. */
export interface Envelope {
  readonly data?: unknown;
  readonly fault?: Fault;
  readonly print?: { readonly stream: 'stdout' | 'stderr'; readonly text: string };
}

interface Remote {
  readonly hear: (envelope: Envelope, token: number, ports: readonly object[]) => void;
  /** Where the worker was made. */
  readonly site: number;
}

const remotes = new SafeMap<number, Remote>();
/** Those of workers that were ended: what they still say is heard by nobody. */
const closed = new SafeSet<number>();

export function openRemote(port: number, hear: Remote['hear']): void {
  agent.meets = true;
  remotes.set(port, { hear, site: here() });
}

export function closeRemote(port: number): void {
  remotes.delete(port);
  closed.add(port);
}

export function send(port: number, envelope: Envelope, transfer: unknown, owner: string): void {
  const { text, ports } = pack(envelope, transfer, owner);
  clock.spend(postCost(text.length));
  const id = 'data' in envelope ? agent.id * perAgent + ++lastMessage : 0;
  if (id !== 0) portTraffic.posted(id, recording.on ? preview(envelope.data) : '', text.length);
  ask({ op: 'post', port, text, ports: ports.map(leaveBy), id });
}

type Message = Extract<Arrival, { kind: 'message' }>;

function arrive(message: Message): void {
  const remote = remotes.get(message.port);
  if (remote === undefined) {
    if (closed.has(message.port)) return;
    hearLine(message);
    judge(message, 0);
    return;
  }
  const ports = message.ports.map(comeBy);
  const task = post({ queue: message.id === 0 ? 'tasks' : 'messages', origin: 'message', label: 'message', site: 0 }, ({ token }) => {
    if (remotes.get(message.port) !== remote) remote.hear({}, token, []);
    else {
      const come = read({ text: message.text, ports });
      remote.hear(come.value as Envelope, token, come.ports); // as `send` wrote it
    }
  });
  if (message.id === 0) return;
  if (recording.on) emit(arrived, message.id, task.token);
  judge(message, remote.site);
}

/** How far a message may come earlier or later in a real browser: the first of a worker hangs on its start. */
const [uncertainMs, uncertainStartMs] = [3, 15];
let last: { readonly port: number; readonly at: number } | undefined;

function judge({ port, at }: Message, site: number): void {
  const isFirst = !told.has(port);
  const within = isFirst ? uncertainStartMs : uncertainMs;
  told.set(port, true);
  const isNearOther = last !== undefined && last.port !== port && at - last.at < within;
  if (isNearOther || Math.abs(nextDue() - at) < within)
    note('order-unspecified', 'Workers take their own time: a message of one may come before or after other tasks of these milliseconds.', site);
  last = { port, at };
}
const told = new SafeMap<number, boolean>();

/** What has come from other agents becomes tasks. */
export function takeIn(): void {
  const arrivals = takeArrivals();
  for (let i = 0; i < arrivals.length; i++) {
    const arrival = arrivals[i];
    if (arrival?.kind === 'message') arrive(arrival);
  }
}

loop.hear = () => {
  if (!agent.meets) return;
  ask({ op: 'sync', until: clock.now() });
  takeIn();
};

loop.waitWithOthers = (until) => {
  if (!agent.meets) return undefined;
  const isPage = agent.id === 0;
  const { calm } = ask({ op: 'sync', until: until === Infinity ? null : until, ...(isPage && { mayEnd: true }) });
  takeIn();
  return calm === true ? 'calm' : 'awake';
};

/** Why this file exists: what must hold between agents: workers begin and end once, messages come from somebody. */
import type { Ledger } from './laws-ledger';
import type { AgentId, MessageId, TraceEvent, TraceEventKind } from './trace';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

/** Books that all agents of a trace share. */
export interface CommonBooks {
  readonly workers: Map<AgentId, 'created' | 'started' | 'ended'>;
  readonly messages: Set<MessageId>;
}

export function newCommonBooks(): CommonBooks {
  return { workers: new Map(), messages: new Set() };
}

/** An agent acts between its start and its end, and not while it is blocked. */
export function checkAgent({ all, isBlocked }: Ledger, { agent = 0, kind }: TraceEvent): readonly string[] {
  const state = all.workers.get(agent);
  if (agent !== 0 && state === undefined) return [`there is no worker ${String(agent)}`];
  if (state === 'ended') return [`worker ${String(agent)} has ended`];
  if (isBlocked && kind !== 'agent-unblocked' && kind !== 'worker-ended') return [`agent ${String(agent)} is blocked`];
  return [];
}

export function createWorker(all: CommonBooks, worker: AgentId): readonly string[] {
  const broken = all.workers.has(worker) ? [`worker ${String(worker)} is created a second time`] : [];
  all.workers.set(worker, 'created');
  return broken;
}

export function startWorker(all: CommonBooks, worker: AgentId): readonly string[] {
  const broken = all.workers.get(worker) === 'created' ? [] : [`worker ${String(worker)} starts a second time`];
  all.workers.set(worker, 'started');
  return broken;
}

export function endWorker(all: CommonBooks, worker: AgentId): readonly string[] {
  all.workers.set(worker, 'ended');
  return [];
}

export function block(ledger: Ledger, isBlocked: boolean): readonly string[] {
  const broken = ledger.isBlocked === isBlocked ? ['the agent is blocked twice, or woken twice'] : [];
  ledger.isBlocked = isBlocked;
  return broken;
}

export function postMessage(all: CommonBooks, message: MessageId): readonly string[] {
  const broken = all.messages.has(message) ? [`message ${String(message)} is posted a second time`] : [];
  all.messages.add(message);
  return broken;
}

export function arrive({ all, tasks }: Ledger, { message, task }: EventOf<'message-arrived'>): readonly string[] {
  const broken = all.messages.has(message) ? [] : [`message ${String(message)} was never posted`];
  return tasks.get(task)?.queued.queue === 'messages' ? broken : [...broken, `task ${String(task)} does not wait among the messages`];
}

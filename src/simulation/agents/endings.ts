/**
 * Why this file exists: how an agent ends: by itself, or because another one ends it; its ports close, its threads end
 * with it, and its parent hears of it.
 */
import type { Answer, Arrival } from '../agent-messages';
import type { Agent, AgentsOptions } from './agent';
import { answerThread } from './answers';
import type { KnowledgeOfAll } from './knowledge';
import type { AgentMemory } from './memory';
import type { Ports } from './ports';
import { endOf } from './processes';
import type { Slice } from './slice';
import type { Waiters } from './waiters';

/** From a worker's end to the news of it, and from the wish to end one to its end. Modelled. */
const [exitMs, stopMs] = [1, 0.3];

interface All {
  readonly options: AgentsOptions;
  readonly agents: readonly Agent[];
  readonly ports: Ports;
  readonly waiters: Waiters;
  readonly memory: AgentMemory;
  readonly slices: Slice[];
  readonly knowledge: KnowledgeOfAll;
}

export interface Endings {
  readonly ended: (agent: Agent, at: number, code: number, error: string | null) => void;
  readonly terminate: (id: number, now: number) => void;
  /** Its thread is told to stop, and waited for. */
  readonly runToEnd: (agent: Agent) => void;
}

type Exited = Extract<Arrival, { kind: 'exited' }>;

export function createEndings({ options, agents, ports, waiters, memory, slices, knowledge }: All): Endings {
  /** The thread is stopped wherever it is; what it would have done later has not happened. */
  function terminate(id: number, now: number): void {
    const agent = agents[id];
    if (agent === undefined || agent.id === 0 || agent.parked.kind === 'ended' || agent.isStopped) return;
    agent.isStopped = true;
    for (const each of agents)
      each.inbox = each.inbox.filter(({ from, sent }) => from !== id || sent <= now + stopMs);
    const hasBegun = agent.parked.kind !== 'starting';
    if (agent.thread !== undefined) runToEnd(agent);
    const code = hasBegun || agent.process !== undefined ? 1 : 0; // Node has nobody to give one to before
    ended(agent, now + stopMs, code, null);
  }

  function runToEnd(agent: Agent): void {
    const { thread } = agent;
    if (thread === undefined) return;
    thread.answer(JSON.stringify(stopped));
    for (;;) {
      const asked = thread.next();
      if (asked.kind === 'ended') {
        agent.result = asked.result;
        return;
      }
      if (asked.kind === 'lost') return;
      thread.answer(asked.kind === 'ask' ? JSON.stringify(stopped) : answerThread(agent, asked, options, memory));
    }
  }

  function ended(agent: Agent, at: number, code: number, error: string | null): void {
    agent.parked = { kind: 'ended' };
    slices.push({ agent: agent.id, upTo: Infinity, ended: { at, exitCode: code } });
    agent.thread?.dispose();
    agent.thread = undefined;
    waiters.forget(agent.id);
    memory.forget(agent.id);
    for (const child of agents)
      if (child.parent === agent.id && child !== agent && child.process === undefined) terminate(child.id, at);
    if (agent.process === undefined) {
      ports.closeAll(agent.id, at);
      tellEnd(agent, { at: at + exitMs, code, error });
    } else {
      const { closedAt, heardAt } = endOf(agent, at);
      const { signal } = agent.process;
      ports.closeAll(agent.id, closedAt, true);
      tellEnd(agent, { at: heardAt, code, error, ...(signal === undefined ? {} : { signal }) });
    }
  }

  function tellEnd({ id, parent }: Agent, end: Omit<Exited, 'kind' | 'thread'>): void {
    const arrival: Arrival = { kind: 'exited', thread: id, ...end };
    agents[parent]?.inbox.push({ arrival, from: parent, sent: end.at, knows: knowledge.of(id) });
  }

  return { ended, terminate, runToEnd };
}

/** The agent ends at once, wherever it is. */
export const stopped: Answer = { stop: { kind: 'exit', message: '', site: 0 } };

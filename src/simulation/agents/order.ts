/** Why this file exists: whose turn it is: the agent goes on whose clock is behind all others'. */
import type { Agent } from './agent';
import type { Waiters } from './waiters';

/** Until a loop that sleeps is awake: what is posted is there at once for those who look. Modelled. */
const wakeMs = 0.05;
/** How far an agent may be ahead of another: less where they share memory, and may look at each other. */
const apartMs = { apart: 1, sharing: 0.01 };
/** When it can go on. */
export function due(agent: Agent, waiters: Waiters): number {
  switch (agent.parked.kind) {
    case 'turn':
      return Math.max(agent.clock, Math.min(agent.parked.until, firstArrival(agent, waiters)));
    case 'wait':
      return Math.max(agent.clock, Math.min(agent.parked.until, agent.wokenAt ?? Infinity));
    case 'starting':
      return agent.clock;
    default:
      return Infinity;
  }
}

function firstArrival(agent: Agent, waiters: Waiters): number {
  const timed = waiters.firstTimeout(agent.id);
  return agent.inbox.reduce(
    (first, { arrival, from }) => Math.min(first, arrival.at + (from === agent.id ? 0 : wakeMs)),
    timed,
  );
}

/** How far an agent may go before it asks again. */
export function boundOf(agent: Agent, agents: readonly Agent[], waiters: Waiters, share: boolean): number {
  const others = agents.filter((each) => each !== agent).map((each) => due(each, waiters));
  return Math.min(...others, Infinity) + (share ? apartMs.sharing : apartMs.apart);
}

/** The agent whose clock is behind; undefined when nothing can happen any more. */
export function nextOf(agents: readonly Agent[], waiters: Waiters): Agent | undefined {
  let first: Agent | undefined;
  for (const each of agents)
    if (due(each, waiters) < (first === undefined ? Infinity : due(first, waiters))) first = each;
  return first;
}

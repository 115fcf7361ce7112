/** Why this file exists: what is said when nothing can happen any more. */
import type { Answer } from '../agent-messages';
import type { Agent } from './agent';

/** Nothing can ever happen any more: each agent waits for another. */
export function deadlock(agents: readonly Agent[]): Answer {
  const [main] = agents;
  const waiting = agents.filter((each) => each.parked.kind === 'wait');
  const who = waiting.map((each) => (each.id === 0 ? 'the main program' : `worker ${each.id}`));
  const message =
    who.length === 0
      ? 'nothing can happen any more, but something keeps the program alive: a port or a worker that nobody closes.'
      : `deadlock: ${who.join(' and ')} ${who.length === 1 ? 'waits' : 'wait'} in Atomics.wait, and nobody can notify.`;
  const parked = main?.parked.kind === 'wait' ? main.parked.site : 0;
  return { stop: { kind: 'deadlock', message, site: parked } };
}

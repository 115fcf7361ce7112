/**
 * Why this file exists: who can have heard of what. Processes that print to one terminal come in an order of their own
 * only where the one heard of the other before: else the machine decides, and the simulation says so.
 */

/** How far two prints may come apart in life and still come the other way round; more while a process starts. */
const [uncertainMs, uncertainStartMs, startingMs] = [4, 15, 40];

/** What an agent has heard of each: how many of its prints. */
export type Knowledge = ReadonlyMap<number, number>;

interface Print {
  readonly at: number;
  readonly count: number;
  readonly isStarting: boolean;
}

export interface KnowledgeOfAll {
  /** As it is now: it goes along with whatever the agent sends. */
  readonly of: (agent: number) => Knowledge;
  readonly learn: (agent: number, what: Knowledge) => void;
  /** True where another agent's last print may come before or after this one. */
  readonly printed: (agent: number, at: number, startedAt: number) => boolean;
}

export function createKnowledge(): KnowledgeOfAll {
  const known = new Map<number, Map<number, number>>();
  const prints = new Map<number, Print>();

  const own = (agent: number): Map<number, number> => {
    const found = known.get(agent) ?? new Map<number, number>();
    known.set(agent, found);
    return found;
  };
  return {
    of: (agent) => new Map(own(agent)),
    learn(agent, what) {
      const mine = own(agent);
      for (const [other, count] of what) mine.set(other, Math.max(count, mine.get(other) ?? 0));
    },
    printed(agent, at, startedAt) {
      const mine = own(agent);
      const isStarting = agent !== 0 && at - startedAt < startingMs;
      const mayChange = [...prints].some(([other, last]) => {
        const apart = isStarting || last.isStarting ? uncertainStartMs : uncertainMs;
        return other !== agent && Math.abs(at - last.at) < apart && (mine.get(other) ?? 0) < last.count;
      });
      const count = (mine.get(agent) ?? 0) + 1;
      mine.set(agent, count);
      prints.set(agent, { at, count, isStarting });
      return mayChange;
    },
  };
}

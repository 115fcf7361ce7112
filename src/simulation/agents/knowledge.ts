/**
 * Why this file exists: who can have heard of what. Processes that print to one terminal come in an order of their own
 * only where the one heard of the other before: else the machine decides, and the simulation says so.
 */

import type { Answer } from '../agent-messages';

/** How far two prints may come apart in life and still come the other way round; more while a process starts. */
const [uncertainMs, uncertainStartMs, startingMs] = [4, 35, 40];

/** What an agent has heard of each: how many of its prints. */
export type Knowledge = ReadonlyMap<number, number>;

interface Print {
  readonly at: number;
  readonly count: number;
  readonly isStarting: boolean;
}

interface Printer {
  readonly id: number;
  readonly startedAt: number;
}

/** When it was, and by when was heard of what led to it. */
interface Printing {
  readonly now: number;
  readonly causedAt: number;
}

export interface KnowledgeOfAll {
  /** As it is now: it goes along with whatever the agent sends. */
  readonly of: (agent: number) => Knowledge;
  readonly learn: (agent: number, what: Knowledge, at: number) => void;
  /** Whose last print may come after this one as well, and how much earlier it was. */
  readonly printed: (printer: Printer, printing: Printing) => Pick<Answer, 'before'>;
}

interface Learnt {
  readonly at: number;
  readonly other: number;
  readonly count: number;
}

export function createKnowledge(): KnowledgeOfAll {
  const known = new Map<number, Learnt[]>();
  const counts = new Map<number, number>();
  const prints = new Map<number, Print>();

  function of(agent: number, at = Infinity): Map<number, number> {
    const found = new Map([[agent, counts.get(agent) ?? 0]]);
    for (const { other, count, at: learntAt } of known.get(agent) ?? [])
      if (learntAt <= at) found.set(other, Math.max(count, found.get(other) ?? 0));
    return found;
  }

  return {
    of,
    learn(agent, what, at) {
      const mine = of(agent);
      const learnt = known.get(agent) ?? [];
      known.set(agent, learnt);
      for (const [other, count] of what) if (count > (mine.get(other) ?? 0)) learnt.push({ at, other, count });
    },
    printed({ id: agent, startedAt }, { now: at, causedAt }) {
      const mine = of(agent, causedAt);
      const isStarting = agent !== 0 && at - startedAt < startingMs;
      const before = [...prints].find(([other, last]) => {
        const apart = isStarting || last.isStarting ? uncertainStartMs : uncertainMs;
        return other !== agent && Math.abs(at - last.at) < apart && (mine.get(other) ?? 0) < last.count;
      });
      const count = (counts.get(agent) ?? 0) + 1;
      counts.set(agent, count);
      prints.set(agent, { at, count, isStarting });
      return before === undefined ? {} : { before: { agent: before[0], ms: at - before[1].at } };
    },
  };
}

/** Why this file exists: who waits for shared memory, and where: the waiter lists of ECMA-262 §25.4.1. */

export interface Waiter {
  readonly agent: number;
  /** Of waitAsync: which promise. Undefined: the agent stands still. */
  readonly waiter: number | undefined;
  readonly until: number;
}

export interface Waiters {
  wait(cell: string, agent: number): void;
  waitAsync(cell: string, agent: number, waiter: number, until: number): void;
  /** Takes those that are woken, the first that waited first. */
  notify(cell: string, count: number): readonly Waiter[];
  /** When the first waitAsync of an agent is over. */
  firstTimeout(agent: number): number;
  /** Takes those whose time is over. */
  timedOut(agent: number, now: number): readonly { readonly waiter: number; readonly at: number }[];
  /** The agent's time is over, or it was woken: it stands no longer. */
  leave(agent: number): void;
  forget(agent: number): void;
}

export function createWaiters(): Waiters {
  const lists = new Map<string, Waiter[]>();

  function add(cell: string, waiter: Waiter): void {
    lists.set(cell, [...(lists.get(cell) ?? []), waiter]);
  }

  function all(agent: number): Waiter[] {
    return [...lists.values()].flat().filter((each) => each.agent === agent);
  }

  function keep(test: (waiter: Waiter) => boolean): void {
    for (const [cell, list] of lists) lists.set(cell, list.filter(test));
  }

  return {
    leave(agent) {
      keep((each) => each.agent !== agent || each.waiter !== undefined);
    },
    wait(cell, agent) {
      add(cell, { agent, waiter: undefined, until: Infinity });
    },
    waitAsync(cell, agent, waiter, until) {
      add(cell, { agent, waiter, until });
    },
    notify(cell, count) {
      const list = lists.get(cell) ?? [];
      lists.set(cell, list.slice(count));
      return list.slice(0, count);
    },
    firstTimeout: (agent) => all(agent).reduce((first, each) => Math.min(first, each.until), Infinity),
    timedOut(agent, now) {
      const over = all(agent).filter((each) => each.until <= now);
      keep((each) => !over.includes(each));
      return over.flatMap(({ waiter, until }) => (waiter === undefined ? [] : [{ waiter, at: until }]));
    },
    forget(agent) {
      keep((each) => each.agent !== agent);
    },
  };
}

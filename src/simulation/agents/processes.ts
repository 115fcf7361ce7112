/**
 * Why this file exists: agents that are processes of their own: how they are known to each other, how long they take to
 * begin and to end, and what a signal does to one.
 */
import type { Agent } from './agent';

/** The main program's, as process.ts has it; those of others are far from those of commands. */
const [mainPid, firstPid] = [4242, 6000];
/**
 * From the call until its first line runs (35 ms on a quiet machine, 60 to 90 on a busy one); from its last line until
 * its pipes are closed, and from a signal that ends it. Modelled, as measured.
 */
export const processStartMs = 45;
const [teardownMs, killedMs] = [3, 1];
/** From the closing of its pipes until its end can be heard of: a loop that sleeps hears of them first. Modelled. */
const heardMs = 0.1;
/** Signals that end nobody who does not listen. */
const harmless: readonly string[] = ['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT', '0'];

export function pidOf(agent: number): number {
  return agent === 0 ? mainPid : firstPid + agent;
}

/** The process that this agent is, or is a thread of. */
export function processOf(agent: Agent, agents: readonly Agent[]): Agent {
  const parent = agents[agent.parent];
  return agent.process !== undefined || parent === undefined ? agent : processOf(parent, agents);
}

/** The number that a thread has in its own process: from one on. */
export function threadIdIn(parent: Agent, agents: readonly Agent[]): number {
  const own = processOf(parent, agents);
  const threads = agents.filter((each) => each.process === undefined && processOf(each, agents) === own);
  return threads.length + 1;
}

/** When its pipes close, and when its parent hears of its end. A process that is killed does not tidy up. */
export function endOf({ process }: Agent, at: number): { readonly closedAt: number; readonly heardAt: number } {
  const closedAt = at + (process?.signal === undefined ? teardownMs : killedMs);
  return { closedAt, heardAt: closedAt + heardMs };
}

/** What a signal does: it is told to who listens, ends it, or nothing happens. */
export function effectOf(signal: string, { id, process, parked }: Agent): 'told' | 'ends' | 'nothing' {
  if (signal === 'SIGKILL') return id === 0 ? 'told' : 'ends';
  if (process?.hears.includes(signal) === true && parked.kind !== 'starting') return 'told';
  if (harmless.includes(signal)) return 'nothing';
  return id === 0 ? 'told' : 'ends';
}

/**
 * Why this file exists: the guest is one agent of several: the main program or a worker. It asks the host, which lets
 * the agent go on whose clock is behind all others'; only text crosses (simulation/agents says what).
 */
import type { Answer, Arrival, Question } from '../agent-messages';
import { clock } from './clock';
import { endNow, type Ending } from './ending';
import { bareList } from './primordials';
import { here, recording } from './recorder';
import { stepsTaken, boundSteps } from './thinning';

const { stringify, parse } = JSON;

export const agent = {
  /** 0 is the main program. */
  id: 0,
  /** Its number among the threads of its process: 0 is the first. */
  threadId: 0,
  /** It listens for connections, and there is nobody else. */
  isAlone: false,
  /** True once there is anything to hear of: a port, a worker, shared memory that somebody waits for. */
  meets: false,
  /** Virtual time up to which it may go on without asking. */
  until: Infinity,
  /** When it began, on the clock of all. */
  startedAt: 0,
};

/** The host's function: a question as text in, the answer as text out; meanwhile other agents may run. */
export const host: { ask(text: string): string } = { ask: () => '{}' };

/** What came for this agent, taken by whoever looks: ports and workers. */
let arrived = bareList<Arrival>();

export function takeArrivals(): Arrival[] {
  const taken = arrived;
  arrived = bareList();
  return taken;
}

/** Something came in the middle of a task and was not looked at yet. */
export function hasArrivals(): boolean {
  return arrived.length > 0;
}

/** Puts a question to the host. The answer says how far this agent may go on. */
export function ask(question: Question): Answer {
  const now = clock.now();
  const asked = stringify({ ...question, now, steps: stepsTaken(), events: recording.events });
  const answer = parse(host.ask(asked)) as Answer; // agents.ts wrote it
  if (answer.stop !== undefined) {
    const stop = answer.stop as Ending; // the same
    endNow({ ...stop, site: stop.site === 0 ? here() : stop.site });
  }
  clock.sleepUntil(answer.now ?? now);
  agent.until = answer.until ?? Infinity;
  agent.isAlone = answer.isAlone === true;
  boundSteps(agent.until, answer.left ?? Infinity);
  const came = answer.arrived ?? bareList<Arrival>();
  for (let i = 0; i < came.length; i++) {
    const each = came[i];
    if (each !== undefined) arrived[arrived.length] = each;
  }
  return answer;
}

/** Others whose clocks are behind go first; it goes on at `until`, or when something comes before. */
export function meet(until: number): boolean {
  ask({ op: 'sync', until: until === Infinity ? null : until });
  return arrived.length > 0;
}

/** In the middle of a task: whoever is behind catches up first. */
export function catchUp(): void {
  if (agent.meets && clock.now() > agent.until) meet(clock.now());
}

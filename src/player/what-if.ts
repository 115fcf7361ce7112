/**
 * Why this file exists: what a run asked of the world outside, as the reader may change it: how long an answer takes,
 * whether it fails, how many threads the pool has. A change is a scenario of its own, put over the one of the file.
 */
import { answerOf, sectionOf, withChanges } from '../trace/scenario';
import type { Answer, OutsideCall, Scenario } from '../trace/scenario';
import type { Trace } from '../trace/trace';
import type { Player } from './player-state';

/** One line of the panel. */
export interface Asked extends OutsideCall {
  readonly latencyMs: number;
  /** What the error says, or its code; undefined while it does not fail. */
  readonly failure: string | undefined;
}

/** The run with what the reader has changed since: it may still be on its way. */
export function withPending(trace: Trace, whatIf: Scenario): Trace {
  return { ...trace, scenario: withChanges(trace.scenario ?? {}, whatIf) };
}

export function askedOf({ outside = [], scenario }: Trace): readonly Asked[] {
  return outside.map(call => {
    const [answer] = answersTo(call, scenario);
    const fails = answer?.fails;
    return { ...call, latencyMs: answer?.latencyMs ?? 0, failure: typeof fails === 'object' ? fails.message : fails };
  });
}

/** What is answered: by the scenario, else what was answered, else what makes an answer of nothing. */
function answersTo(call: OutsideCall, scenario: Scenario | undefined): readonly Answer[] {
  const { kind, key } = call;
  const section: Readonly<Record<string, Answer | readonly Answer[]>> | undefined = scenario?.[sectionOf[kind]];
  const given = section !== undefined && Object.hasOwn(section, key) ? section[key] : undefined;
  if (given !== undefined) return isList(given) ? given : [given];
  const answer = answerOf(call);
  // A value that was made up goes on to be made up: only what the reader changes is said.
  return [call.by === 'made-up' ? { latencyMs: answer.latencyMs ?? 0 } : answer];
}

/** A guard of its own: `Array.isArray` does not narrow lists that are read-only. */
function isList(given: Answer | readonly Answer[]): given is readonly Answer[] {
  return Array.isArray(given);
}

/** How a failure is written where the reader says no more. */
export const usualFailure = { call: 'failed', event: 'failed', http: 'ECONNREFUSED', command: 'ENOENT' } as const;

/** The answer with another latency. */
export function withLatency(call: Asked, trace: Trace, latencyMs: number): Scenario {
  return changed(call, trace, answer => ({ ...answer, latencyMs }));
}

/** The answer fails, or no longer does. */
export function withFailure(call: Asked, trace: Trace, failure: string | undefined): Scenario {
  return changed(call, trace, answer => {
    const { fails, ...rest } = answer;
    if (failure === undefined) return rest;
    return { ...answer, fails: typeof fails === 'object' ? { ...fails, message: failure } : failure };
  });
}

/** Each answer of a list is changed: they are the same call. */
function changed(call: Asked, { scenario }: Trace, change: (answer: Answer) => Answer): Scenario {
  const [first, ...others] = answersTo(call, scenario).map(change);
  return { [sectionOf[call.kind]]: { [call.key]: others.length === 0 ? first : [first, ...others] } };
}

/** Asks for the run again, with one change more. */
export function tryOut(player: Player, change: Scenario): void {
  const whatIf = withChanges(player.whatIf.value, change);
  player.whatIf.value = whatIf;
  player.tell?.({ kind: 'what-if', whatIf });
}

/** Back to what the scenario says. */
export function forgetChanges(player: Player): void {
  player.whatIf.value = {};
  player.tell?.({ kind: 'what-if', whatIf: {} });
}

export function isChanged(whatIf: Scenario): boolean {
  return Object.values(whatIf).some(changed => changed !== undefined);
}

/** How many threads the pool has, or would have. */
export function threadsOf({ scenario, events }: Trace): number {
  const opened = events.find(event => event.kind === 'pool-opened');
  return scenario?.threads ?? opened?.threads ?? 4;
}

/** Why this file exists: what the end of one agent means for the whole run, and how busy an agent was. */
import type { Answer } from '../agent-messages';
import type { RunResult } from '../run-report';
import type { Agent } from './agent';

/** A limit of the whole run, or something that is not modelled, ends all agents. */
export function isOver(agent: Agent, result: Extract<RunResult, { kind: 'ran' }>): boolean {
  const { ending } = result.report;
  if (isOutOfMemory(result) && agent.task?.hasOwnLimit === true) return false;
  return result.spent !== undefined || (ending !== null && ending.kind !== 'exit');
}

export const lostResult: RunResult = { kind: 'broken', message: 'a worker did not answer' };

/** Told by the engine, or by the guest, which was asked to make room. */
export function isOutOfMemory({ spent, report: { ending } }: Extract<RunResult, { kind: 'ran' }>): boolean {
  return spent === 'memory' || (ending?.kind === 'budget' && ending.message === 'memory');
}

/** Of a thread that runs: what its loop did since it began. */
export function utilizationOf(agent: Agent | undefined): Pick<Answer, 'idle' | 'active'> {
  if (agent === undefined || agent.parked.kind === 'starting') return { idle: 0, active: 0 };
  return { idle: agent.slept, active: agent.clock - agent.startedAt - agent.slept };
}

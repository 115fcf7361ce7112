/** Why this file exists: who reads a trace from end to end keeps a stack for each agent: their events alternate. */
import type { AgentId, FrameId, TraceEvent } from './trace';

export function stackOf(stacks: Map<AgentId, FrameId[]>, { agent = 0 }: TraceEvent): FrameId[] {
  const known = stacks.get(agent);
  if (known !== undefined) return known;
  const stack: FrameId[] = [];
  stacks.set(agent, stack);
  return stack;
}

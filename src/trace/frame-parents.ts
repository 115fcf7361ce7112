/**
 * Why this file exists: who called whom, kept for calls that have ended too: a callback is told by where it was made.
 */
import { stackOf } from './agent-stacks';
import type { AgentId, FrameId, TraceEvent } from './trace';

export class FrameParents {
  readonly #parents = new Map<FrameId, FrameId>();
  /** One for each agent. */
  readonly #stacks = new Map<AgentId, FrameId[]>();

  /** Takes in the next event of the trace. */
  follow(event: TraceEvent): void {
    const stack = stackOf(this.#stacks, event);
    if (event.kind === 'frame-pushed') {
      const caller = stack.at(-1);
      if (caller !== undefined) this.#parents.set(event.frame, caller);
    }
    if (event.kind === 'frame-pushed' || event.kind === 'frame-resumed') stack.push(event.frame);
    if (event.kind !== 'frame-popped' && event.kind !== 'frame-suspended') return;
    const place = stack.lastIndexOf(event.frame);
    if (place >= 0) stack.length = place;
  }

  /** The call that made this call. */
  of(frame: FrameId): FrameId | undefined {
    return this.#parents.get(frame);
  }
}

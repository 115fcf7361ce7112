/** Why this file exists: what can be seen in a run, as data for any language. `observations.ts` finds it. */
import type { FrameId, PromiseId, SiteId, TaskId, VirtualMs } from './trace';

/** `step` is where it is best seen; `site` where it stands in the source. */
interface Seen {
  readonly step: number;
  readonly site?: SiteId;
}

export type Observation =
  /** An async call that was suspended, and whose promise nobody ever waited for. `by` called it; none: the script. */
  | (Seen & { readonly kind: 'floating'; readonly promise: PromiseId; readonly label: string; readonly by?: FrameId })
  | (Seen & { readonly kind: 'unhandled'; readonly promise: PromiseId; readonly label: string; readonly value: string })
  /** One task, or the main script, kept the loop for `ms`; `late` timers became due meanwhile. */
  | (Seen & { readonly kind: 'blocked'; readonly firstStep: number; readonly lastStep: number; readonly ms: VirtualMs; readonly label: string; readonly late: number })
  /** Awaits in one call that went one after the other, though no later one names what an earlier one brought. */
  | (Seen & { readonly kind: 'serial'; readonly frame: FrameId; readonly label: string; readonly count: number; readonly ms: VirtualMs; readonly lost: VirtualMs })
  /** A callback that was due waited while this many ticks and microtasks ran. */
  | (Seen & { readonly kind: 'starved'; readonly task: TaskId; readonly label: string; readonly jobs: number; readonly ms: VirtualMs })
  /** All threads of the pool were busy: so many operations waited for one, the longest, `label`, for `ms`. */
  | (Seen & { readonly kind: 'pool-saturated'; readonly label: string; readonly threads: number; readonly waited: number; readonly ms: VirtualMs });

/** A stretch this long delays timers by an amount that people and tests notice. */
export const blockingMs = 10;

/**
 * Why this file exists: the timeline gives each asynchronous thread of logic a lane: the main script, every async
 * function and generator, every callback of a queue with the `then` callbacks that go on from it. What a lane is, is
 * said here; `lane-walk.ts` reads the lanes from the events in one pass.
 */
import type { AgentId, FrameColor, PromiseId } from '../../trace/trace';

/**
 * `running`: on top of the stack. `below`: on the stack, under a call with a lane of its own. `suspended`: parked, for
 * a promise or the next `next()`. `waiting`: a timer that is not due. `in-thread`: a thread of the pool
 * does it. `ready`: in a queue, could run now.
 */
export type LaneState = 'running' | 'below' | 'suspended' | 'waiting' | 'in-thread' | 'ready';

/** Beats from `from` to before `to`; `label` is what is waited for. */
export interface Stretch {
  readonly state: LaneState;
  readonly from: number;
  to: number;
  readonly label: string;
}

/**
 * How a lane ends, where that is worth a word. `failed`: an error left it. `lost`: its promise was rejected and nobody
 * handled it. `unread`: nobody ever asked for its result. `left`: it never goes on. `dropped`: it never began.
 */
export type LaneEnd = 'failed' | 'lost' | 'unread' | 'left' | 'dropped';

export interface Lane {
  readonly index: number;
  /** Lanes of one agent stand together. */
  readonly agent: AgentId;
  /** Of a process of its own. */
  readonly pid?: number;
  readonly label: string;
  color: FrameColor | 'callback';
  readonly stretches: Stretch[];
  /** Of an async function: what its call returned. */
  promise?: PromiseId;
  end?: LaneEnd;
  /** The error or the value that goes nowhere. */
  endValue?: string;
  /** Code of the reader's ran in it, or it printed. */
  touched: boolean;
  /** It began by a call of the program's: somebody could have waited for it. */
  isCalled: boolean;
}

/**
 * `fork`: code of one lane began another. `chain`: what happened in one lane let another go on; `failed` when it was
 * an error that travelled.
 */
export interface LaneEdge {
  readonly kind: 'fork' | 'chain';
  readonly from: Lane;
  readonly fromBeat: number;
  readonly to: Lane;
  readonly toBeat: number;
  readonly failed: boolean;
}

export interface Lanes {
  readonly lanes: readonly Lane[];
  readonly edges: readonly LaneEdge[];
}

/** What the lane does during a beat. */
export function stateOf(lane: Lane, beat: number): LaneState | undefined {
  let [low, high] = [0, lane.stretches.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const stretch = lane.stretches[middle];
    if (stretch === undefined) return undefined;
    if (beat < stretch.from) high = middle - 1;
    else if (beat >= stretch.to) low = middle + 1;
    else return stretch.state;
  }
  return undefined;
}

/** More lanes than this are counted, not drawn. */
const mostLanes = 60;

/** The lanes that are drawn while these beats are in sight, each in its row, and how many are left out. */
export function lanesInSight(
  lanes: readonly Lane[], firstBeat: number, lastBeat: number,
): { readonly shown: readonly Lane[]; readonly more: number } {
  const inSight = lanes.filter(lane => {
    const [from, to] = extentOf(lane);
    return from <= lastBeat && to >= firstBeat;
  });
  return { shown: inSight.slice(0, mostLanes), more: Math.max(inSight.length - mostLanes, 0) };
}

/** The beats in which anything happens in the lane: from its first to before its last. */
export function extentOf(lane: Lane): readonly [from: number, to: number] {
  return [lane.stretches[0]?.from ?? 0, lane.stretches.at(-1)?.to ?? 0];
}

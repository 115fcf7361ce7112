/** Why this file exists: what is known while lanes are read from the events, and how the lanes end. */
import type { AgentId, FrameId, MessageId, PromiseId, SiteId, TaskId, WorkId } from '../../trace/trace';
import { siteCode } from '../../trace/labels';
import type { TraceIndex } from '../../trace/trace-index';
import type { Lane, LaneEdge, Lanes } from './lanes';

interface Settling {
  readonly lane: Lane;
  readonly beat: number;
  readonly failed: boolean;
}

export interface Walk {
  readonly index: TraceIndex;
  readonly lanes: Lane[];
  readonly edges: LaneEdge[];
  readonly ofFrame: Map<FrameId, Lane>;
  readonly ofTask: Map<TaskId, Lane>;
  readonly ofWork: Map<WorkId, Lane>;
  /** The lane of an interval, by its callback: each round is a task of its own. */
  readonly ofInterval: Map<SiteId, Lane>;
  /** The lane in which a promise that a `then` hangs on was made. */
  readonly ofPromise: Map<PromiseId, Lane>;
  readonly settledIn: Map<PromiseId, Settling>;
  readonly awaitedBy: Map<FrameId, PromiseId>;
  readonly awaited: Set<PromiseId>;
  readonly lost: Set<PromiseId>;
  /** Of the agent whose event it is. */
  agent: AgentId;
  stack: FrameId[];
  readonly stacks: Map<AgentId, FrameId[]>;
  readonly tasks: Map<AgentId, TaskId | undefined>;
  /** Of processes of their own. */
  readonly pids: Map<AgentId, number>;
  readonly posted: Map<MessageId, { readonly lane: Lane | undefined; readonly beat: number }>;
}

/** Timers of the machinery's own have no lane: what they bring is seen where somebody waited for it. */
export function finishLanes(walk: Walk, total: number): Lanes {
  const grouped = walk.lanes.toSorted((a, b) => a.agent - b.agent || a.index - b.index);
  const lanes = grouped.filter(lane => lane.touched || lane.stretches.at(-1)?.to === Infinity)
    .map(lane => ({ lane, isOpen: close(lane, total) }));
  for (const { lane, isOpen } of lanes) nameEnd(walk, lane, isOpen);
  const shown = new Map(lanes.map(({ lane }, index) => [lane, { ...lane, index }]));
  const edges: LaneEdge[] = [];
  for (const edge of walk.edges) {
    const [from, to] = [shown.get(edge.from), shown.get(edge.to)];
    if (from !== undefined && to !== undefined) edges.push({ ...edge, from, to });
  }
  return { lanes: [...shown.values()], edges };
}

/** Whether the lane's last stretch never ended; it is cut at the end of the run. */
function close(lane: Lane, total: number): boolean {
  const last = lane.stretches.at(-1);
  if (last?.to !== Infinity) return false;
  last.to = total;
  return true;
}

/** Somebody waits for it, or its writer said by `void` that nobody is to. */
function isCaredFor(walk: Walk, promise: PromiseId): boolean {
  return walk.awaited.has(promise) || /^void\b/.test(siteCode(walk.index.trace, walk.index.promise(promise)?.site));
}

function nameEnd(walk: Walk, lane: Lane, isOpen: boolean): void {
  const { promise } = lane;
  const last = lane.stretches.at(-1)?.state;
  if (isOpen && last === 'suspended') lane.end = 'left';
  else if (isOpen && (last === 'waiting' || last === 'in-thread' || last === 'ready')) lane.end = 'dropped';
  else if (promise !== undefined && walk.lost.has(promise)) lane.end = 'lost';
  else if (promise !== undefined && lane.isCalled && lane.end === undefined && !isCaredFor(walk, promise)) lane.end = 'unread';
}

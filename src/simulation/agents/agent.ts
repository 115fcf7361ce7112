/** Why this file exists: what is known of an agent while others run: where it stands and what has come for it. */
import type { Arrival, Question } from '../agent-messages';
import type { Nudge } from '../../trace/trace';
import type { Limits } from '../request';
import type { RunResult } from '../run-report';
import type { Workspace } from '../workspace';
import type { Slice } from './slice';
import type { AgentTask, AgentThread, SpawnThread } from './thread';

export type Parked =
  | { readonly kind: 'turn'; readonly until: number }
  | { readonly kind: 'wait'; readonly until: number; readonly site: number }
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'ended' };

export interface Agent {
  readonly id: number;
  readonly parent: number;
  clock: number;
  steps: number;
  parked: Parked;
  /** When a wait of it was ended by another agent. */
  wokenAt: number | undefined;
  inbox: { readonly arrival: Arrival; readonly from: number; readonly sent: number }[];
  readonly task: WorkerTask | undefined;
  thread: AgentThread | undefined;
  result: RunResult | undefined;
  isStopped: boolean;
}

/** What a worker is to run, made when it is asked for. */
export interface WorkerTask {
  readonly task: (start: { readonly at: number; readonly until: number | null; readonly left: number }) => AgentTask;
  readonly lower: (text: string, flags: number) => object;
  /** Its memory is limited by `resourceLimits`. */
  readonly hasOwnLimit: boolean;
  readonly port: number;
}

export interface AgentsOptions {
  readonly limits: Limits;
  readonly nudges: readonly Nudge[];
  readonly spawn: SpawnThread | undefined;
  readonly prepare: (question: Extract<Question, { op: 'spawn' }>, thread: number) => WorkerTask;
  readonly onPrinted: (stream: 'stdout' | 'stderr', text: string) => void;
  readonly wallClock: () => number;
  readonly workspace: Workspace;
}

export interface Agents {
  /** What the main program asks; other agents run meanwhile. */
  readonly ask: (text: string) => string;
  readonly sharedMemory: (number: number, length: number) => SharedArrayBuffer;
  readonly memoryOfAll: (agent: number, bytes: number) => number;
  /** The main program has ended: the others end too. Their results, by number. */
  readonly finish: () => ReadonlyMap<number, RunResult>;
  /** Why a worker ended the whole run. */
  /** Whose events came after whose. */
  readonly slices: () => readonly Slice[];
  readonly verdict: () => { readonly thread: number; readonly result: RunResult } | undefined;
}

export function newAgent(id: number, parent: number, task: WorkerTask | undefined): Agent {
  return {
    id,
    parent,
    clock: 0,
    steps: 0,
    parked: { kind: 'running' },
    wokenAt: undefined,
    inbox: [],
    task,
    thread: undefined,
    result: undefined,
    isStopped: false,
  };
}

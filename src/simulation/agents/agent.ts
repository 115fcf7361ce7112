/** Why this file exists: what is known of an agent while others run: where it stands and what has come for it. */
import type { Arrival, Question } from '../agent-messages';
import type { Nudge } from '../../trace/trace';
import type { Limits } from '../request';
import type { RunResult } from '../run-report';
import type { Workspace } from '../workspace';
import type { Knowledge } from './knowledge';
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
  /** Of a process of its own; the main program is one. */
  readonly process: ProcessFacts | undefined;
  clock: number;
  /** When it began, and how long it has slept since. */
  startedAt: number;
  slept: number;
  steps: number;
  parked: Parked;
  /** When a wait of it was ended by another agent. */
  wokenAt: number | undefined;
  inbox: Sent[];
  readonly task: WorkerTask | undefined;
  thread: AgentThread | undefined;
  result: RunResult | undefined;
  isStopped: boolean;
}

/** Something on its way to an agent; `knows`: what its sender had heard of by then. */
export interface Sent {
  readonly arrival: Arrival;
  readonly from: number;
  readonly sent: number;
  readonly knows?: Knowledge;
}

export interface ProcessFacts {
  readonly pid: number;
  /** Signals that it listens to. */
  hears: readonly string[];
  /** What ends it, or ended it. */
  signal: string | undefined;
}

/** What a worker is to run, made when it is asked for. */
export interface WorkerTask {
  readonly task: (start: { readonly at: number; readonly until: number | null; readonly left: number }) => AgentTask;
  readonly lower: (text: string, flags: number) => object;
  /** Its memory is limited by `resourceLimits`. */
  readonly hasOwnLimit: boolean;
  /** Its ends of pipes, and the port through which Node starts a worker. */
  readonly ports: readonly number[];
}

export interface AgentsOptions {
  readonly limits: Limits;
  readonly nudges: readonly Nudge[];
  readonly spawn: SpawnThread | undefined;
  readonly prepare: (question: Extract<Question, { op: 'spawn' }>, names: Names) => WorkerTask;
  readonly onPrinted: (stream: 'stdout' | 'stderr', text: string) => void;
  readonly wallClock: () => number;
  readonly workspace: Workspace;
}

/** How an agent is known: to all, among the threads of its process, to other processes. */
export interface Names {
  readonly thread: number;
  readonly threadId: number;
  readonly pid: number;
}

export interface Agents {
  /** What the main program asks; other agents run meanwhile. */
  readonly ask: (text: string) => string;
  readonly sharedMemory: (number: number, length: number) => SharedArrayBuffer;
  readonly memoryOfAll: (agent: number, bytes: number) => number;
  /** The main program has ended, and with it its threads; other processes come to their ends. Results by number. */
  readonly finish: (main: MainEnd) => ReadonlyMap<number, RunResult>;
  /** Why a worker ended the whole run. */
  /** Whose events came after whose. */
  readonly slices: () => readonly Slice[];
  readonly verdict: () => { readonly thread: number; readonly result: RunResult } | undefined;
}

/** How the main program ended. */
export interface MainEnd {
  /** By itself: what it started may go on. */
  readonly isPlain: boolean;
  readonly at: number;
  readonly events: number;
}

interface Kind {
  readonly parent: number;
  readonly task?: WorkerTask;
  readonly pid?: number;
}

export function newAgent(id: number, { parent, task, pid }: Kind): Agent {
  return {
    id,
    parent,
    process: pid === undefined ? undefined : { pid, hears: [], signal: undefined },
    clock: 0,
    startedAt: 0,
    slept: 0,
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

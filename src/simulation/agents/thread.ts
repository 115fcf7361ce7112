/**
 * Why this file exists: a worker's engine runs in a thread of its own, because a worker that waits in the middle of its
 * code keeps its stack. Only one agent runs at a time: whoever starts or answers a thread waits for what it asks next.
 * The face lends the threads.
 */
import type { Limits } from '../request';
import type { RunResult } from '../run-report';

/** What a worker's engine is given. */
export interface AgentTask {
  readonly script: string;
  readonly parts: readonly string[];
  /** As JSON, for the guest: see guest/main.ts. */
  readonly settings: string;
  readonly limits: Limits;
}

export type FromThread =
  | { readonly kind: 'ask'; readonly text: string }
  | { readonly kind: 'lower'; readonly text: string; readonly flags: number }
  /** A file of the program's folder: what is there, as JSON, or its bytes. */
  | { readonly kind: 'look' | 'read'; readonly path: string }
  | { readonly kind: 'print'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'share'; readonly number: number; readonly length: number }
  | { readonly kind: 'memory'; readonly bytes: number }
  | { readonly kind: 'ended'; readonly result: RunResult }
  /** It did not answer in time, or broke. */
  | { readonly kind: 'lost'; readonly message: string };

export type ToThread = string | SharedArrayBuffer | number | Uint8Array | undefined;

export interface AgentThread {
  start(task: AgentTask): void;
  answer(answer: ToThread): void;
  /** Waits until the thread asks something or has ended. */
  next(): FromThread;
  /** It is not needed any more. */
  dispose(): void;
}

export type SpawnThread = (wallMs: number) => AgentThread;

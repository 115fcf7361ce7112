/**
 * Why this file exists: what agents in the sandbox ask the host and what they are answered, as JSON. Times are virtual
 * milliseconds on the clock of all agents; null stands for never.
 */

/** Where shared memory is waited for: its number and the byte. */
export type Cell = `${number}:${number}`;

export type Question =
  /** Let others catch up; go on at `until` or when something arrives. */
  | { readonly op: 'sync'; readonly until: number | null; readonly mayEnd?: boolean }
  | { readonly op: 'channel'; readonly ports: readonly [number, number] }
  | { readonly op: 'post'; readonly port: number; readonly text: string; readonly ports: readonly number[]; readonly id: number }
  | { readonly op: 'close'; readonly port: number }
  /** The port leaves this agent; what it has not told yet goes along. */
  | { readonly op: 'detach'; readonly port: number; readonly messages: readonly Arrival[] }
  /** The port is here: what has waited for it comes next. */
  | { readonly op: 'attach'; readonly port: number }
  | { readonly op: 'join'; readonly port: number; readonly channel: string }
  | ({ readonly op: 'spawn' } & SpawnRequest)
  | { readonly op: 'terminate'; readonly thread: number }
  | { readonly op: 'wait'; readonly cell: Cell; readonly until: number | null; readonly site: number }
  | { readonly op: 'wait-async'; readonly cell: Cell; readonly until: number | null; readonly waiter: number }
  | { readonly op: 'notify'; readonly cell: Cell; readonly count: number | null };

export interface SpawnRequest {
  /** A path inside the sandbox, or text that is a CommonJS script. */
  readonly program: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'eval'; readonly text: string };
  /** Its end of the port through which Node starts it. */
  readonly port: number;
  /** `resourceLimits.maxOldGenerationSizeMb`. */
  readonly memoryMb: number | null;
  readonly env: Readonly<Record<string, string>>;
}

export type Arrival = { readonly at: number } & (
  | { readonly kind: 'message'; readonly port: number; readonly text: string; readonly ports: readonly number[]; readonly id: number }
  | { readonly kind: 'closed'; readonly port: number }
  | { readonly kind: 'exited'; readonly thread: number; readonly code: number; readonly error: string | null }
  | { readonly kind: 'woken'; readonly waiter: number; readonly how: 'ok' | 'timed-out' }
);

export interface Answer {
  /** The agent's clock goes on from here. */
  readonly now?: number;
  /** How far it may go before it must ask again. */
  readonly until?: number | null;
  /** Steps that are left to it. */
  readonly left?: number;
  readonly arrived?: readonly Arrival[];
  /** Of `spawn`: the worker's number. */
  readonly thread?: number;
  /** Of `wait` and `notify`. */
  readonly how?: 'ok' | 'timed-out';
  readonly count?: number;
  /** Of `post`: somebody has the other end. */
  readonly isHeard?: boolean;
  /** Of `sync` that may end: nothing will ever happen any more. */
  readonly calm?: boolean;
  /** It ends now. */
  readonly stop?: object;
}

/** What a worker is told when it begins. */
export interface WorkerStart {
  readonly thread: number;
  readonly at: number;
  readonly port: number;
  readonly until: number | null;
  readonly left: number;
  readonly isEval: boolean;
  /** Why there is no program: what its error says. */
  readonly fault: { readonly code: string | null; readonly message: string } | null;
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

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
  /** A signal to a process; the answer says whether it is there. */
  | { readonly op: 'kill'; readonly pid: number; readonly signal: string }
  /** The signals that this process listens to: others end it. */
  | { readonly op: 'listens'; readonly signals: readonly string[] }
  /** This process ends by a signal that it sent to itself. */
  | { readonly op: 'dies'; readonly signal: string }
  /** What the threads of this number share as their environment, after this change. */
  | {
      readonly op: 'env';
      readonly group: number;
      readonly all?: Readonly<Record<string, string>>;
      readonly change?: readonly [string, string | null];
    }
  /** How long the loop of a thread has slept, and been at work. */
  | { readonly op: 'utilization'; readonly thread: number }
  /** This process has printed to where others print too; what it has heard of later did not lead to it. */
  | { readonly op: 'printed'; readonly causedAt: number }
  /** Who listens by this name is found by all agents; the answer says whether the name was free. */
  | { readonly op: 'listen'; readonly name: string; readonly port: number }
  /** Both ends of a connection are new: the second goes, with a text, to who listens by this name. */
  | { readonly op: 'connect'; readonly name: string; readonly ports: readonly [number, number]; readonly text: string }
  | { readonly op: 'wait'; readonly cell: Cell; readonly until: number | null; readonly site: number }
  | { readonly op: 'wait-async'; readonly cell: Cell; readonly until: number | null; readonly waiter: number }
  | { readonly op: 'notify'; readonly cell: Cell; readonly count: number | null };

export interface SpawnRequest {
  /** A path inside the sandbox, or text that is a CommonJS script or a module. */
  readonly program:
    | { readonly kind: 'file'; readonly path: string }
    | { readonly kind: 'eval'; readonly text: string }
    | { readonly kind: 'module'; readonly text: string };
  /** Its end of the port through which Node starts it. */
  readonly port: number;
  /** `resourceLimits.maxOldGenerationSizeMb`. */
  readonly memoryMb: number | null;
  readonly env: Readonly<Record<string, string>>;
  /** Of SHARE_ENV: the environment's number. */
  readonly sharedEnv?: number;
  /** A process of its own; absent: a thread. */
  readonly process?: ProcessRequest;
}

/** Where a descriptor of a process leads: its end of a pipe, by its port; what its parent has; nowhere. */
export type Descriptor = number | 'inherit' | 'ignore';

/** A process that is a program of Node. */
export interface ProcessRequest {
  /** What follows the file in `process.argv`, and what stood before it. */
  readonly args: readonly string[];
  readonly execArgv: readonly string[];
  readonly ppid: number;
  readonly stdio: readonly [Descriptor, Descriptor, Descriptor];
  /** Its end of the channel for messages; 0: it has none. */
  readonly channel: number;
  readonly serialization: 'json' | 'advanced';
}

export type Arrival = { readonly at: number } & (
  | { readonly kind: 'message'; readonly port: number; readonly text: string; readonly ports: readonly number[]; readonly id: number }
  | { readonly kind: 'closed'; readonly port: number }
  | {
      readonly kind: 'exited';
      readonly thread: number;
      readonly code: number;
      readonly error: string | null;
      readonly signal?: string;
    }
  | { readonly kind: 'signal'; readonly signal: string }
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
  /** Of `spawn`: the number for all agents, among the threads of the process, and how that process is known. */
  readonly thread?: number;
  readonly threadId?: number;
  readonly pid?: number;
  /** Of `env`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of `utilization`, in milliseconds. */
  readonly idle?: number;
  readonly active?: number;
  /** Of `printed`: who printed so long before, and may as well do so after. */
  readonly before?: { readonly agent: number; readonly ms: number };
  /** Of `wait` and `notify`. */
  readonly how?: 'ok' | 'timed-out';
  readonly count?: number;
  /**
   * Somebody has the other end (`post`, `connect`) or listens too (`join`), it is there (`kill`), the name was free
   * (`listen`).
   */
  readonly isHeard?: boolean;
  /** Of `sync` that may end: nothing will ever happen any more. */
  readonly calm?: boolean;
  /** Who listens for connections waits, and nobody else is there. */
  readonly isAlone?: boolean;
  /** It ends now. */
  readonly stop?: object;
}

/** What a worker is told when it begins. */
export interface WorkerStart {
  readonly thread: number;
  /** Its number among the threads of its process. */
  readonly threadId: number;
  /** Of its process. */
  readonly pid: number;
  readonly at: number;
  readonly port: number;
  readonly until: number | null;
  readonly left: number;
  readonly isEval: boolean;
  /** Why there is no program: what its error says. */
  readonly fault: { readonly code: string | null; readonly message: string; readonly head: string } | null;
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
  readonly sharedEnv: number | null;
  readonly process: ProcessRequest | null;
}


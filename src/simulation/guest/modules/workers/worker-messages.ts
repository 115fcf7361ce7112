/** Why this file exists: what a worker and its parent say to each other through Node's own port. */
import type { unpack } from './error-crossing';
import type { StdioPayload } from './worker-stdio';

/** The first message of a worker, through Node's own port. */
export interface LoadScript {
  readonly type: 'loadScript';
  readonly execArgv: readonly string[] | undefined;
  readonly argv: readonly string[] | undefined;
  readonly filename: string;
  readonly isEval: boolean;
  readonly isData: boolean;
  readonly workerData: unknown;
  readonly environmentData: ReadonlyMap<unknown, unknown>;
  readonly publicPort: unknown;
  readonly hasStdin: boolean;
  readonly resourceLimits: object;
  /** The port by which it hears of postMessageToThread. */
  readonly ear: number;
}

export type FromWorker =
  | { readonly type: 'upAndRunning' }
  | { readonly type: 'couldNotSerializeError' }
  | { readonly type: 'errorMessage'; readonly error: Parameters<typeof unpack>[0] }
  | { readonly type: 'stdinWantsMoreData' }
  | StdioPayload;

/**
 * Why this folder exists: the simulation runs in a worker thread that can be killed. The server and the command line
 * both start it here; the thread itself (worker.ts) is the only place where the simulation meets files.
 */
import type { EmittedProgram, MadeUpValue, SimulationRefused, SimulationReply, SimulationRequest, Start } from '../simulation/request';

/** Texts that differ from the disk (unsaved edits), by absolute path with forward slashes. */
export type Overlay = Readonly<Record<string, string>>;

export interface Simulator {
  /** Simulates in the worker. Aborting ends the worker; the promise then rejects with the signal's reason. */
  simulate(request: SimulationRequest, overlay?: Overlay, signal?: AbortSignal): Promise<SimulationReply>;
  /** The values that `start` would be given for its parameters; empty when there are none. */
  parameters(entry: string, start: Start, overlay?: Overlay): Promise<readonly MadeUpValue[]>;
  /** The program as JavaScript for real Node. */
  emit(entry: string, overlay?: Overlay): Promise<EmittedProgram | SimulationRefused>;
  dispose(): Promise<void>;
}

/** Why this file exists: what passes between a simulator and its thread. */
import type { EmittedProgram, MadeUpValue, SimulationRefused, SimulationReply, SimulationRequest, Start } from '../simulation/request';
import type { Overlay } from './simulator';

/** What a thread is started with. */
export interface Given {
  readonly spill: SharedArrayBuffer;
  readonly keepIn: string | undefined;
}

export type Question =
  | { readonly kind: 'simulate'; readonly id: number; readonly request: SimulationRequest; readonly overlay: Overlay }
  | {
      readonly kind: 'parameters';
      readonly id: number;
      readonly entry: string;
      readonly start: Start;
      readonly overlay: Overlay;
    }
  | { readonly kind: 'emit'; readonly id: number; readonly entry: string; readonly overlay: Overlay };

export type Answer =
  /** Files are read and lowered, for the first time or again. */
  | { readonly kind: 'preparing'; readonly id: number }
  /** The program itself begins now, or begins anew: until here files were read and lowered. */
  | { readonly kind: 'started'; readonly id: number }
  /** The program printed more than the shared memory holds (spill.ts). */
  | { readonly kind: 'printed'; readonly id: number; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'simulated'; readonly id: number; readonly reply: SimulationReply }
  | { readonly kind: 'parameters'; readonly id: number; readonly values: readonly MadeUpValue[] }
  | { readonly kind: 'emitted'; readonly id: number; readonly program: EmittedProgram | SimulationRefused }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

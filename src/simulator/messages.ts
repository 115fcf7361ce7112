/** Why this file exists: what passes between a simulator and its thread. */
import type { MadeUpValue, SimulationReply, SimulationRequest, Start } from '../simulation/request';
import type { Overlay } from './simulator';

export type Question =
  | { readonly kind: 'simulate'; readonly id: number; readonly request: SimulationRequest; readonly overlay: Overlay }
  | {
      readonly kind: 'parameters';
      readonly id: number;
      readonly entry: string;
      readonly start: Start;
      readonly overlay: Overlay;
    };

export type Answer =
  | { readonly kind: 'simulated'; readonly id: number; readonly reply: SimulationReply }
  | { readonly kind: 'parameters'; readonly id: number; readonly values: readonly MadeUpValue[] }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

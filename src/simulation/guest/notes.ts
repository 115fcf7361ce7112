/** Why this file exists: what must be said aloud beside the trace: races, and what is only modelled. */
import type { Nudge } from '../../trace/trace';
import { bareList } from './primordials';
import { here } from './recorder';

export interface GuestNote {
  readonly kind: 'order-unspecified' | 'modelled' | 'recording-thinned';
  readonly site: number;
  readonly message: string;
  readonly otherOrder?: readonly Nudge[];
}

export const notes = bareList<GuestNote>();

export function note(kind: GuestNote['kind'], message: string, site = here(), otherOrder?: readonly Nudge[]): void {
  notes[notes.length] = { kind, site, message, ...(otherOrder === undefined ? {} : { otherOrder }) };
}

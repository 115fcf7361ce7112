/** Why this file exists: what must be said aloud beside the trace: races, and what is only modelled. */
import { bareList } from './primordials';
import { here } from './recorder';

export interface GuestNote {
  readonly kind: 'order-unspecified' | 'modelled' | 'recording-thinned';
  readonly site: number;
  readonly message: string;
}

export const notes = bareList<GuestNote>();

export function note(kind: GuestNote['kind'], message: string, site = here()): void {
  notes[notes.length] = { kind, site, message };
}

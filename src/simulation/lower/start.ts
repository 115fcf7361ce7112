/** Why this file exists: where a simulation begins: the whole file, one function of it, or a selection. (See slice.) */
import type { SimulationRefused, Start } from '../request';
import type { SourceText } from './lower-file';

export interface Sliced {
  readonly entry: SourceText;
}

/** The text to simulate for a start. */
export function slice(file: SourceText, start: Start): Sliced | SimulationRefused {
  if (start.kind === 'file') return { entry: file };
  return { kind: 'refused', message: 'Only whole files yet.' };
}

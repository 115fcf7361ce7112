/** Why this file exists: what cannot be simulated says so in one line, with the place. */
import { lineStarts, positionAt } from '../../base/text';
import type { SimulationRefused } from '../request';
import type { SourceText } from './lower-file';

export function refused(file: SourceText, offset: number, message: string): SimulationRefused {
  const start = offset + (/^\s*/.exec(file.text.slice(offset))?.[0].length ?? 0);
  return {
    kind: 'refused',
    message,
    file: file.path,
    ...positionAt(lineStarts(file.text), Math.min(start, file.text.length)),
  };
}

/** Why this file exists: `--entry NAME` names a function; the simulation wants to know where it stands. */
import type { Start } from '../simulation/request';

export function entryStart(_file: string, name: string | undefined): Start {
  if (name === undefined) return { kind: 'file' };
  return { kind: 'function', name };
}

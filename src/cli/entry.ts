/** Why this file exists: `--entry NAME` names a function of the file. */
import type { Start } from '../simulation/request';

export function entryStart(name: string | undefined): Start {
  return name === undefined ? { kind: 'file' } : { kind: 'function', name };
}

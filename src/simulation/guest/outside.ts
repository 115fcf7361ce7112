/**
 * Why this file exists: the one way in which a run sees files of the host: it may look at a place in the program's own
 * folder and read a file there. Nothing is ever written.
 */
import { endNow } from './ending';
import { here } from './recorder';
import type { Seen } from '../workspace';

/** What the host is asked: a path, and whether its bytes are wanted instead of what it is. */
export type AskOutside = (path: string, wantsBytes: 0 | 1) => string | ArrayBuffer;

let ask: AskOutside = () => 'null';

export function openOutside(asked: AskOutside): void {
  ask = asked;
}

/** Paths are relative to the program's folder, with forward slashes; '' is the folder itself. */
export function lookOutside(path: string): Seen {
  return JSON.parse(ask(path, 0) as string) as Seen; // written by the host
}

export function readOutside(path: string): Uint8Array {
  const bytes = ask(path, 1);
  if (typeof bytes !== 'string') return new Uint8Array(bytes);
  return endNow({ kind: 'unsupported', message: `'${path}' is too large to be read by a simulation`, site: here() });
}

/**
 * Why this file exists: what of Node's own calls a socket, for stacks. Node 20.20: lib/net.js,
 * lib/internal/stream_base_commons.js.
 */
import { under } from '../../stood-for';
import type { Handle, Read } from './handle';

/** The class of what Node holds for it; undefined for what secures a connection. */
function kindOf(handle: Handle): string | undefined {
  if (!('isPipe' in handle)) return undefined;
  return handle.isPipe === true ? 'Pipe' : 'TCP';
}

export function reading(handle: Handle, run: (read: Read) => void): (read: Read) => void {
  const kind = kindOf(handle);
  if (kind === undefined) return run;
  const bytesCome = under(`${kind}.onStreamRead (node:internal/stream_base_commons:191:23)`, run);
  return (read) => { (read instanceof Uint8Array ? bytesCome : run)(read); };
}

export function closing(handle: Handle, run: () => void): () => void {
  const kind = kindOf(handle);
  return kind === undefined ? run : under(`${kind}.<anonymous> (node:net:343:12)`, run);
}

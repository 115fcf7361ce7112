/**
 * Why this file exists: with UV_USE_IO_URING=1 libuv hands most calls for files to the kernel itself (io_uring), past
 * its thread pool. Which ones was measured with Node 20 (libuv 1.46), its one thread kept busy.
 */
import { SafeSet } from '../primordials';

const throughRing = new SafeSet([
  'open', 'close', 'read', 'write', 'stat', 'lstat', 'fstat', 'fsync', 'fdatasync',
  'mkdir', 'rename', 'unlink', 'link', 'symlink',
]);

interface Ring {
  /** What the environment says; set by process.ts. */
  asked: () => string | undefined;
  /** Known when a file is first asked for; off where nothing is said. */
  isOn: boolean | undefined;
}

export const ring: Ring = { asked: () => undefined, isOn: undefined };

/** A trip by its name. */
export function goesThroughRing(trip: string): boolean {
  if (!throughRing.has(trip)) return false;
  ring.isOn ??= (Number.parseInt(ring.asked() ?? '', 10) || 0) !== 0;
  return ring.isOn;
}

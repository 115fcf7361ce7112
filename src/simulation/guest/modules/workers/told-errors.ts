/** Why this file exists: a worker's error is told in an event of a port: there it is thrown if nobody listens. */
import { isObject } from '../../primordials';
import { thrownWith } from '../../thrown-places';

/** Node 20: lib/internal/event_target.js, emitUncaughtException. */
const head = `node:internal/event_target:1105\n  process.nextTick(() => { throw err; });\n${' '.repeat(27)}^\n`;

interface Emits {
  emit(type: string, error: unknown): boolean;
}

export function tellError(worker: Emits, error: unknown): void {
  try {
    worker.emit('error', error);
  } catch (thrown) {
    if (thrown === error && isObject(error)) thrownWith(error, head);
    throw thrown;
  }
}

/**
 * Why this file exists: a request blocks this thread until the server answers, so only another thread can end a server
 * that never does. It is killed, the request fails, and the other engine answers.
 */
import { Worker } from 'node:worker_threads';

/** The slowest file measured took 11 s. */
const patienceMs = 60_000;

/**
 * The count is odd while a request runs. Nobody wakes the thread: it looks when its patience ends, and requests cost
 * nothing.
 */
const script = `
const { workerData } = require('node:worker_threads');
const count = new Int32Array(workerData.shared);
for (;;) {
  const seen = Atomics.load(count, 0);
  Atomics.wait(count, 0, seen, workerData.patienceMs);
  if (seen % 2 === 0 || Atomics.load(count, 0) !== seen) continue;
  try { process.kill(workerData.pid, 'SIGKILL'); } catch {}
  break;
}
`;

export class Watchdog {
  private readonly count = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  private readonly worker: Worker | undefined;
  private depth = 0;

  constructor(pid: number | undefined, patience = patienceMs) {
    if (pid === undefined) return;
    const workerData = { shared: this.count.buffer, pid, patienceMs: patience };
    this.worker = new Worker(script, { eval: true, workerData, resourceLimits: { maxOldGenerationSizeMb: 16 } });
    this.worker.on('error', () => undefined);
    this.worker.unref();
  }

  /** Does work that must end in time. */
  watching<A>(work: () => A): A {
    if (this.depth > 0) return work();
    this.depth += 1;
    Atomics.add(this.count, 0, 1);
    try {
      return work();
    } finally {
      this.depth -= 1;
      Atomics.add(this.count, 0, 1);
    }
  }

  dispose(): void {
    void this.worker?.terminate();
  }
}

/** Why this file exists: what the host reads of a run when it has ended. */
import { clock } from './clock';
import { ending } from './ending';
import { notes } from './notes';
import { resetProbes } from './probes';
import { exitStatus } from './process-exit';
import { chunks, recording, strings } from './recorder';
import { askedOutside } from './scenario';
import { thinnedLoops } from './thinning';
import { unanswered } from './unanswered';
import { uncaught } from './uncaught';

/** What the host reads after the run, as JSON; the rows of the record come apart, chunk by chunk. */
export function report(): string {
  resetProbes();
  tidy(globalThis.Object.prototype);
  tidy(Array.prototype);
  return JSON.stringify({
    exitCode: exitStatus(),
    ending: ending.reached ?? null,
    uncaught: uncaught.error === undefined ? null : uncaught.error.text,
    steps: clock.steps(),
    virtualMs: clock.now(),
    notes,
    outside: askedOutside,
    unanswered: unanswered.site,
    thinned: recording.thinned,
    thinnedLoops,
    events: recording.events,
    chunks: chunks.length,
    strings,
  });
}

/** The program has ended: what it put there would meet what is read now. */
function tidy(prototype: object): void {
  Reflect.deleteProperty(prototype, 'toJSON');
  for (let i = 0; i < 100; i++) Reflect.deleteProperty(prototype, i);
}

export function chunk(index: number): ArrayBufferLike {
  return (chunks[index] ?? new Float64Array(0)).buffer;
}

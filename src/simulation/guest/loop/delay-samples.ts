/**
 * Why this file exists: `monitorEventLoopDelay`: a timer of libuv's own looks at the clock again and again, while the
 * loop sleeps and when it turns. It keeps nobody alive and calls nothing of the program, so it need not be a timer
 * here: what it would have seen is known when the loop has slept, and when it comes to its timers.
 */
import { bareList } from '../primordials';

interface Sampling {
  readonly resolution: number;
  readonly record: (nanos: number) => void;
  due: number;
  /** When it looked last; the first time there is nothing to compare with. */
  last: number | undefined;
}

let samplings = bareList<Sampling>();
/** What the kernel takes to wake the loop. Modelled. */
const wakingMs = 0.06;

export function startSampling(resolution: number, now: number, record: (nanos: number) => void): () => void {
  const sampling: Sampling = { resolution, record, due: Math.floor(now) + resolution, last: undefined };
  samplings[samplings.length] = sampling;
  return () => {
    const others = bareList<Sampling>();
    for (let i = 0; i < samplings.length; i++) {
      const each = samplings[i];
      if (each !== undefined && each !== sampling) others[others.length] = each;
    }
    samplings = others;
  };
}

function look(sampling: Sampling, at: number): void {
  const { last, resolution } = sampling;
  if (last !== undefined) sampling.record(Math.max(Math.round((at - last) * 1e6), 1));
  sampling.last = at;
  sampling.due = Math.floor(at) + resolution;
}

/** The loop slept: it was woken for each that was due. */
export function slept(from: number, until: number): void {
  for (let i = 0; i < samplings.length; i++) {
    const each = samplings[i];
    if (each === undefined) continue;
    const next = (): number => Math.max(each.due + wakingMs, from);
    while (next() <= until) look(each, next());
  }
}

/** The loop comes to its timers. */
export function timersTurn(now: number): void {
  for (let i = 0; i < samplings.length; i++) {
    const each = samplings[i];
    if (each !== undefined && each.due <= Math.floor(now)) look(each, now);
  }
}

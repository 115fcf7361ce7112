// How a thing is timed: in rounds, each beside the same fixed piece of plain Node work, so that a slow or busy machine slows both.
import { createHash } from 'node:crypto';

const numbers = 120_000;
const kilobytes = 8 * 1024;
const block = Buffer.alloc(1024, 7);

/** The yardstick: sorts a fixed sequence of numbers and hashes 8 MB; some tens of milliseconds. Answers how long it took, in ms. */
export function yardstick() {
  const start = performance.now();
  let state = 1;
  const list = Array.from({ length: numbers }, () => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0));
  list.sort((a, b) => a - b);
  const hash = createHash('sha256');
  for (let i = 0; i < kilobytes; i++) hash.update(block);
  hash.digest();
  return performance.now() - start;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Measures one case: `{ name, prepare?, run, per? }`. `prepare` is not timed, its answer is given to `run`; `per` divides the time,
 * where one round does a thing many times. Ends after `rounds` rounds, or after `budgetMs` and at least five. Answers medians.
 */
export async function measure({ name, prepare, run, per = 1 }, { rounds, budgetMs = 20_000 }) {
  await run(await prepare?.()); // warm
  const [times, ratios, units] = [[], [], []];
  const began = performance.now();
  let before = yardstick();
  while (times.length < rounds && (times.length < 5 || performance.now() - began < budgetMs)) {
    const prepared = await prepare?.();
    const start = performance.now();
    await run(prepared);
    const ms = (performance.now() - start) / per;
    const after = yardstick();
    times.push(ms);
    ratios.push(ms / ((before + after) / 2));
    units.push(after);
    before = after;
  }
  return { name, ms: median(times), ratio: median(ratios), unitMs: median(units), rounds: times.length };
}

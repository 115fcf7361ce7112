/**
 * Why this file exists: histograms of `perf_hooks`: how often which value came, in ranges as wide as the wanted figures
 * allow. Node 20: lib/internal/histogram.js; deps/histogram/src/hdr_histogram.c.
 */
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { inspectCustom } from '../../modules/events/event';
import { checkInteger, checkNumber, checkObject, codedError, invalidType, outOfRange } from '../../node-errors';
import { NativeTypeError, SafeMap, named } from '../../primordials';
import { sinceStart } from '../../time';
import { withdrawn } from '../../withdrawn';

/** What only the runtime hands over. */
const own = Symbol('own');
const emptyMin = 9_223_372_036_854_776_000; // the largest of 64 bits
const nanosInMs = 1e6;

interface Shape {
  readonly lowest: number;
  readonly highest: number;
  readonly figures: number;
}

interface CountedRange {
  readonly lowest: number;
  readonly highest: number;
  readonly middle: number;
  readonly count: number;
  readonly upTo: number;
}

/** Counts by range; a range is known by its lowest value. */
class Counts {
  readonly #ranges = new SafeMap<number, { count: number; readonly size: number }>();
  readonly #subBuckets: number;
  readonly #unit: number;
  #min = Infinity;
  #max = 0;
  total = 0;
  exceeds = 0;

  constructor(readonly shape: Shape) {
    this.#subBuckets = 2 ** Math.ceil(Math.log2(2 * 10 ** shape.figures));
    this.#unit = 2 ** Math.floor(Math.log2(shape.lowest));
  }

  #sizeAt(value: number): number {
    let size = this.#unit;
    while (value / size >= this.#subBuckets) size *= 2;
    return size;
  }

  #lowest(value: number): number {
    const size = this.#sizeAt(value);
    return Math.floor(value / size) * size;
  }

  record(value: number, count = 1): void {
    if (value > this.shape.highest) {
      this.exceeds += count;
      return;
    }
    const lowest = this.#lowest(value);
    const range = this.#ranges.get(lowest) ?? { count: 0, size: this.#sizeAt(value) };
    range.count += count;
    this.#ranges.set(lowest, range);
    this.total += count;
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  add(other: Counts): void {
    for (const { lowest, count } of other.ranges()) this.record(lowest, count);
    if (other.total > 0) {
      this.#min = Math.min(this.#min, other.#min);
      this.#max = Math.max(this.#max, other.#max);
    }
    this.exceeds += other.exceeds;
  }

  /** In the order of their values, with how many are counted up to there. */
  ranges(): CountedRange[] {
    let upTo = 0;
    return [...this.#ranges]
      .sort(([a], [b]) => a - b)
      .map(([lowest, { count, size }]) => {
        upTo += count;
        return { lowest, highest: lowest + size - 1, middle: lowest + Math.floor(size / 2), count, upTo };
      });
  }

  get min(): number {
    return this.total === 0 ? emptyMin : this.#lowest(this.#min);
  }

  get max(): number {
    return this.total === 0 ? 0 : this.#lowest(this.#max) + this.#sizeAt(this.#max) - 1;
  }

  get mean(): number {
    return this.ranges().reduce((sum, { middle, count }) => sum + middle * count, 0) / this.total;
  }

  get stddev(): number {
    const { mean } = this;
    const squares = this.ranges().reduce((sum, { middle, count }) => sum + (middle - mean) ** 2 * count, 0);
    return Math.sqrt(squares / this.total);
  }

  at(percentile: number): number {
    const wanted = Math.max(Math.floor((percentile / 100) * this.total + 0.5), 1);
    return this.ranges().find(({ upTo }) => upTo >= wanted)?.highest ?? 0;
  }

  /** hdr_iter_percentile with one tick for each half of what is left. */
  *percentiles(): Iterable<readonly [percentile: number, value: number]> {
    let next = 0;
    let last = 0;
    for (const { lowest, upTo } of this.ranges()) {
      last = lowest;
      while (next <= (100 * upTo) / this.total) {
        yield [next, lowest];
        if (upTo === this.total) break;
        next += 100 / 2 ** (Math.floor(Math.log2(100 / (100 - next))) + 1);
      }
    }
    yield [100, last];
  }

  reset(): void {
    this.#ranges.clear();
    this.#min = Infinity;
    this.#max = this.total = this.exceeds = 0;
  }
}

/** What `percentiles` answers is of this name. */
class Percentiles extends Map<number, number | bigint> {}
named(Percentiles, 'SafeMap');

export class Histogram {
  readonly #counts: Counts;
  readonly #percentiles = new Percentiles();

  constructor(key?: unknown, counts?: Counts) {
    if (key !== own || counts === undefined)
      throw codedError(NativeTypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#counts = counts;
  }

  static countsOf(histogram: Histogram): Counts {
    return histogram.#counts;
  }

  get count(): number { return this.#counts.total; }
  get countBigInt(): bigint { return BigInt(this.#counts.total); }
  get min(): number { return this.#counts.min; }
  get minBigInt(): bigint { return this.#counts.total === 0 ? 2n ** 63n - 1n : BigInt(this.#counts.min); }
  get max(): number { return this.#counts.max; }
  get maxBigInt(): bigint { return BigInt(this.#counts.max); }
  get mean(): number { return this.#counts.mean; }
  get exceeds(): number { return this.#counts.exceeds; }
  get exceedsBigInt(): bigint { return BigInt(this.#counts.exceeds); }
  get stddev(): number { return this.#counts.stddev; }

  percentile(percentile: unknown): number {
    checkNumber(percentile, 'percentile');
    const given = percentile as number; // just checked
    if (!(given > 0 && given <= 100)) throw outOfRange('percentile', '> 0 && <= 100', given);
    return this.#counts.at(given);
  }

  percentileBigInt(percentile: unknown): bigint {
    return BigInt(this.percentile(percentile));
  }

  get percentiles(): Percentiles {
    return this.#filled((value) => value);
  }

  get percentilesBigInt(): Percentiles {
    return this.#filled(BigInt);
  }

  #filled(shown: (value: number) => number | bigint): Percentiles {
    this.#percentiles.clear();
    for (const [percentile, value] of this.#counts.percentiles()) this.#percentiles.set(percentile, shown(value));
    return this.#percentiles;
  }

  reset(): void {
    this.#counts.reset();
  }

  toJSON(): object {
    const { count, min, max, mean, exceeds, stddev } = this;
    return { count, min, max, mean, exceeds, stddev, percentiles: Object.fromEntries(this.percentiles) };
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    if (depth < 0) return this;
    const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
    const { min, max, mean, exceeds, stddev, count, percentiles } = this;
    return `Histogram ${inspect({ min, max, mean, exceeds, stddev, count, percentiles }, inner)}`;
  }
}
export const histogramInside = withdrawn(Histogram, 'countsOf');
isNodeClass(named(Histogram, 'Histogram', 0));

export class RecordableHistogram extends Histogram {
  #last: number | undefined;

  record(value: unknown): void {
    if (typeof value !== 'bigint') checkInteger(value, 'val', 1);
    histogramInside.countsOf(this).record(Number(value));
  }

  recordDelta(): void {
    const now = sinceStart() * nanosInMs;
    if (this.#last !== undefined) this.record(Math.max(Math.round(now - this.#last), 1));
    this.#last = now;
  }

  add(other: unknown): void {
    if (!(other instanceof RecordableHistogram)) throw invalidType('other', 'an instance of RecordableHistogram', other);
    histogramInside.countsOf(this).add(histogramInside.countsOf(other));
  }
}
isNodeClass(named(RecordableHistogram, 'RecordableHistogram', 0));

/** How late the loop is: src/node_perf.cc starts a timer of libuv's own, which keeps nobody alive. */
export interface Sampler {
  start(resolution: number, record: (nanos: number) => void): () => void;
}

export class ELDHistogram extends Histogram {
  readonly #resolution: number;
  readonly #sampler: Sampler | undefined;
  #stop: (() => void) | undefined;

  constructor(key?: unknown, counts?: Counts, resolution = 10, sampler?: Sampler) {
    super(key, counts);
    this.#resolution = resolution;
    this.#sampler = sampler;
  }

  enable(): boolean {
    if (this.#stop !== undefined) return false;
    this.#stop = this.#sampler?.start(this.#resolution, (nanos) => { histogramInside.countsOf(this).record(nanos); });
    return true;
  }

  disable(): boolean {
    if (this.#stop === undefined) return false;
    this.#stop();
    this.#stop = undefined;
    return true;
  }
}
isNodeClass(named(ELDHistogram, 'ELDHistogram', 0));

function bound(value: unknown, name: string, least: number): number {
  if (typeof value !== 'bigint') checkInteger(value, name, least);
  else if (value < BigInt(least)) throw outOfRange(name, `>= ${least} && <= ${Number.MAX_SAFE_INTEGER}`, value);
  return Number(value);
}

export function createHistogram(options: Partial<Record<keyof Shape, unknown>> = {}): RecordableHistogram {
  checkObject(options, 'options');
  const lowest = bound(options.lowest ?? 1, 'options.lowest', 1);
  const highest = bound(options.highest ?? Number.MAX_SAFE_INTEGER, 'options.highest', 2 * lowest);
  const figures = options.figures ?? 3;
  checkInteger(figures, 'options.figures', 1, 5);
  return new RecordableHistogram(own, new Counts({ lowest, highest, figures: figures as number })); // just checked
}

/** An hour at most, in nanoseconds, with three figures: src/node_perf.cc. */
const delays: Shape = { lowest: 1, highest: 3.6e12, figures: 3 };

export function delayHistogram(options: { readonly resolution?: unknown }, sampler: Sampler): ELDHistogram {
  checkObject(options, 'options');
  const { resolution = 10 } = options;
  checkInteger(resolution, 'options.resolution', 1);
  return new ELDHistogram(own, new Counts(delays), resolution as number, sampler); // just checked
}

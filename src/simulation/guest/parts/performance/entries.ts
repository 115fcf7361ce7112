/** Why this file exists: what `performance` measures. Node 20: lib/internal/perf/performance_entry.js. */
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { domException } from '../../modules/events/dom-exception';
import { inspectCustom } from '../../modules/events/event';
import { structuredClone } from '../../modules/structured-clone';
import { checkObject, codedError } from '../../node-errors';
import { NativeTypeError, SafeMap, defineProperty, isObject, named, ownKeys, toText } from '../../primordials';
import { sinceStart } from '../../time';
import { withdrawn } from '../../withdrawn';
import { thrownAt } from '../../thrown-places';

/** Milliseconds since the process began. */
export function now(): number {
  return sinceStart();
}

/** What only the runtime hands over. */
const own = Symbol('own');
export { own as ownKey };

export interface About {
  readonly name: string;
  readonly entryType: string;
  readonly startTime: number;
  readonly duration: number;
  readonly detail: unknown;
}

export class PerformanceEntry {
  readonly #about: About;

  constructor(key?: unknown, about?: About) {
    if (key !== own || about === undefined)
      throw codedError(NativeTypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#about = about;
  }

  get name(): string {
    return this.#about.name;
  }

  get entryType(): string {
    return this.#about.entryType;
  }

  get startTime(): number {
    return this.#about.startTime;
  }

  get duration(): number {
    return this.#about.duration;
  }

  static detailOf(entry: PerformanceEntry): unknown {
    return entry.#about.detail;
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    if (depth < 0) return this;
    const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
    return `${this.constructor.name} ${inspect(this.toJSON(), inner)}`;
  }

  toJSON(): object {
    const { name, entryType, startTime, duration, detail } = this.#about;
    return { name, entryType, startTime, duration, detail };
  }
}

const entryInside = withdrawn(PerformanceEntry, 'detailOf');

/** What Node measures by itself. */
class PerformanceNodeEntry extends PerformanceEntry {
  get detail(): unknown {
    return entryInside.detailOf(this);
  }
}

export function entryOf(about: About): PerformanceEntry {
  return new PerformanceNodeEntry(own, about);
}

function timestampError(time: number): Error {
  return codedError(NativeTypeError, 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${time} is not a valid timestamp`);
}

function detailOf(given: unknown): unknown {
  return given === undefined || given === null ? null : (structuredClone)(given);
}

interface MarkOptions {
  readonly startTime?: unknown;
  readonly detail?: unknown;
}

export class PerformanceMark extends PerformanceEntry {
  constructor(...given: [name?: unknown, options?: MarkOptions]) {
    if (given.length === 0) throw missing('name');
    const [name, options = {}] = given;
    checkObject(options, 'options');
    const startTime = options.startTime === undefined ? now() : Number(options.startTime);
    if (startTime < 0) throw timestampError(startTime);
    super(own, { name: toText(name), entryType: 'mark', startTime, duration: 0, detail: detailOf(options.detail) });
    marks.set(this.name, startTime);
  }

  get detail(): unknown {
    return entryInside.detailOf(this);
  }
}

export class PerformanceMeasure extends PerformanceEntry {
  get detail(): unknown {
    return entryInside.detailOf(this);
  }
}

export function missing(name: string): Error {
  return codedError(NativeTypeError, 'ERR_MISSING_ARGS', `The "${name}" argument must be specified`);
}

/** When each name was marked last. */
export const marks = new SafeMap<string, number>();

function timeOf(mark: unknown): number {
  if (typeof mark === 'number') {
    if (mark < 0) throw timestampError(mark);
    return mark;
  }
  const name = toText(mark);
  const time = marks.get(name);
  if (time === undefined) {
    const line = '    throw lazyDOMException(`The "${name}" performance mark has not been set`, \'SyntaxError\');';
    throw thrownAt(domException(`The "${name}" performance mark has not been set`, 'SyntaxError'), 'node:internal/perf/usertiming:65', line, 4);
  }
  return time;
}

interface MeasureOptions {
  readonly start?: unknown;
  readonly end?: unknown;
  readonly duration?: unknown;
  readonly detail?: unknown;
}

function invalidOptions(words: string): Error {
  return codedError(NativeTypeError, 'ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS', words);
}

function checkMeasure({ start, end, duration }: MeasureOptions, endMark: unknown): void {
  if (endMark !== undefined) throw invalidOptions('endMark must not be specified');
  if (start === undefined && end === undefined) throw invalidOptions('One of options.start or options.end is required');
  if (start !== undefined && end !== undefined && duration !== undefined)
    throw invalidOptions('Must not have options.start, options.end, and options.duration specified');
}

export function measured(name: string, given: unknown, endMark: unknown): PerformanceMeasure {
  const options: MeasureOptions = isObject(given) ? given : given === undefined ? {} : { start: given };
  if (isObject(given) && Object.keys(given).length > 0) checkMeasure(options, endMark);
  const { start, duration } = options;
  const end = endMark ?? options.end;
  const until =
    end !== undefined
      ? timeOf(end)
      : start !== undefined && duration !== undefined
        ? timeOf(start) + Number(duration)
        : now();
  const from = start !== undefined ? timeOf(start) : duration !== undefined ? until - Number(duration) : 0;
  const about = { entryType: 'measure', startTime: from, duration: until - from, detail: detailOf(options.detail) };
  return new PerformanceMeasure(own, { name, ...about });
}

for (const [klass, name] of [
  [PerformanceEntry, 'PerformanceEntry'],
  [PerformanceMark, 'PerformanceMark'],
  [PerformanceMeasure, 'PerformanceMeasure'],
] as const) {
  for (const key of ownKeys(klass.prototype))
    if (typeof key === 'string' && key !== 'constructor') defineProperty(klass.prototype, key, { enumerable: true });
  isNodeClass(named(klass, name, klass === PerformanceMark ? 1 : 0));
}

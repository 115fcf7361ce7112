/** Why this file exists: `PerformanceObserver`: an immediate tells of entries. Node 20: internal/perf/observe.js. */
import { isNodeClass } from '../../function-text';
import { timers } from '../../modules/timers';
import { checkFunction, codedError, invalidType } from '../../node-errors';
import { NativeTypeError, SafeSet, apply, isObject, named, toText, type Callable } from '../../primordials';
import type { PerformanceEntry } from './entries';
import { withdrawn } from '../../withdrawn';

export const kinds = ['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'resource'];
const observers = new SafeSet<PerformanceObserver>();
const pending = new SafeSet<PerformanceObserver>();
let isQueued = false;

/** Marks and measures, as they came. */
export const timeline: { entries: PerformanceEntry[] } = { entries: [] };

function queuePending(): void {
  if (isQueued) return;
  isQueued = true;
  (timers['setImmediate'] as (callback: () => void) => unknown)(() => {
    isQueued = false;
    const all = [...pending];
    pending.clear();
    for (const each of all) observerInside.tell(each);
  });
}

export function isObserved(kind: string): boolean {
  return [...observers].some((each) => observerInside.observes(each, kind));
}

export function enqueue(entry: PerformanceEntry): void {
  for (const each of observers) observerInside.buffer(each, entry);
  if (pending.size > 0) queuePending();
}

export function found(entries: readonly PerformanceEntry[], name?: unknown, type?: unknown): PerformanceEntry[] {
  return entries
    .filter((each) => (name === undefined || each.name === name) && (type === undefined || each.entryType === type))
    .sort((a, b) => a.startTime - b.startTime);
}

export class PerformanceObserverEntryList {
  readonly #entries: readonly PerformanceEntry[];

  constructor(entries: readonly PerformanceEntry[]) {
    this.#entries = found(entries);
  }

  getEntries(): PerformanceEntry[] {
    return [...this.#entries];
  }

  getEntriesByType(type: unknown): PerformanceEntry[] {
    return found(this.#entries, undefined, toText(type));
  }

  getEntriesByName(name: unknown, type?: unknown): PerformanceEntry[] {
    return found(this.#entries, toText(name), type);
  }
}

interface ObserveOptions {
  readonly entryTypes?: unknown;
  readonly type?: unknown;
  readonly buffered?: unknown;
}

export class PerformanceObserver {
  #buffer: PerformanceEntry[] = [];
  readonly #types = new SafeSet<unknown>();
  readonly #callback: Callable;
  #way: 'single' | 'multiple' | undefined;

  constructor(callback: unknown) {
    checkFunction(callback, 'callback');
    this.#callback = callback as Callable; // just checked
  }

  static observes(observer: PerformanceObserver, kind: string): boolean {
    return observer.#types.has(kind);
  }

  static buffer(observer: PerformanceObserver, entry: PerformanceEntry): void {
    if (!observer.#types.has(entry.entryType)) return;
    observer.#buffer.push(entry);
    pending.add(observer);
  }

  static tell(observer: PerformanceObserver): void {
    const list = new PerformanceObserverEntryList(observer.takeRecords());
    apply(observer.#callback, observer, [list, observer] as never[]);
  }

  observe(options: ObserveOptions = {}): void {
    if (!isObject(options)) throw invalidType('options', 'of type object', options);
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined)
      throw codedError(NativeTypeError, 'ERR_MISSING_ARGS', 'The "options.entryTypes" and "options.type" arguments must be specified');
    if (entryTypes !== undefined && type !== undefined)
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.entryTypes' options.entryTypes can not set with options.type together. Received ${toText(entryTypes)}`);
    const way = type === undefined ? 'multiple' : 'single';
    if (this.#way !== undefined && this.#way !== way) return;
    this.#way = way;
    if (way === 'multiple') this.#types.clear();
    const wanted: readonly unknown[] = way === 'single' ? [type] : (entryTypes as unknown[]); // an array, or it fails
    for (const each of wanted) if (typeof each === 'string' && kinds.includes(each)) this.#types.add(each);
    if (this.#types.size === 0) return;
    observers.add(this);
    if (way === 'single' && buffered) {
      this.#buffer.push(...found(timeline.entries, undefined, type));
      pending.add(this);
      queuePending();
    }
  }

  disconnect(): void {
    observers.delete(this);
    pending.delete(this);
    this.#buffer = [];
    this.#types.clear();
    this.#way = undefined;
  }

  takeRecords(): PerformanceEntry[] {
    const taken = this.#buffer;
    this.#buffer = [];
    return taken;
  }

  static get supportedEntryTypes(): readonly string[] {
    return Object.freeze([...kinds]);
  }
}
export const observerInside = withdrawn(PerformanceObserver, 'observes', 'buffer', 'tell');
isNodeClass(named(PerformanceObserver, 'PerformanceObserver', 1));
isNodeClass(named(PerformanceObserverEntryList, 'PerformanceObserverEntryList', 0));

/** Why this file exists: the part of the guest that brings the whole of `performance` and `perf_hooks`. */
import { endNow } from '../../ending';
import { isNodeClass } from '../../function-text';
import { offerModule } from '../../modules/builtin';
import { EventTarget } from '../../modules/events/event-target';
import { inspectCustom } from '../../modules/events/event';
import { checkFunction, checkObject, codedError, invalidType } from '../../node-errors';
import { accessorGlobal } from '../../part-globals';
import {
  NativeTypeError, apply, call, construct, defineProperty, hide, isCallable, isObject, named, ownKeys, toText,
  type Callable,
} from '../../primordials';
import { here } from '../../recorder';
import { clock } from '../../clock';
import { inspect } from '../../inspect';
import { startSampling } from '../../loop/delay-samples';
import { timeOrigin } from '../../time';
import { RecordableHistogram, createHistogram, delayHistogram, type ELDHistogram } from './histogram';
import { nodeTiming, utilization, type Utilization } from './loop-timing';
import { PerformanceEntry, PerformanceMark, PerformanceMeasure, entryOf, marks, measured, missing, now } from './entries';
import { PerformanceObserver, PerformanceObserverEntryList, enqueue, found, isObserved, timeline } from './observer';

function notModelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

function kept<E extends PerformanceEntry>(entry: E): E {
  timeline.entries.push(entry);
  enqueue(entry);
  return entry;
}

function clear(type: string, name: unknown): void {
  timeline.entries = timeline.entries.filter(
    (each) => each.entryType !== type || (name !== undefined && each.name !== toText(name)),
  );
}

class Performance extends EventTarget {
  clearMarks(name?: unknown): void {
    if (name === undefined) marks.clear();
    else marks.delete(toText(name));
    clear('mark', name);
  }

  clearMeasures(name?: unknown): void {
    clear('measure', name);
  }

  /** NOT MODELLED: entries of what `fetch` loads: there are none. */
  clearResourceTimings(): void {
    clear('resource', undefined);
  }

  getEntries(): PerformanceEntry[] {
    return found(timeline.entries);
  }

  getEntriesByName(...given: [name?: unknown, type?: unknown]): PerformanceEntry[] {
    if (given.length === 0) throw missing('name');
    return found(timeline.entries, toText(given[0]), given[1]);
  }

  getEntriesByType(...given: [type?: unknown]): PerformanceEntry[] {
    if (given.length === 0) throw missing('type');
    return found(timeline.entries, undefined, toText(given[0]));
  }

  mark(...given: [name?: unknown, options?: object]): PerformanceMark {
    return kept(new PerformanceMark(...given));
  }

  measure(...given: [name?: unknown, start?: unknown, end?: unknown]): PerformanceMeasure {
    if (given.length === 0) throw missing('name');
    return kept(measured(toText(given[0]), given[1], given[2]));
  }

  now(): number {
    return now();
  }

  setResourceTimingBufferSize(): void {
    // there is nothing to keep
  }

  get timeOrigin(): number {
    return timeOrigin();
  }

  toJSON(): object {
    return { nodeTiming, timeOrigin: timeOrigin(), eventLoopUtilization: utilization() };
  }

  eventLoopUtilization(one?: Utilization, other?: Utilization): Utilization {
    return utilization(one, other);
  }

  get nodeTiming(): object {
    return nodeTiming;
  }

  markResourceTiming(): never {
    return notModelled('performance.markResourceTiming');
  }

  /** How long each call takes is an entry, when somebody looks for such. */
  timerify(f: unknown, options: { readonly histogram?: unknown } = {}): Callable {
    checkFunction(f, 'fn');
    checkObject(options, 'options');
    const { histogram } = options;
    if (histogram !== undefined && !(histogram instanceof RecordableHistogram))
      throw invalidType('options.histogram', 'an instance of RecordableHistogram', histogram);
    const timed = f as Callable; // just checked
    const timerified = function (this: unknown, ...args: unknown[]): unknown {
      const startTime = now();
      const complete = (): void => { timedCall(timed.name, startTime, args, histogram); };
      if (new.target !== undefined) {
        const made: unknown = construct(timed, args, timed as never); // as Node constructs it
        complete();
        return made;
      }
      const result: unknown = apply(timed, this, args as never[]);
      const after = isObject(result) ? (result as { readonly finally?: unknown }).finally : undefined;
      if (isCallable(after)) return call(after, result, complete);
      complete();
      return result;
    };
    defineProperty(timerified, 'name', { value: `timerified ${timed.name}`, configurable: true, enumerable: true });
    defineProperty(timerified, 'length', { value: timed.length, configurable: true, enumerable: true });
    return timerified;
  }

  override [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    if (depth < 0) return this;
    const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
    return `Performance ${inspect({ nodeTiming, timeOrigin: timeOrigin() }, inner)}`;
  }
}

/** A call that is over: an entry, and a count of how long it took. */
function timedCall(
  name: string, startTime: number, args: readonly unknown[], histogram: RecordableHistogram | undefined,
): void {
  const duration = now() - startTime;
  histogram?.record(Math.max(Math.ceil(duration * 1e6), 1));
  if (!isObserved('function')) return;
  enqueue(Object.assign(entryOf({ name, entryType: 'function', startTime, duration, detail: args }), args));
}
isNodeClass(named(Performance, 'Performance', 0));
for (const key of ownKeys(Performance.prototype))
  if (typeof key === 'string' && key !== 'constructor') defineProperty(Performance.prototype, key, { enumerable: true });

const performance = new Performance();
const illegal = isNodeClass(
  named(function () {
    throw codedError(NativeTypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
  }, 'Performance', 0),
);
defineProperty(illegal, 'prototype', { value: Performance.prototype, writable: false });
hide(Performance.prototype, 'constructor', illegal);

const constants = {
  NODE_PERFORMANCE_GC_MAJOR: 4,
  NODE_PERFORMANCE_GC_MINOR: 1,
  NODE_PERFORMANCE_GC_INCREMENTAL: 8,
  NODE_PERFORMANCE_GC_WEAKCB: 16,
  NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2,
  NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
  NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32,
  NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
};
const entries = { PerformanceEntry, PerformanceMark, PerformanceMeasure };
const classes = { ...entries, PerformanceObserver, PerformanceObserverEntryList };

function monitorEventLoopDelay(options: object = {}): ELDHistogram {
  return delayHistogram(options, { start: (resolution, record) => startSampling(resolution, clock.now(), record) });
}

const functions = {
  monitorEventLoopDelay: named(monitorEventLoopDelay, 'monitorEventLoopDelay', 0),
  createHistogram: named(createHistogram, 'createHistogram', 0),
};

offerModule(
  'perf_hooks',
  () => ({ Performance: illegal, ...classes, ...functions, performance, constants }),
  ['PerformanceResourceTiming'],
);
accessorGlobal('performance', performance, { isShown: true });
for (const [name, value] of Object.entries({ Performance: illegal, ...classes })) accessorGlobal(name, value);

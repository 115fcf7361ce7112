/** Why this file exists: the part of the guest that brings the whole of `performance` and `perf_hooks`. */
import { endNow } from '../../ending';
import { isNodeClass } from '../../function-text';
import { offerModule } from '../../modules/builtin';
import { EventTarget } from '../../modules/events/event-target';
import { inspectCustom } from '../../modules/events/event';
import { checkFunction, codedError } from '../../node-errors';
import { accessorGlobal } from '../../part-globals';
import { NativeTypeError, apply, construct, defineProperty, hide, named, ownKeys, toText, type Callable } from '../../primordials';
import { here } from '../../recorder';
import { timeOrigin } from '../../time';
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

  clearResourceTimings(): never {
    return notModelled('performance.clearResourceTimings');
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

  setResourceTimingBufferSize(): never {
    return notModelled('performance.setResourceTimingBufferSize');
  }

  get timeOrigin(): number {
    return timeOrigin();
  }

  toJSON(): object {
    return notModelled('performance.toJSON');
  }

  eventLoopUtilization(): never {
    return notModelled('performance.eventLoopUtilization');
  }

  get nodeTiming(): never {
    return notModelled('performance.nodeTiming');
  }

  /** How long each call takes is an entry, when somebody looks for such. */
  timerify(f: unknown, options: { readonly histogram?: unknown } = {}): Callable {
    checkFunction(f, 'fn');
    if (options.histogram !== undefined) notModelled('A histogram of performance.timerify');
    const timed = f as Callable; // just checked
    const timerified = function (this: unknown, ...args: unknown[]): unknown {
      const startTime = now();
      const result: unknown =
        new.target === undefined ? apply(timed, this, args as never[]) : construct(timed, args, new.target);
      if (isObserved('function'))
        enqueue(entryOf({ name: timed.name, entryType: 'function', startTime, duration: now() - startTime, detail: args }));
      return result;
    };
    defineProperty(timerified, 'name', { value: `timerified ${timed.name}`, configurable: true, enumerable: true });
    defineProperty(timerified, 'length', { value: timed.length, configurable: true, enumerable: true });
    return timerified;
  }

  override [inspectCustom](): never {
    return notModelled('Showing performance');
  }
}
isNodeClass(named(Performance, 'Performance', 0));
for (const key of ownKeys(Performance.prototype))
  if (typeof key === 'string' && key !== 'constructor') defineProperty(Performance.prototype, key, { enumerable: true });

const performance = new Performance();
hide(
  Performance.prototype,
  'constructor',
  isNodeClass(
    named(function () {
      throw codedError(NativeTypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    }, 'Performance', 0),
  ),
);

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

offerModule(
  'perf_hooks',
  () => ({ Performance: Performance.prototype.constructor, ...classes, performance, constants }),
  ['monitorEventLoopDelay', 'createHistogram', 'PerformanceResourceTiming'],
);
accessorGlobal('performance', performance, { isShown: true });
for (const [name, value] of Object.entries(classes)) accessorGlobal(name, value);

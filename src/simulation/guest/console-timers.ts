/** Why this file exists: console.time and its like. Node 20: lib/internal/util/debuglog.js, formatTime. */
import { clock } from './clock';
import { SafeMap, apply } from './primordials';

export interface Timers {
  /** False when the label runs already. */
  start(label: string): boolean;
  /** How long it has run, as people read it; undefined when it does not run. */
  read(label: string): string | undefined;
  end(label: string): void;
}

export function consoleTimers(): Timers {
  const starts = new SafeMap<string, number>();
  return {
    start(label) {
      if (starts.has(label)) return false;
      starts.set(label, clock.read());
      return true;
    },
    read(label) {
      const start = starts.get(label);
      return start === undefined ? undefined : formatTime(clock.read() - start);
    },
    end(label) {
      starts.delete(label);
    },
  };
}

const { toFixed } = Number.prototype;
const { split, padStart } = String.prototype;
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const { floor } = Math;

function formatTime(given: number): string {
  let ms = given;
  const hours = floor(ms / hour);
  ms -= hours * hour;
  const minutes = floor(ms / minute);
  ms -= minutes * minute;
  if (hours === 0 && minutes === 0) {
    if (ms < second) return `${+apply(toFixed, ms, [3])}ms`;
    return `${apply(toFixed, ms / second, [3])}s`;
  }
  const parts = apply(split, apply(toFixed, ms / second, [3]), ['.' as never]);
  const seconds = apply(padStart, parts[0] ?? '', [2, '0']);
  const shown = hours === 0 ? `${minutes}` : `${hours}:${apply(padStart, `${minutes}`, [2, '0'])}`;
  return `${shown}:${seconds}.${parts[1] ?? ''} (${hours === 0 ? '' : 'h:m'}m:ss.mmm)`;
}

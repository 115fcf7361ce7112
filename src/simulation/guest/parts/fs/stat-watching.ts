/**
 * Why this file exists: `fs.watchFile`: a file is looked at again and again. Node 20: lib/fs.js,
 * lib/internal/fs/watchers.js (StatWatcher); libuv 1.46: src/fs-poll.c.
 */
import { clock } from '../../clock';
import { happensAt, hold, letGo } from '../../loop/watched';
import { EventEmitter } from '../../modules/events/emitter';
import { checkFunction, checkInteger } from '../../node-errors';
import { SafeMap, isCallable, isObject, named } from '../../primordials';
import { nextTick } from '../../ticks';
import { pathOf } from './arguments';
import * as calls from './calls';
import { joined } from './paths';
import { noStats, statsOf } from './stats';
import { inPool, operationOf } from './ways';

type Emitter = new () => object & {
  emit(type: string, ...given: unknown[]): boolean;
  addListener(type: string, listener: unknown): unknown;
  removeListener(type: string, listener: unknown): unknown;
  removeAllListeners(type: string): unknown;
  listenerCount(type: string): number;
};

/** What of a file is compared, as text. */
interface Look {
  readonly stats: object;
  readonly seen: string;
}

// A plain function, which can be extended as a class.
export class StatWatcher extends (EventEmitter as unknown as Emitter) {
  readonly #path: string;
  readonly #intervalMs: number;
  readonly #isBig: boolean;
  readonly #startedAt = clock.now();
  #last: Look | undefined;
  #isClosed = false;

  constructor(path: string, intervalMs: number, isBig: boolean, isPersistent: boolean) {
    super();
    this.#path = path;
    this.#intervalMs = intervalMs;
    this.#isBig = isBig;
    if (isPersistent) hold(this);
    this.#look();
  }

  #look(): void {
    inPool(operationOf('watchFile', this.#path), calls.stat(this.#path), (error, inode) => {
      if (this.#isClosed) return;
      const before = this.#last;
      const isThere = error === null && inode !== undefined;
      const stats = isThere ? statsOf(inode, this.#isBig) : noStats(this.#isBig);
      this.#last = { stats, seen: isThere ? seenIn(stats) : '' };
      if (before === undefined ? !isThere : before.seen !== this.#last.seen)
        this.emit('change', stats, before?.stats ?? noStats(this.#isBig));
      if (!this.#isClosed) this.#waits();
    });
  }

  /** At the beats of the interval from the start on. */
  #waits(): void {
    const passed = clock.now() - this.#startedAt;
    happensAt(clock.now() + this.#intervalMs - (passed % this.#intervalMs), () => {
      if (!this.#isClosed) this.#look();
    });
  }

  start(): void {
    // Nothing is left of it.
  }

  stop(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    letGo(this);
    nextTick(() => { this.emit('stop'); }, []);
  }

  ref(): this {
    if (!this.#isClosed) hold(this);
    return this;
  }

  unref(): this {
    letGo(this);
    return this;
  }
}
named(StatWatcher, 'StatWatcher', 1);

/** Times, size and kind; not when it was read last. */
function seenIn(stats: object): string {
  const { ctimeMs, mtimeMs, birthtimeMs, size, mode, uid, gid, ino, dev } = stats as Readonly<Record<string, unknown>>;
  return [ctimeMs, mtimeMs, birthtimeMs, size, mode, uid, gid, ino, dev].join(' ');
}

const watchers = new SafeMap<string, StatWatcher>();
const usualMs = 5007;

interface StatOptions {
  readonly interval?: unknown;
  readonly persistent?: unknown;
  readonly bigint?: unknown;
}

export function watchFile(filename: unknown, ...given: readonly unknown[]): StatWatcher {
  const path = joined('/project', pathOf(filename));
  const [first, second] = given;
  const options: StatOptions = isObject(first) && !isCallable(first) ? first : {};
  const listener = isObject(first) && !isCallable(first) ? second : first;
  const { interval = usualMs, persistent = true, bigint } = options;
  checkFunction(listener, 'listener');
  checkInteger(interval, 'interval', 0, 4_294_967_295);
  const watcher =
    watchers.get(path) ?? new StatWatcher(path, Math.max(Number(interval), 1), Boolean(bigint), Boolean(persistent));
  watchers.set(path, watcher);
  watcher.addListener('change', listener);
  return watcher;
}

export function unwatchFile(filename: unknown, listener?: unknown): void {
  const path = joined('/project', pathOf(filename));
  const watcher = watchers.get(path);
  if (watcher === undefined) return;
  if (isCallable(listener)) watcher.removeListener('change', listener);
  else watcher.removeAllListeners('change');
  if (watcher.listenerCount('change') > 0) return;
  watcher.stop();
  watchers.delete(path);
}

/**
 * Why this file exists: `fs.watch`: changes that the program itself makes are told, as Linux tells them. Node 20:
 * lib/internal/fs/watchers.js; libuv 1.46: src/unix/linux.c (uv__inotify_read).
 */
import { endNow } from '../../ending';
import { whenClosed } from '../../loop/async-handles';
import { callBack, hasCome, hold, letGo, newCaller, wake, type Caller, type Watched } from '../../loop/watched';
import { abortListener } from '../../modules/events/abort';
import { EventEmitter } from '../../modules/events/emitter';
import { AbortError, checkBoolean, checkSignal } from '../../node-errors';
import { deferred } from '../../own-promises';
import { isCallable, named } from '../../primordials';
import { here } from '../../recorder';
import { nextTick } from '../../ticks';
import { nameAs, optionsOf, pathOf, type Options } from './arguments';
import { addWatch, removeWatch, type Change } from './changes';
import { errorOf, Fault } from './faults';
import { inodeAt } from './walk';
import { withdrawn } from '../../withdrawn';

type Tell = (type: string, name: unknown) => void;

interface Waiting {
  readonly handle: WatchHandle;
  readonly change: Change;
  readonly name: string;
  readonly task: number;
}

/** libuv knows two types. */
function typeOf(change: Change): 'change' | 'rename' {
  return change === 'modified' || change === 'attributes' ? 'change' : 'rename';
}

/** One list for all, as the kernel keeps it: what is the same as the last is left out. */
const waiting: Waiting[] = [];
const inotify: Watched = {
  isReady: () => waiting.length > 0,
  tell() {
    for (const { handle, change, name, task } of waiting.splice(0)) WatchHandle.tell(handle, change, name, task);
  },
};

export interface WatchOptions extends Options {
  readonly persistent?: unknown;
}

class WatchHandle {
  readonly #caller: Caller = newCaller('FSEVENTWRAP');
  readonly #path: string;
  readonly #tell: Tell;
  readonly #encoding: unknown;
  readonly #end: () => void;
  isClosed = false;

  constructor(path: string, { encoding, persistent = true }: WatchOptions, tell: Tell) {
    this.#path = path;
    this.#tell = tell;
    this.#encoding = encoding;
    const inode = inodeOf(path);
    const base = path.replace(/\/+$/, '').replace(/^.*\//, '');
    const watch = { hear: (change: Change, name: string | undefined): void => { this.#hear(change, name ?? base); } };
    addWatch(inode, watch);
    this.#end = () => { removeWatch(inode, watch); };
    if (persistent !== false) hold(this);
  }

  #hear(change: Change, name: string): void {
    const last = waiting[waiting.length - 1];
    if (last?.handle === this && last.change === change && last.name === name) return;
    waiting.push({ handle: this, change, name, task: hasCome(this.#caller, `${typeOf(change)} ${name}`) });
    wake(inotify);
  }

  static tell(handle: WatchHandle, change: Change, name: string, task: number): void {
    callBack(handle.#caller, 'change', () => {
      if (!handle.isClosed) handle.#tell(typeOf(change), nameAs(name, handle.#encoding));
    }, task);
  }

  setRef(isRefed: boolean): void {
    if (isRefed && !this.isClosed) hold(this);
    else letGo(this);
  }

  close(): void {
    this.isClosed = true;
    letGo(this);
    this.#end();
    whenClosed(() => undefined);
  }
}

function inodeOf(path: string): ReturnType<typeof inodeAt> {
  try {
    return inodeAt(path, true);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw Object.assign(errorOf(fault, { syscall: 'watch', path }), { filename: path });
  }
}

type Emitter = new () => object & {
  emit(type: string, ...given: unknown[]): boolean;
  addListener(type: string, listener: unknown): unknown;
  once(type: string, listener: unknown): unknown;
};

// A plain function, which can be extended as a class.
export class FSWatcher extends (EventEmitter as unknown as Emitter) {
  #handle: WatchHandle | undefined;

  static begin(watcher: FSWatcher, path: string, options: WatchOptions): void {
    watcher.#handle = new WatchHandle(path, options, (change, name) => { watcher.emit('change', change, name); });
  }

  start(): void {
    // Nothing is left of it.
  }

  close(): void {
    if (this.#handle === undefined) return;
    this.#handle.close();
    this.#handle = undefined;
    nextTick(() => { this.emit('close'); }, []);
  }

  ref(): this {
    this.#handle?.setRef(true);
    return this;
  }

  unref(): this {
    this.#handle?.setRef(false);
    return this;
  }
}
export const watcherInside = withdrawn(FSWatcher, 'begin');
named(FSWatcher, 'FSWatcher', 0);

function checkRecursive({ recursive }: Options): void {
  if (recursive === true)
    endNow({ kind: 'unsupported', message: 'fs.watch of a folder and all below it is not modelled yet', site: here() });
}

export function watch(filename: unknown, ...given: readonly unknown[]): FSWatcher {
  const listener = given.find(isCallable);
  const options: WatchOptions = optionsOf(given[0]);
  const path = pathOf(filename);
  checkRecursive(options);
  const watcher = new FSWatcher();
  watcherInside.begin(watcher, path, options);
  if (listener !== undefined) watcher.addListener('change', listener);
  closeOn(options.signal, watcher);
  return watcher;
}

function closeOn(signal: Options['signal'], watcher: FSWatcher): void {
  if (signal === undefined) return;
  const close = (): void => { watcher.close(); };
  if (signal.aborted) nextTick(close, []);
  else {
    const listening = abortListener(signal, close) as Disposable; // it can be ended
    watcher.once('close', () => { listening[Symbol.dispose](); });
  }
}

/** `fs/promises`: what happens between two looks but the first is lost, as in Node 20. */
export async function* watchChanges(filename: unknown, options: WatchOptions = {}): AsyncGenerator<object> {
  const path = pathOf(filename);
  const { persistent = true, recursive = false, encoding = 'utf8', signal } = options;
  checkBoolean(persistent, 'options.persistent');
  checkBoolean(recursive, 'options.recursive');
  checkSignal(signal, 'options.signal');
  checkRecursive(options);
  const aborted = (): Error => new AbortError(undefined, { cause: signal?.reason });
  if (signal?.aborted === true) throw aborted();
  let next = deferred();
  const handle = new WatchHandle(path, { persistent, encoding }, (eventType, name) => {
    next.resolve({ eventType, filename: name });
  });
  const listening = signal && (abortListener(signal, () => {
    handle.close();
    next.reject(aborted());
  }) as Disposable); // it can be ended
  try {
    for (;;) {
      yield await Promise.resolve(next.promise);
      next = deferred();
    }
  } finally {
    handle.close();
    listening?.[Symbol.dispose]();
  }
}

/**
 * A small event loop that records what it does as a Trace: truthful by construction, and independent of the
 * simulation, so that the readers of traces and the player can be tested by themselves. Programs are written against
 * it by hand, each beside its text.
 */
import { traceFormat, traceVersion } from '../../../src/trace/trace';
import type {
  FrameColor, FrameId, PromiseId, PromiseOrigin, QueueName, Site, SiteId, TaskId, TaskOrigin, Trace, TraceEvent,
} from '../../../src/trace/trace';

type New<Event> = Event extends TraceEvent ? Omit<Event, 'at'> : never;
type Reaction = (state: 'fulfilled' | 'rejected', value: string) => void;
interface QueuedTask { readonly id: TaskId; readonly due: number; readonly run: () => void }
interface TinyPromise { state: 'pending' | 'fulfilled' | 'rejected'; value: string; handled: boolean; reactions: Reaction[] }

/**
 * The body of an async function: it yields the promises that it awaits, with the text of the `await`, and gets their
 * values.
 */
export type AsyncBody = (frame: FrameId) => Generator<{ readonly on: PromiseId; readonly at: string }, string, string>;

export class TinyHost {
  private readonly sites: Site[] = [];
  private readonly siteOf = new Map<string, SiteId>();
  private readonly events: TraceEvent[] = [];
  private readonly stack: FrameId[] = [];
  private readonly promises = new Map<PromiseId, TinyPromise>();
  private readonly queues: Record<QueueName, QueuedTask[]> = {
    ticks: [], microtasks: [], timers: [], immediates: [], completed: [], messages: [], tasks: [], frames: [], idle: [],
  };
  private rejected: PromiseId[] = [];
  private readonly last = { frame: 0, promise: 0, task: 0 };
  private task: TaskId | undefined;
  private turn = 0;
  at = 0;

  constructor(private readonly text: string, private readonly path = 'example.ts') {}

  /** The site of a piece of the text; `nth` counts its occurrences from 0. */
  site(piece: string, kind: Site['kind'] = 'statement', more: { nth?: number; color?: FrameColor } = {}): SiteId {
    const key = `${kind} ${more.nth ?? 0} ${piece}`;
    const known = this.siteOf.get(key);
    if (known !== undefined) return known;
    let start = this.text.indexOf(piece);
    for (let n = 0; n < (more.nth ?? 0); n++) start = this.text.indexOf(piece, start + 1);
    if (start < 0) throw new Error(`the text has no ${piece}`);
    const color = more.color === undefined ? {} : { color: more.color };
    this.sites.push({ file: 0, start, end: start + piece.length, kind, ...color });
    this.siteOf.set(key, this.sites.length - 1);
    return this.sites.length - 1;
  }

  emit(event: New<TraceEvent>): void {
    this.events.push({ at: this.at, ...event });
  }

  /** A statement of the frame on top of the stack. */
  line(piece: string, nth = 0): void {
    this.at += 0.001;
    this.emit({ kind: 'statement-reached', site: this.site(piece, 'statement', { nth }), frame: this.stack.at(-1) ?? 0 });
  }

  log(text: string): void {
    this.emit({ kind: 'console-printed', stream: 'stdout', text: `${text}\n`, ...this.by('frame') });
  }

  call(label: string, piece: string, body: () => string | undefined): void {
    const frame = this.push(label, this.site(piece, 'function', { color: 'sync' }));
    this.pop(frame, 'returned', body() ?? 'undefined');
  }

  async(label: string, piece: string, body: AsyncBody): PromiseId {
    const promise = this.promise(label, 'async-function');
    const frame = this.push(label, this.site(piece, 'function', { color: 'async' }), promise);
    this.drive(frame, promise, body(frame), '');
    return promise;
  }

  promise(label: string, origin: PromiseOrigin = 'constructor', more: { parent?: PromiseId; site?: SiteId } = {}): PromiseId {
    const promise = ++this.last.promise;
    this.promises.set(promise, { state: 'pending', value: '', handled: false, reactions: [] });
    this.emit({ kind: 'promise-created', promise, origin, label, ...more });
    return promise;
  }

  settle(promise: PromiseId, state: 'fulfilled' | 'rejected', value: string): void {
    const known = this.promises.get(promise);
    if (known?.state !== 'pending') return;
    Object.assign(known, { state, value });
    this.emit({ kind: 'promise-settled', promise, state, value });
    if (state === 'rejected' && !known.handled) this.rejected.push(promise);
    for (const reaction of known.reactions.splice(0)) reaction(state, value);
  }

  /** `promise.then(callback)`; a rejection passes on to the promise that is returned. */
  then(promise: PromiseId, label: string, piece: string, callback: (value: string) => string | undefined): PromiseId {
    const derived = this.promise(`then ${label}`, 'then', { parent: promise });
    this.emit({ kind: 'promise-awaited', promise, derived });
    this.react(promise, (state, value) => this.queue('microtasks', 'then', label, piece, () => {
      if (state === 'rejected') {
        this.settle(derived, 'rejected', value);
        return;
      }
      let result = 'undefined';
      this.call(label, piece, () => (result = callback(value) ?? 'undefined'));
      this.settle(derived, 'fulfilled', result);
    }, { promise }));
    return derived;
  }

  queue(
    queue: QueueName, origin: TaskOrigin, label: string, piece: string | undefined, run: () => void,
    more: { delay?: number; promise?: PromiseId; frame?: FrameId } = {},
  ): TaskId {
    const task = ++this.last.task;
    const { delay, ...named } = more;
    const due = delay === undefined ? 0 : Math.floor(this.at) + delay;
    this.queues[queue].push({ id: task, due, run });
    this.emit({
      kind: 'task-queued', task, queue, origin, label, ...named, ...this.by('by'), ...(delay === undefined ? {} : { due }),
      ...(piece === undefined ? {} : { site: this.site(piece, 'function', { color: 'sync' }) }), ...(this.task === undefined ? {} : { during: this.task }),
    });
    return task;
  }

  cancel(task: TaskId): void {
    for (const queue of Object.values(this.queues)) {
      const index = queue.findIndex(queued => queued.id === task);
      if (index >= 0) queue.splice(index, 1);
    }
    this.emit({ kind: 'task-cancelled', task });
  }

  /** Runs the main script and the loop until nothing is left. */
  run(main: () => void): Trace {
    this.emit({ kind: 'phase-entered', phase: 'main', turn: 0 });
    const module = this.push(this.path, this.site(this.text, 'module'));
    main();
    this.pop(module, 'returned', 'undefined');
    let exitCode = this.checkpoint();
    while (exitCode === 0 && this.queues.timers.length + this.queues.immediates.length > 0) exitCode = this.loopTurn();
    this.emit({ kind: 'phase-entered', phase: 'exit', turn: this.turn });
    this.emit({ kind: 'program-ended', exitCode });
    return {
      format: traceFormat, version: traceVersion, host: { kind: 'node', model: 'tiny' }, files: [{ path: this.path, text: this.text }], sites: this.sites,
      events: this.events, notes: [], outcome: exitCode === 0 ? { kind: 'completed' } : { kind: 'uncaught', message: 'a rejection that nobody handles' },
      exitCode, steps: this.events.length, virtualMs: this.at,
    };
  }

  private by<Name extends string>(name: Name): Partial<Record<Name, FrameId>> {
    const frame = this.stack.at(-1);
    // A computed key loses its type.
    return frame === undefined ? {} : { [name]: frame } as Record<Name, FrameId>;
  }

  private push(label: string, site: SiteId, promise?: PromiseId): FrameId {
    const frame = ++this.last.frame;
    this.stack.push(frame);
    this.emit({ kind: 'frame-pushed', frame, site, label, ...(promise === undefined ? {} : { promise }) });
    return frame;
  }

  private pop(frame: FrameId, how: 'returned' | 'threw', value: string): void {
    this.stack.pop();
    this.emit({ kind: 'frame-popped', frame, how, value });
  }

  private react(promise: PromiseId, reaction: Reaction): void {
    const known = this.promises.get(promise);
    if (known === undefined) throw new Error(`no promise ${promise}`);
    known.handled = true;
    if (known.state === 'pending') known.reactions.push(reaction);
    else reaction(known.state, known.value);
  }

  private drive(frame: FrameId, promise: PromiseId, body: ReturnType<AsyncBody>, sent: string): void {
    const next = body.next(sent);
    if (next.done === true) {
      this.pop(frame, 'returned', next.value);
      this.settle(promise, 'fulfilled', next.value);
      return;
    }
    const site = this.site(next.value.at, 'await');
    this.stack.pop();
    this.emit({ kind: 'frame-suspended', frame, site, on: 'await', promise: next.value.on, value: 'Promise { <pending> }' });
    this.emit({ kind: 'promise-awaited', promise: next.value.on, frame });
    this.react(next.value.on, (state, value) => this.queue('microtasks', 'await', `resume ${frame}`, undefined, () => {
      this.stack.push(frame);
      this.emit({ kind: 'frame-resumed', frame, site, how: state === 'fulfilled' ? 'next' : 'throw', value });
      if (state === 'fulfilled') {
        this.drive(frame, promise, body, value);
        return;
      }
      this.pop(frame, 'threw', value);
      this.settle(promise, 'rejected', value);
    }, { frame, promise: next.value.on }));
  }

  private runTask(task: QueuedTask): void {
    this.task = task.id;
    this.emit({ kind: 'task-started', task: task.id });
    task.run();
    this.emit({ kind: 'task-finished', task: task.id });
    this.task = undefined;
  }

  /** All ticks, then all microtasks, until both are empty; then rejections are judged. */
  private checkpoint(): number {
    for (;;) {
      const next = this.queues.ticks.shift() ?? this.queues.microtasks.shift();
      if (next === undefined) break;
      this.runTask(next);
    }
    const lost = this.rejected.splice(0).filter(promise => this.promises.get(promise)?.handled === false);
    for (const promise of lost) this.emit({ kind: 'rejection-unhandled', promise, value: this.promises.get(promise)?.value ?? '' });
    return lost.length > 0 ? 1 : 0;
  }

  private loopTurn(): number {
    this.turn += 1;
    const nextDue = Math.min(...this.queues.timers.map(timer => timer.due));
    if (this.queues.immediates.length === 0 && nextDue > this.at) {
      const from = this.at;
      this.at = nextDue;
      this.emit({ kind: 'clock-advanced', from });
    }
    this.emit({ kind: 'phase-entered', phase: 'timers', turn: this.turn });
    const due = this.queues.timers.filter(timer => timer.due <= this.at).sort((a, b) => a.due - b.due || a.id - b.id);
    const exitCode = this.runPhase('timers', due);
    if (exitCode !== 0 || this.queues.immediates.length === 0) return exitCode;
    this.emit({ kind: 'phase-entered', phase: 'check', turn: this.turn });
    return this.runPhase('immediates', [...this.queues.immediates]);
  }

  private runPhase(queue: 'timers' | 'immediates', tasks: readonly QueuedTask[]): number {
    for (const task of tasks) {
      if (!this.queues[queue].includes(task)) continue;
      this.queues[queue] = this.queues[queue].filter(other => other !== task);
      this.runTask(task);
      const exitCode = this.checkpoint();
      if (exitCode !== 0) return exitCode;
    }
    return 0;
  }
}

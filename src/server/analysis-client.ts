/**
 * Why this file exists: the main thread's side of the analysis thread. One question is under way at a time, the most
 * urgent first; a question that nobody waits for is dropped or stopped; a thread that dies or hangs is replaced and
 * told again what it must know.
 */
import { Worker } from 'node:worker_threads';
import { invariant } from '../base/invariant';
import { Cancelled, ProjectError } from '../analysis/project-options';
import type {
  AnalysisAnswers, AnalysisNews, AnalysisQuestion, AnalysisThreadData, FromAnalysisThread, ThreadStart,
  ToAnalysisThread,
} from './analysis-messages';

/** 0 is asked first: a person waits for it. */
export type Urgency = 0 | 1 | 2;

interface Asked {
  readonly id: number;
  readonly question: AnalysisQuestion;
  readonly urgency: Urgency;
  readonly resolve: (answer: AnalysisAnswers[keyof AnalysisAnswers]) => void;
  readonly reject: (error: Error) => void;
  given: boolean;
}

/** One file took 11 s in measurements; six times that is a hang. */
const hangMs = 60_000;

export class AnalysisClient {
  readonly #script: string;
  readonly #log: (message: string) => void;
  readonly #texts = new Map<string, string>();
  readonly #waiting: Asked[] = [];
  #roots: readonly string[] = [];
  #start: ThreadStart = { words: {} };
  #thread: { readonly worker: Worker; readonly cancelled: Int32Array } | undefined;
  #underWay: Asked | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #lastId = 0;
  #disposed = false;

  /** `script` is the bundle that runs the thread; `log` is told of what went wrong. */
  constructor(script: string, log: (message: string) => void) {
    this.#script = script;
    this.#log = log;
  }

  /** For the threads that are started from now on. */
  setStart(start: ThreadStart): void {
    this.#start = start;
  }

  /** Starts the thread too: it takes a moment to load the type checker. */
  setRoots(roots: readonly string[]): void {
    this.#roots = roots;
    this.#post({ kind: 'folders-set', roots });
  }

  setText(path: string, text: string | undefined): void {
    if (text === undefined) this.#texts.delete(path);
    else this.#texts.set(path, text);
    this.#tell({ kind: 'text-set', path, ...(text === undefined ? {} : { text }) });
  }

  outdate(): void {
    this.#tell({ kind: 'projects-outdated' });
  }

  /** Rejects with `Cancelled` when `signal` aborts, with `ProjectError` when the file cannot be analysed. */
  ask<K extends AnalysisQuestion['kind']>(
    question: AnalysisQuestion & { readonly kind: K }, urgency: Urgency, signal?: AbortSignal,
  ): Promise<AnalysisAnswers[K]> {
    const id = ++this.#lastId;
    return new Promise<AnalysisAnswers[K]>((resolve, reject) => {
      if (this.#disposed) { reject(stopping()); return; }
      if (signal?.aborted === true) { reject(new Cancelled()); return; }
      signal?.addEventListener('abort', () => { this.#giveUp(id); }, { once: true });
      // The thread answers a question of kind K with AnalysisAnswers[K]; the message port does not keep the tie.
      const answered = resolve as (answer: AnalysisAnswers[keyof AnalysisAnswers]) => void;
      this.#waiting.push({ id, question, urgency, resolve: answered, reject, given: false });
      this.#next();
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const asked of this.#waiting.splice(0)) asked.reject(stopping());
    this.#underWay?.reject(stopping());
    clearTimeout(this.#watchdog);
    await this.#thread?.worker.terminate();
  }

  #giveUp(id: number): void {
    const index = this.#waiting.findIndex((asked) => asked.id === id);
    if (index >= 0) for (const asked of this.#waiting.splice(index, 1)) asked.reject(new Cancelled());
    if (this.#underWay?.id !== id) return;
    if (this.#thread) Atomics.store(this.#thread.cancelled, 0, id);
    this.#underWay.reject(new Cancelled());
  }

  #next(): void {
    if (this.#underWay || this.#waiting.length === 0 || this.#disposed) return;
    const urgency = Math.min(...this.#waiting.map((asked) => asked.urgency));
    const [asked] = this.#waiting.splice(this.#waiting.findIndex((candidate) => candidate.urgency === urgency), 1);
    invariant(asked, 'a question that waits has an urgency');
    this.#underWay = asked;
    this.#watchdog = setTimeout(() => { this.#replace(`No answer about ${describe(asked.question)} for ${hangMs / 1000} s.`); }, hangMs);
    this.#post({ kind: 'asked', id: asked.id, question: asked.question });
  }

  #tell(news: AnalysisNews): void {
    if (this.#thread) this.#post(news);
  }

  #post(message: ToAnalysisThread): void {
    if (!this.#disposed) this.#running().worker.postMessage(message);
  }

  #running(): { readonly worker: Worker; readonly cancelled: Int32Array } {
    if (this.#thread) return this.#thread;
    const shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    const workerData: AnalysisThreadData = { kind: 'analysis', cancelled: shared, start: this.#start };
    const worker = new Worker(this.#script, { workerData });
    this.#thread = { worker, cancelled: new Int32Array(shared) };
    worker.on('message', (message: FromAnalysisThread) => { this.#answered(message); });
    worker.on('error', (error) => { this.#died(worker, error.message); });
    worker.on('exit', () => { this.#died(worker, 'it ended'); });
    worker.unref();
    worker.postMessage({ kind: 'folders-set', roots: this.#roots } satisfies ToAnalysisThread);
    for (const [path, text] of this.#texts) worker.postMessage({ kind: 'text-set', path, text } satisfies ToAnalysisThread);
    return this.#thread;
  }

  #answered(message: FromAnalysisThread): void {
    const asked = this.#underWay;
    if (asked?.id !== message.id) return;
    this.#finish();
    if (message.kind === 'answered') asked.resolve(message.answer);
    else if (message.kind === 'cancelled') asked.reject(new Cancelled());
    else if (message.kind === 'unusable') asked.reject(new ProjectError(message.message));
    else asked.reject(new Error(`The analysis of ${describe(asked.question)} failed: ${message.message}`));
    this.#next();
  }

  #finish(): void {
    clearTimeout(this.#watchdog);
    this.#underWay = undefined;
  }

  #replace(why: string): void {
    void this.#thread?.worker.terminate();
    if (this.#thread) this.#died(this.#thread.worker, why);
  }

  /** The question that was under way is given to the next thread once more, in case the death was not its fault. */
  #died(worker: Worker, why: string): void {
    if (this.#thread?.worker !== worker || this.#disposed) return;
    this.#log(`The analysis thread was lost (${why}); a new one takes over.`);
    this.#thread = undefined;
    const asked = this.#underWay;
    this.#finish();
    if (asked?.given === true) asked.reject(new Error(`The analysis of ${describe(asked.question)} ended its thread twice.`));
    else if (asked) this.#waiting.unshift({ ...asked, given: true });
    this.#next();
  }
}

function stopping(): ProjectError {
  return new ProjectError('The server is stopping.');
}

function describe(question: AnalysisQuestion): string {
  return 'path' in question ? question.path : 'the projects';
}

/** Why this file exists: the thread of a simulator: started warm, asked, stopped and replaced. */
import { Worker } from 'node:worker_threads';
import type { SimulationReply, SimulationRequest } from '../simulation/request';
import type { Answer, Given, Question } from './messages';
import type { Simulator } from './simulator';
import { reasonOf, turns } from './turns';
import { newSpill, readSpill, type Printed } from './spill';

/** Deep recursion of a program nests in the host's stack too: the thread gets 64 MB instead of 4. */
const stackSizeMb = 64;
/** The thread is ended when it does not answer this long after the program's own limit. */
const graceMs = 1500;
/** Reading and lowering the files of a program, and starting the thread, may take this long. */
const preparingMs = 30_000;

interface Pending {
  readonly id: number;
  preparing(): void;
  started(): void;
  printed(stream: 'stdout' | 'stderr', text: string): void;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Starts a simulator; its thread starts with it, so that the first question finds it warm. Questions wait for each
 * other, so that one which has to be ended with its thread takes no other along. `workerPath` is the built
 * simulator.js; `keepIn` a folder for what packages became when they were lowered.
 */
export function createSimulator(workerPath: string, keepIn?: string): Simulator {
  const inTurn = turns();
  let asked: Pending | undefined;
  let lastId = 0;
  let isClosed = false;
  const spill = newSpill();
  let worker: Worker | undefined = start();

  function start(): Worker {
    const given: Given = { spill, keepIn };
    const thread = new Worker(workerPath, { resourceLimits: { stackSizeMb }, workerData: given });
    thread.unref();
    thread.on('message', (answer: Answer) => {
      if (asked?.id !== answer.id) return;
      if (answer.kind === 'preparing') asked.preparing();
      else if (answer.kind === 'started') asked.started();
      else if (answer.kind === 'printed') asked.printed(answer.stream, answer.text);
      else asked.resolve(answer);
    });
    const lost = (): void => {
      if (worker !== thread) return; // it was stopped: what waits now waits for the next one
      worker = undefined;
      asked?.reject(new Error('The simulation ended unexpectedly: run it again.'));
    };
    thread.on('error', lost);
    thread.on('exit', lost);
    return thread;
  }

  async function stop(): Promise<void> {
    const thread = worker;
    worker = undefined;
    await thread?.terminate();
  }

  /** The thread does not answer: it is ended, then what it printed is read. */
  async function kill(hung: Pending, sent: Printed): Promise<void> {
    await stop();
    const left = readSpill(spill);
    hung.reject(new TimedOut({ stdout: sent.stdout + left.stdout, stderr: sent.stderr + left.stderr }));
  }

  async function ask(
    question: (id: number) => Question,
    limitMs: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    if (isClosed) throw closed();
    const id = ++lastId;
    worker ??= start();
    const thread = worker;
    thread.ref();
    const sent = { stdout: '', stderr: '' };
    let timer: NodeJS.Timeout | undefined;
    let abort = (): void => undefined;
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        const endAfter = (ms: number): void => {
          clearTimeout(timer);
          timer = setTimeout(() => void kill(current, sent), ms);
        };
        const preparing = (): void => {
          if (limitMs !== undefined) endAfter(preparingMs + limitMs);
        };
        const started = (): void => {
          sent.stdout = sent.stderr = '';
          if (limitMs !== undefined) endAfter(limitMs + graceMs);
        };
        const printed = (stream: keyof Printed, text: string): void => {
          sent[stream] += text;
        };
        const current = { id, resolve, reject, preparing, started, printed };
        asked = current;
        abort = () => {
          reject(reasonOf(signal));
          void stop();
        };
        signal?.addEventListener('abort', abort, { once: true });
        preparing();
        thread.postMessage(question(id));
      });
      if (answer.kind === 'failed') throw new Error(answer.message);
      return answer;
    } finally {
      asked = undefined;
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      thread.unref();
    }
  }

  return {
    async simulate(request, overlay = {}, signal) {
      try {
        const answer = await inTurn(signal, () => (
          ask((id) => ({ kind: 'simulate', id, request, overlay }), request.limits.wallMs, signal)
        ));
        if (answer.kind === 'simulated') return answer.reply;
      } catch (error) {
        if (error instanceof TimedOut) return spentWall(request, error.printed);
        throw error;
      }
      throw new Error('The simulation gave no answer: run it again.');
    },
    async parameters(entry, start, overlay = {}) {
      const answer = await inTurn(undefined, () => (
        ask((id) => ({ kind: 'parameters', id, entry, start, overlay }), undefined, undefined)
      ));
      return answer.kind === 'parameters' ? answer.values : [];
    },
    async emit(entry, overlay = {}) {
      const answer = await inTurn(undefined, () => ask((id) => ({ kind: 'emit', id, entry, overlay }), undefined, undefined));
      if (answer.kind === 'emitted') return answer.program;
      throw new Error('The simulation gave no answer: run it again.');
    },
    async dispose() {
      isClosed = true;
      asked?.reject(closed());
      await stop();
    },
  };
}

function closed(): Error {
  return new Error('The simulator was closed.');
}

class TimedOut extends Error {
  constructor(readonly printed: Printed) {
    super('The simulation did not look at its limits.');
  }
}

/** The last wall: the engine did not look at its limits for so long that its thread was ended. */
function spentWall(request: SimulationRequest, printed: Printed): SimulationReply {
  const message = `loopscope: the time limit of ${request.limits.wallMs / 1000} s is spent: an endless loop, or raise --timeout.\n`;
  return {
    kind: 'simulated',
    stdout: printed.stdout,
    stderr: printed.stderr + message,
    turns: [],
    exitCode: 124,
    outcome: 'budget-spent',
    steps: 0,
    virtualMs: 0,
    races: [],
  };
}

/** Why this file exists: the thread of a simulator: started warm, asked, stopped and replaced. */
import { Worker } from 'node:worker_threads';
import type { SimulationReply, SimulationRequest } from '../simulation/request';
import type { Answer, Question } from './messages';
import type { Simulator } from './simulator';

/** Deep recursion of a program nests in the host's stack too: the thread gets 64 MB instead of 4. */
const stackSizeMb = 64;
/** The thread is ended when it does not answer this long after the program's own limit. */
const graceMs = 5000;

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Starts a simulator; its thread starts with it, so that the first question finds it warm. `workerPath` is the built
 * simulator.js.
 */
export function createSimulator(workerPath: string): Simulator {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let worker: Worker | undefined = start();

  function start(): Worker {
    const thread = new Worker(workerPath, { resourceLimits: { stackSizeMb } });
    thread.unref();
    thread.on('message', (answer: Answer) => {
      pending.get(answer.id)?.resolve(answer);
      pending.delete(answer.id);
    });
    const lost = (): void => {
      if (worker !== thread) return; // it was stopped: what waits now waits for the next one
      worker = undefined;
      for (const each of pending.values()) each.reject(new Error('The simulation ended unexpectedly: run it again.'));
      pending.clear();
    };
    thread.on('error', lost);
    thread.on('exit', lost);
    return thread;
  }

  async function stop(reason: unknown): Promise<void> {
    const thread = worker;
    worker = undefined;
    for (const each of pending.values()) each.reject(reason);
    pending.clear();
    await thread?.terminate();
  }

  async function ask(
    question: (id: number) => Question,
    limitMs: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    signal?.throwIfAborted();
    const id = ++lastId;
    worker ??= start();
    const thread = worker;
    thread.ref();
    const abort = (): void => void stop(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const timer = limitMs === undefined ? undefined : setTimeout(() => void stop(timedOut(id)), limitMs);
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        pending.set(id, { resolve, reject });
        thread.postMessage(question(id));
      });
      if (answer.kind === 'failed') throw new Error(answer.message);
      return answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (pending.size === 0) thread.unref();
    }
  }

  return {
    async simulate(request, overlay = {}, signal) {
      try {
        const answer = await ask(
          (id) => ({ kind: 'simulate', id, request, overlay }),
          request.limits.wallMs + graceMs,
          signal,
        );
        if (answer.kind === 'simulated') return answer.reply;
      } catch (error) {
        if (error instanceof TimedOut) return spentWall(request);
        throw error;
      }
      throw new Error('The simulation gave no answer: run it again.');
    },
    async parameters(entry, start, overlay = {}) {
      const answer = await ask((id) => ({ kind: 'parameters', id, entry, start, overlay }), undefined, undefined);
      return answer.kind === 'parameters' ? answer.values : [];
    },
    dispose: () => stop(new Error('The simulator was closed.')),
  };
}

class TimedOut extends Error {}

function timedOut(id: number): TimedOut {
  return new TimedOut(`question ${id}`);
}

/** The last wall: the engine did not look at its limits for so long that its thread was ended. */
function spentWall(request: SimulationRequest): SimulationReply {
  const message = `loopscope: the time limit of ${request.limits.wallMs / 1000} s is spent: an endless loop, or raise --timeout.\n`;
  return {
    kind: 'simulated',
    stdout: '',
    stderr: message,
    exitCode: 124,
    outcome: 'budget-spent',
    steps: 0,
    virtualMs: 0,
    races: [],
  };
}

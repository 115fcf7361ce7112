/** Why this file exists: the threads of simulated workers: started when needed, kept for the next run. */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { AgentThread, FromThread, SpawnThread } from '../simulation/agents/thread';
import type { Engine } from '../simulation/sandbox';
import { simulatorSide, type AgentLink, type Side } from './agent-link';

/** Deep recursion of a program nests in the host's stack too: the thread gets 64 MB instead of 4. */
const stackSizeMb = 64;
/** A thread that has not spoken this long after the program's limit is given up. */
const graceMs = 1000;
/** Starting a thread takes this long at most. */
const startingMs = 20_000;

interface Kept {
  readonly worker: Worker;
  readonly side: Side;
}

/** Lends threads for runs of this engine; those that are free are used again. */
export function agentThreads(path: string, engine: Engine): SpawnThread {
  const free: Kept[] = [];
  const memory = new Uint8Array(new SharedArrayBuffer(engine.booted.memory.length));
  let isCopied = false;

  function start(): Kept {
    if (!isCopied) memory.set(engine.booted.memory);
    isCopied = true;
    const { port1, port2 } = new MessageChannel();
    const said = new Int32Array(new SharedArrayBuffer(8));
    const link: AgentLink = { port: port2, said };
    const worker = new Worker(path, {
      workerData: { module: engine.module, booted: { ...engine.booted, memory }, link },
      transferList: [port2],
      resourceLimits: { stackSizeMb },
    });
    worker.unref();
    port1.unref();
    return { worker, side: simulatorSide({ port: port1, said }) };
  }

  return (wallMs): AgentThread => {
    const kept = free.pop() ?? start();
    let isLost = false;
    let isIdle = false;
    return {
      start(task) {
        kept.side.send(task);
      },
      answer(answer) {
        kept.side.send(answer);
      },
      next() {
        const said = kept.side.wait(wallMs + graceMs + startingMs) as FromThread | undefined; // agent.ts said it
        isLost = said === undefined;
        isIdle = said?.kind === 'ended' || said?.kind === 'lost';
        return said ?? { kind: 'lost', message: 'it did not answer' };
      },
      dispose() {
        if (isIdle && !isLost) free.push(kept);
        else void kept.worker.terminate();
      },
    };
  };
}

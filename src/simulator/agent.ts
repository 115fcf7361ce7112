/**
 * Why this file exists: the thread of one worker of the simulated program. It has an engine of its own; whatever it
 * asks goes to the simulator's thread, which waits for it and lets one agent run at a time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import type { AgentTask, FromThread, ToThread } from '../simulation/agents/thread';
import { runInSandbox, type Engine } from '../simulation/sandbox';
import type { Seen } from '../simulation/workspace';
import { compute } from './compute';
import { agentSide, type AgentLink } from './agent-link';

// What agent-threads.ts hands over.
const { module, booted, link } = workerData as Pick<Engine, 'module' | 'booted'> & { readonly link: AgentLink };
const engine: Engine = {
  module,
  booted,
  withParts: new Map(),
  readPart: (part) => readFileSync(join(__dirname, 'guest', `${part}.js`), 'utf8'),
};
const simulator = agentSide(link);

/** Asks and stands still until the answer is there. */
function asked(question: FromThread): ToThread {
  simulator.send(question);
  return simulator.wait() as ToThread; // agent-threads.ts said it
}

async function run({ script, settings, parts, limits }: AgentTask): Promise<void> {
  const result = await runInSandbox(engine, script, {
    settings,
    parts,
    limits,
    lowerText: (text, flags) => JSON.parse(asked({ kind: 'lower', text, flags }) as string) as object, // from lower-text.ts
    workspace: {
      look: (path) => JSON.parse(asked({ kind: 'look', path }) as string) as Seen, // from agents.ts
      read: (path) => asked({ kind: 'read', path }) as Uint8Array | undefined,
    },
    compute,
    wallClock: () => performance.now(),
    ask: (text) => asked({ kind: 'ask', text }) as string, // JSON
    sharedMemory: (number, length) => asked({ kind: 'share', number, length }) as SharedArrayBuffer, // agents.ts
    memoryOfAll: (bytes) => Number(asked({ kind: 'memory', bytes })),
    onPrinted: (stream, text) => {
      asked({ kind: 'print', stream, text });
    },
  });
  simulator.send({ kind: 'ended', result });
}

function serve(): void {
  const task = simulator.wait() as AgentTask; // the same
  run(task).then(
    () => {
      serve();
    },
    (error: unknown) => {
      simulator.send({ kind: 'lost', message: error instanceof Error ? error.message : String(error) });
      serve();
    },
  );
}

serve();

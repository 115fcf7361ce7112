/**
 * Why this file exists: two threads of which one always stands still: a port for what is said, and a memory that both
 * share, in which each finds that something was said.
 */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads';

export interface AgentLink {
  readonly port: MessagePort;
  /** Two counters: what the agent has said, what it has been told. */
  readonly said: Int32Array;
}

const [byAgent, toAgent] = [0, 1];

export interface Side {
  send(message: unknown): void;
  /** Stands still until something is said; undefined when it took too long. */
  wait(ms?: number): unknown;
}

function side({ port, said }: AgentLink, own: number, others: number): Side {
  const wait = (ms = Infinity): unknown => {
    for (;;) {
      const seen = Atomics.load(said, others);
      const received = receiveMessageOnPort(port) as { readonly message: unknown } | undefined;
      if (received !== undefined) return received.message;
      if (Atomics.wait(said, others, seen, ms) === 'timed-out') return undefined;
    }
  };
  return {
    send(message) {
      port.postMessage(message);
      Atomics.add(said, own, 1);
      Atomics.notify(said, own);
    },
    wait,
  };
}

export function agentSide(link: AgentLink): Side {
  return side(link, byAgent, toAgent);
}

export function simulatorSide(link: AgentLink): Side {
  return side(link, toAgent, byAgent);
}

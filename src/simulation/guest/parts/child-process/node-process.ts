/**
 * Why this file exists: a process that is a program of Node: an agent of its own on the one clock, as its parent has
 * it.
 */
import type { Arrival, Descriptor, SpawnRequest } from '../../../agent-messages';
import { agent, ask } from '../../agents';
import { clock } from '../../clock';
import { exitTold } from '../../loop/agent-races';
import { whenProgramExits } from '../../loop/other-programs';
import { startNow, type Start } from '../../loop/races';
import { endsAt } from '../../loop/watched';
import { portTraffic } from '../../modules/workers/port-events';
import { sharedOutput } from '../../output';
import { descriptors } from '../../own-process';
import { process } from '../../process';
import { depart } from '../net/part';
import type { NodeProgram } from './node-command';
import type { Ended, Way } from './process';
import { nextProcessNumber } from './process';

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly ways: readonly Way[];
  /** The process's end of the channel; 0: none. */
  readonly channel: number;
  readonly serialization: 'json' | 'advanced';
}

export class NodeProcess {
  readonly pid: number;
  /** What it runs, as people call it. */
  readonly name: string;
  readonly number = nextProcessNumber();
  readonly call: { readonly start: Start } = { start: startNow() };
  readonly #agent: number;
  ended: Ended | undefined;

  constructor({ program, args, execArgv }: NodeProgram, { env, ways, channel, serialization }: ProcessOptions) {
    if (ways.includes('inherit') && descriptors.stdio.includes('inherit')) sharedOutput.asks = true;
    const stdio = [descriptorOf(ways, 0), descriptorOf(ways, 1), descriptorOf(ways, 2)] as const;
    const own = { args, execArgv, ppid: process.pid, stdio, channel, serialization };
    const asked: SpawnRequest = { program, port: 0, memoryMb: null, env, process: own };
    const { thread = 0, pid = 0 } = ask({ op: 'spawn', ...asked });
    agent.meets = true;
    [this.#agent, this.pid] = [thread, pid];
    this.name = program.kind === 'file' ? program.path.replace(/^.*\//, '') : 'node -e';
    portTraffic.workerCreated(thread, this.name, pid);
  }

  /** `told` in the poll phase, after what else is ready. */
  whenEnded(told: (ended: Ended) => void, isHeard: () => boolean): void {
    whenProgramExits(this.#agent, (exited) => {
      const { signal, code } = exited;
      const ended = { code: signal === undefined ? code : null, signal: signal ?? null };
      this.ended = ended;
      const tell = (): void => {
        if (isHeard()) this.#noteRaces(exited);
        told(ended);
      };
      endsAt({ number: this.number, at: clock.now(), tell });
    });
  }

  #noteRaces({ at }: Extract<Arrival, { kind: 'exited' }>): void {
    exitTold({ from: this.#agent, postedAt: at, isProcess: true }, this.call.start.site);
  }

  kill(signal: string): boolean {
    return ask({ op: 'kill', pid: this.pid, signal }).isHeard === true;
  }
}

/** What a pipe leads to goes along; what is inherited is what this process has. */
function descriptorOf(ways: readonly Way[], fd: 0 | 1 | 2): Descriptor {
  const way = ways[fd] ?? 'ignore';
  if (typeof way === 'object') return depart(way);
  return way === 'inherit' ? descriptors.stdio[fd] : 'ignore';
}

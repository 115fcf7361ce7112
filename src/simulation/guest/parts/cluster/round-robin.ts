/**
 * Why this file exists: a server that a cluster's workers share: the primary listens, and hands each connection to the
 * worker that is free the longest. Node 20: lib/internal/cluster/round_robin_handle.js.
 */
import { SafeMap } from '../../primordials';
import { Server, errnoOf, type Accepted, type FaultCode, type Listening, serverInside } from '../net/part';
import { say, type Said } from './intercom';
import type { ClusterWorker } from './worker';

export interface Query {
  readonly address: string | null;
  readonly port: number;
}

type Told = (errno: number | undefined, reply: object) => void;

export class RoundRobin {
  readonly #all = new SafeMap<number, ClusterWorker>();
  readonly #free = new SafeMap<number, ClusterWorker>();
  readonly #waiting: Accepted[] = [];
  readonly #server = new Server();
  #listening: Listening | undefined;

  constructor(readonly key: string, { address, port }: Query) {
    this.#server.once('listening', () => {
      this.#listening = serverInside.takeOver(this.#server, (accepted) => { this.#distribute(accepted); });
    });
    if (port >= 0) this.#server.listen({ port, ...(address === null ? {} : { host: address }) });
    else this.#server.listen({ path: address });
  }

  add(worker: ClusterWorker, told: Told): void {
    this.#all.set(worker.id, worker);
    const done = (): void => {
      told(undefined, { sockname: this.#server.address() });
      this.#handOff(worker);
    };
    if (this.#listening !== undefined) {
      done();
      return;
    }
    this.#server.once('listening', done);
    this.#server.once('error', (error: { readonly code: FaultCode }) => { told(errnoOf(error.code), {}); });
  }

  /** True where it was the last: nobody listens any more. */
  remove(worker: ClusterWorker): boolean {
    if (!this.#all.delete(worker.id)) return false;
    this.#free.delete(worker.id);
    if (this.#all.size > 0) return false;
    for (const { end } of this.#waiting.splice(0)) end.leave();
    this.#server.close();
    this.#listening = undefined;
    return true;
  }

  #distribute(accepted: Accepted): void {
    this.#waiting.push(accepted);
    const [first] = this.#free.values();
    if (first === undefined) return;
    this.#free.delete(first.id);
    this.#handOff(first);
  }

  #handOff(worker: ClusterWorker): void {
    if (!this.#all.has(worker.id)) return;
    const next = this.#waiting.shift();
    if (next === undefined) {
      this.#free.set(worker.id, worker);
      return;
    }
    const answered = (reply: Said, handle: unknown): void => {
      const isBack = reply.accepted !== true && handle !== undefined;
      if (isBack) this.#distribute(handle as Accepted); // as it was sent
      this.#handOff(worker);
    };
    say(worker.process, { act: 'newconn', key: this.key }, { handle: next, answered });
  }
}

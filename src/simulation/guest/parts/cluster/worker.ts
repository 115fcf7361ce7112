/** Why this file exists: `cluster.Worker`, what both sides have of it. Node 20: lib/internal/cluster/worker.js. */
import { EventEmitter, type Emitter } from '../../modules/events/emitter';
import { apply, construct, defineProperty, hide, isObject, named, setPrototypeOf } from '../../primordials';
import type { Target } from '../ipc/part';

export interface WorkerProcess extends Target {
  readonly exitCode: unknown;
  readonly signalCode: unknown;
  readonly pid: number;
  kill(signal?: unknown): boolean;
}

export interface ClusterWorker extends Emitter {
  exitedAfterDisconnect: boolean | undefined;
  state: string;
  id: number;
  process: WorkerProcess;
  isConnected(): boolean;
  isDead(): boolean;
  disconnect(): ClusterWorker;
  destroy(signal?: unknown): void;
}

interface Options {
  readonly id?: unknown;
  readonly state?: unknown;
  readonly process?: ClusterWorker['process'];
}

/** It is called with and without `new`. */
export const Worker = named(
  function (this: ClusterWorker | undefined, given?: unknown): object {
    // A plain function, which may be called without `new`.
    if (new.target === undefined) return construct(Worker as unknown as new (given: unknown) => object, [given]);
    const self = Object.create((new.target as { prototype: object }).prototype) as ClusterWorker;
    apply(EventEmitter, self, []);
    const options: Options = isObject(given) ? given : {};
    self.exitedAfterDisconnect = undefined;
    self.state = typeof options.state === 'string' && options.state !== '' ? options.state : 'none';
    self.id = Number(options.id) | 0;
    const { process } = options;
    if (process !== undefined) {
      self.process = process;
      process.on('error', (code: unknown, signal: unknown) => self.emit('error', code, signal));
      process.on('message', (message: unknown, handle: unknown) => self.emit('message', message, handle));
    }
    return self;
  },
  'Worker',
  1,
);
setPrototypeOf(Worker, EventEmitter);
const prototype = Object.create(EventEmitter.prototype as object) as object;
defineProperty(Worker, 'prototype', { value: prototype, writable: false });
hide(prototype, 'constructor', Worker);

type Method = (this: ClusterWorker, ...given: unknown[]) => unknown;

export function define(methods: Readonly<Record<string, Method>>): void {
  for (const [name, method] of Object.entries(methods)) Object.assign(prototype, { [name]: named(method, name) });
}

define({
  kill(...given) {
    this.destroy(...(given as [unknown]));
  },
  send(...given) {
    return this.process.send(...(given as [unknown]));
  },
  isDead() {
    return (this.process.exitCode ?? this.process.signalCode ?? null) !== null;
  },
  isConnected() {
    return this.process.connected;
  },
});

const Maker = Worker as unknown as new (given: Options) => ClusterWorker; // as it makes them

export function newWorker(options: Options): ClusterWorker {
  return construct(Maker, [options]);
}

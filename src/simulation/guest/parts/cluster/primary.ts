/** Why this file exists: `cluster` in the primary. Node 20: lib/internal/cluster/primary.js. */
import { endNow } from '../../ending';
import { newEmitter, type Emitter } from '../../modules/events/emitter';
import { SafeMap, get, named } from '../../primordials';
import { process } from '../../process';
import { here } from '../../recorder';
import { nextTick } from '../../ticks';
import { fork } from '../child-process/part';
import { hearing, say, type Said } from './intercom';
import { RoundRobin, type Query } from './round-robin';
import { Worker, define, newWorker, type ClusterWorker } from './worker';

const [schedNone, schedRoundRobin] = [1, 2];

interface Cluster extends Emitter {
  workers: Record<string, ClusterWorker>;
  settings: Settings;
  schedulingPolicy: number;
}

interface Settings {
  readonly args: readonly string[];
  readonly exec: string;
  readonly execArgv: readonly string[];
  readonly silent: boolean;
  readonly [more: string]: unknown;
}

const servers = new SafeMap<string, RoundRobin>();
const intercom = new newEmitter();
let made: Cluster | undefined;
let ids = 0;
let isSetUp = false;

export function clusterOfPrimary(): object {
  made ??= make();
  return made;
}

function make(): Cluster {
  const cluster = new newEmitter() as Cluster; // its members follow
  const { NODE_CLUSTER_SCHED_POLICY: policy } = get(process, 'env') as Readonly<Record<string, string | undefined>>; // texts
  Object.assign(cluster, {
    isWorker: false, isMaster: true, isPrimary: true, Worker, workers: {}, settings: {},
    SCHED_NONE: schedNone, SCHED_RR: schedRoundRobin, schedulingPolicy: policy === 'none' ? schedNone : schedRoundRobin,
  });
  const setupPrimary = named((options?: object) => { setUp(cluster, options); }, '');
  const methods = {
    setupPrimary, setupMaster: setupPrimary,
    fork: named((env?: object) => forked(cluster, env), ''),
    disconnect: named((told?: unknown) => { disconnect(cluster, told); }, ''),
  };
  define({
    disconnect() {
      this.exitedAfterDisconnect = true;
      say(this.process, { act: 'disconnect' });
      removeServers(this);
      removeWorker(cluster, this);
      return this;
    },
    destroy(signal) {
      this.process.kill(Boolean(signal) ? signal : 'SIGTERM');
    },
  });
  return Object.assign(cluster, methods);
}

function setUp(cluster: Cluster, options: object = {}): void {
  const argv = get(process, 'argv') as readonly string[]; // Node's own
  const first = { args: argv.slice(2), exec: argv[1] ?? '', execArgv: get(process, 'execArgv') as readonly string[], silent: false }; // the same
  const settings: Settings = { ...first, ...cluster.settings, ...options };
  cluster.settings = settings;
  if (!isSetUp && cluster.schedulingPolicy !== schedRoundRobin)
    endNow({ kind: 'unsupported', message: 'A cluster whose connections the operating system distributes is not modelled yet', site: here() });
  isSetUp = true;
  nextTick(setupSettingsNT, [cluster, settings]);
}

function setupSettingsNT(cluster: Cluster, settings: Settings): void {
  cluster.emit('setup', settings);
}

function forked(cluster: Cluster, env?: object): ClusterWorker {
  setUp(cluster);
  const id = ++ids;
  const { exec, args, execArgv, silent, cwd, serialization, stdio } = cluster.settings;
  const own = { ...(get(process, 'env') as object), ...env, NODE_UNIQUE_ID: String(id) };
  const child = fork(exec, args, { cwd, env: own, serialization, silent, execArgv: [...execArgv], stdio });
  const worker = newWorker({ id, process: child as unknown as ClusterWorker['process'] }); // with a channel
  worker.on('message', (message: unknown, handle: unknown) => cluster.emit('message', worker, message, handle));
  worker.process.once('exit', (code: unknown, signal: unknown) => {
    if (!worker.isConnected()) {
      removeServers(worker);
      removeWorker(cluster, worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', code, signal);
    cluster.emit('exit', worker, code, signal);
  });
  worker.process.once('disconnect', () => {
    removeServers(worker);
    if (worker.isDead()) removeWorker(cluster, worker);
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  worker.process.on('internalMessage', hearing((said) => { heard(cluster, worker, said); }));
  nextTick(emitForkNT, [cluster, worker]);
  cluster.workers[String(id)] = worker;
  return worker;
}

function emitForkNT(cluster: Cluster, worker: ClusterWorker): void {
  cluster.emit('fork', worker);
}

function removeWorker(cluster: Cluster, { id }: ClusterWorker): void {
  Reflect.deleteProperty(cluster.workers, String(id));
  if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
}

function removeServers(worker: ClusterWorker): void {
  for (const [key, server] of [...servers]) if (server.remove(worker)) servers.delete(key);
}

function disconnect(cluster: Cluster, told: unknown): void {
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) nextTick(() => { intercom.emit('disconnect'); }, []);
  for (const worker of workers) if (worker.isConnected()) worker.disconnect();
  if (typeof told === 'function') intercom.once('disconnect', told);
}

function heard(cluster: Cluster, worker: ClusterWorker, said: Said): void {
  switch (said.act) {
    case 'online':
      worker.state = 'online';
      worker.emit('online');
      cluster.emit('online', worker);
      return;
    case 'exitedAfterDisconnect':
      worker.exitedAfterDisconnect = true;
      say(worker.process, { ack: said.seq ?? 0 });
      return;
    case 'queryServer':
      if (!worker.exitedAfterDisconnect) serverFor(worker, said);
      return;
    case 'listening': {
      const { addressType, address, port, fd } = said;
      const info = { addressType, address, port, fd };
      worker.state = 'listening';
      worker.emit('listening', info);
      cluster.emit('listening', worker, info);
      return;
    }
    case 'close':
      if (said.key !== undefined && servers.get(said.key)?.remove(worker) === true) servers.delete(said.key);
      return;
    default:
  }
}

function serverFor(worker: ClusterWorker, said: Said): void {
  const { address, port, addressType, fd, index } = said;
  const key = [address, port, addressType, fd, index].join(':');
  const server = servers.get(key) ?? new RoundRobin(key, said as unknown as Query); // child.ts said it
  servers.set(key, server);
  server.add(worker, (errno, reply) => {
    if (errno !== undefined) servers.delete(key); // others may try again
    say(worker.process, { errno: errno ?? null, key, ack: said.seq ?? 0, ...reply } as Said); // as it reads it
  });
}

/** Why this file exists: `cluster` in a worker. Node 20: lib/internal/cluster/child.js. */
import { newEmitter, type Emitter } from '../../modules/events/emitter';
import { hold, letGo } from '../../loop/watched';
import { SafeMap, SafeSet, named } from '../../primordials';
import { process } from '../../process';
import { exit } from '../../process-exit';
import type { Target } from '../ipc/part';
import {
  faultOfErrno, sharedServers, type Accepted, type FaultCode, type Listening, type Server, type ServerQuery,
} from '../net/part';
import { hearing, say, type Said } from './intercom';
import { Worker, define, newWorker, type ClusterWorker } from './worker';

interface Shared {
  readonly server: Server;
  readonly accept: (accepted: Accepted) => void;
  readonly listening: Listening;
}

const cluster = Object.assign(new newEmitter(), { worker: null }) as Emitter & { worker: ClusterWorker | null };
const shared = new SafeMap<string, Shared>();
/** How many servers of one kind there are: each has a number. */
const indexes = new SafeMap<string, { next: number; readonly used: Set<number> }>();
/** `process` with its channel. */
const toPrimary = process as unknown as Target & ClusterWorker['process'];

export function clusterOfWorker(): object {
  const { worker } = cluster;
  return Object.assign(cluster, { isWorker: true, isMaster: false, isPrimary: false, worker, Worker });
}

export function startWorker(id: number): void {
  const worker = newWorker({ id: id | 0, process: toPrimary, state: 'online' });
  cluster.worker = worker;
  process.once('disconnect', () => {
    worker.emit('disconnect');
    if (!worker.exitedAfterDisconnect) exit(0);
  });
  process.on('internalMessage', hearing((said, handle) => {
    if (said.act === 'newconn') connected(said, handle as Accepted); // the primary sends it along
    else if (said.act === 'disconnect') leave(worker, true);
  }));
  say(toPrimary, { act: 'online' });
  sharedServers.ask = askPrimary;
  define({
    disconnect() {
      if (this.state !== 'disconnecting' && this.state !== 'destroying') {
        this.state = 'disconnecting';
        leave(this, false);
      }
      return this;
    },
    destroy() {
      destroy(this);
    },
  });
}

type Told = (fault: FaultCode | undefined, listening: Listening | undefined) => void;

function askPrimary(server: Server, query: ServerQuery, accept: Shared['accept'], told: Told): void {
  const { address, port, addressType } = query;
  const kind = [address, port, addressType].join(':');
  const known = indexes.get(kind) ?? { next: 0, used: new SafeSet<number>() };
  indexes.set(kind, known);
  const index = known.next++;
  known.used.add(index);
  const asked = { act: 'queryServer', index, data: null, ...query };
  say(toPrimary, asked, {
    answered: (reply) => {
      if (reply.errno) told(faultOfErrno(reply.errno), undefined);
      else {
        const listening = listeningFor(reply, () => { forget(kind, index); });
        if (reply.key !== undefined) shared.set(reply.key, { server, accept, listening });
        told(undefined, listening);
      }
    },
  });
  server.once('listening', () => {
    if (!indexes.has(kind)) return;
    if (cluster.worker !== null) cluster.worker.state = 'listening';
    const own = server.address() as { readonly port?: number } | null; // as Node's
    say(toPrimary, { ...asked, act: 'listening', port: own?.port ?? port });
  });
}

function forget(kind: string, index: number): void {
  const known = indexes.get(kind);
  known?.used.delete(index);
  if (known?.used.size === 0) indexes.delete(kind);
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/** It stands for the primary's: it keeps the worker alive, and closing it tells the primary. */
function listeningFor({ key, sockname }: Said, forgotten: () => void): Listening {
  const name = typeof sockname === 'string' ? { address: sockname, port: -1 } : sockname;
  const { address, port } = name as Place; // the primary's
  let isOpen = true;
  const self: Listening = {
    address,
    port,
    setRef: (isRefed) => {
      if (isRefed && isOpen) hold(self);
      else letGo(self);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      letGo(self);
      if (key === undefined) return;
      say(toPrimary, { act: 'close', key });
      shared.delete(key);
      forgotten();
    },
  };
  self.setRef(true);
  return self;
}

function connected({ key = '', seq = 0 }: Said, accepted: Accepted): void {
  const found = shared.get(key);
  const most = found?.server.maxConnections;
  const isTaken = found !== undefined && !(most && found.server._connections >= most);
  if (isTaken) say(toPrimary, { ack: seq, accepted: true });
  else say(toPrimary, { ack: seq, accepted: false }, { handle: accepted });
  if (isTaken) found.accept(accepted);
}

function leave(worker: ClusterWorker, isAskedFor: boolean): void {
  worker.exitedAfterDisconnect = true;
  let waiting = 1;
  const closed = named(() => {
    if (--waiting > 0) return;
    if (isAskedFor) toPrimary.disconnect();
    else say(toPrimary, { act: 'exitedAfterDisconnect' }, { answered: () => { toPrimary.disconnect(); } });
  }, 'checkWaitingCount');
  for (const { server } of [...shared.values()]) {
    waiting++;
    server.close(closed);
  }
  shared.clear();
  closed();
}

function destroy(worker: ClusterWorker): void {
  if (worker.state === 'destroying') return;
  worker.exitedAfterDisconnect = true;
  if (!worker.isConnected()) exit(0);
  worker.state = 'destroying';
  say(toPrimary, { act: 'exitedAfterDisconnect' }, { answered: () => { toPrimary.disconnect(); } });
  process.once('disconnect', () => { exit(0); });
}


/**
 * Why this file exists: the part of the guest that brings `cluster`: a primary, or a worker of one, as the environment
 * of the process says. Node 20: lib/cluster.js.
 */
import { offerModule } from '../../modules/builtin';
import { atProcessStart } from '../../own-process';
import { clusterOfWorker, startWorker } from './child';
import { clusterOfPrimary } from './primary';

let isWorker = false;
offerModule('cluster', () => (isWorker ? clusterOfWorker() : clusterOfPrimary()));

atProcessStart(({ env, channel }) => {
  const id = env['NODE_UNIQUE_ID'];
  if (id === undefined) return;
  isWorker = true;
  if (channel !== 0) startWorker(Number(id));
});

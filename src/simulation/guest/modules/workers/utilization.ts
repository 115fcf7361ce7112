/** Why this file exists: how busy the loop of a worker is, which the host knows. Node 20: lib/internal/worker.js. */
import { ask } from '../../agents';

/** What its loop did, or did since another look; nothing where it does not run. */
export function eventLoopUtilization(thread: number | undefined, before?: Partial<Utilization>): Utilization {
  const { idle: slept = 0, active: worked = 0 } = thread === undefined ? {} : ask({ op: 'utilization', thread });
  const [idle, active] = [slept - (before?.idle ?? 0), worked - (before?.active ?? 0)];
  return { idle, active, utilization: idle + active === 0 ? 0 : active / (idle + active) };
}

export interface Utilization {
  readonly idle: number;
  readonly active: number;
  readonly utilization: number;
}

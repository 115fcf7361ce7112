/**
 * Why this file exists: when Node's start came to which point, and how busy its loop is. Node 20:
 * lib/internal/perf/nodetiming.js, event_loop_utilization.js.
 */
import { agent } from '../../agents';
import { isNodeClass } from '../../function-text';
import { loopSeen } from '../../loop/loop-seen';
import { defineProperty, named } from '../../primordials';
import { bootMs } from '../../time';
import { PerformanceEntry, now, ownKey } from './entries';

export interface Utilization {
  readonly idle: number;
  readonly active: number;
  readonly utilization: number;
}

function shared(idle: number, active: number): Utilization {
  return { idle, active, utilization: active / (idle + active) };
}

/** What the loop did; since another look; between two looks. */
export function utilization(one?: Utilization, other?: Utilization): Utilization {
  if (loopSeen.startedAt < 0) return { idle: 0, active: 0, utilization: 0 };
  if (one !== undefined && other !== undefined) return shared(one.idle - other.idle, one.active - other.active);
  const { idle } = loopSeen;
  const active = now() - loopStart() - idle;
  return shared(idle - (one?.idle ?? 0), active - (one?.active ?? 0));
}

function loopStart(): number {
  return loopSeen.startedAt < 0 ? -1 : loopSeen.startedAt - agent.startedAt + bootMs;
}

/** Modelled, as shares of the time that Node takes until the first line. */
const start = {
  nodeStart: bootMs * 0.05, v8Start: bootMs * 0.1, environment: bootMs * 0.45, bootstrapComplete: bootMs * 0.8,
};

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(ownKey, { name: 'node', entryType: 'node', startTime: 0, duration: 0, detail: undefined });
    const members: Readonly<Record<string, () => unknown>> = {
      name: () => 'node',
      entryType: () => 'node',
      startTime: () => 0,
      duration: now,
      nodeStart: () => start.nodeStart,
      v8Start: () => start.v8Start,
      environment: () => start.environment,
      loopStart,
      loopExit: () => -1,
      bootstrapComplete: () => start.bootstrapComplete,
      idleTime: () => loopSeen.idle,
    };
    for (const [name, get] of Object.entries(members))
      defineProperty(this, name, { get, enumerable: true, configurable: true });
  }

  /** In this order. */
  override toJSON(): object {
    const shown = ['name', 'entryType', 'startTime', 'duration', 'nodeStart', 'v8Start', 'bootstrapComplete', 'environment'];
    return Object.fromEntries([...shown, 'loopStart', 'loopExit', 'idleTime'].map((name) => [name, Reflect.get(this, name)]));
  }
}
isNodeClass(named(PerformanceNodeTiming, 'PerformanceNodeTiming', 0));

export const nodeTiming = new PerformanceNodeTiming();

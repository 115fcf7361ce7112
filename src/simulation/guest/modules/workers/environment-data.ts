/** Why this file exists: setEnvironmentData, for workers that start later. Node 20: lib/internal/worker.js. */
import { SafeMap } from '../../primordials';

/** A map of the language's own: it is cloned into each worker. */
export const environmentData = new Map<unknown, unknown>();
const { get, set, delete: remove } = SafeMap.prototype;

export function setEnvironmentData(key: unknown, value: unknown): void {
  if (value === undefined) Reflect.apply(remove, environmentData, [key]);
  else Reflect.apply(set, environmentData, [key, value]);
}

export function getEnvironmentData(key: unknown): unknown {
  return Reflect.apply(get, environmentData, [key]) as unknown;
}

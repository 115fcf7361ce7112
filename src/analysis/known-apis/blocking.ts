/**
 * Why this file exists: which library functions block the loop, what they cost, and what to call instead. The table is
 * data, measured once.
 */
import type { BlockingClass, CostTier, Measured } from '../flow-model/flow-model';
import table from './blocking-apis.json';

export interface BlockingApi {
  readonly module: string;
  readonly name: string;
  /** `callback-omitted` blocks only when it is called without a callback. */
  readonly form: string;
  readonly class: BlockingClass;
  readonly tier: CostTier;
  readonly instead?: string;
  readonly measured?: readonly Measured[];
  /** False: known to take time, but too often cheap to be worth a finding. */
  readonly reported?: boolean;
}

// The JSON is written with exactly these fields; a test checks every entry of it.
export const blockingApis = table as readonly BlockingApi[];

const byIdentity = new Map(blockingApis.map((api) => [`${api.module} ${api.name}`, api]));

/** The entry of a library function, by the module and dotted name that the type questions answer. */
export function blockingApi(module: string, name: string): BlockingApi | undefined {
  const exact = byIdentity.get(`${module} ${name}`);
  if (exact !== undefined || module === 'global' || module.startsWith('node:')) return exact;
  // Packages declare their types in namespaces and interfaces of their own choosing: the end of the name decides.
  const parts = name.split('.');
  return byIdentity.get(`${module} ${parts.slice(-2).join('.')}`) ?? byIdentity.get(`${module} ${parts.at(-1) ?? ''}`);
}

/** A phrase with the measured figures: `measured: 50 MB in 66 ms`; empty when nothing was measured. */
export function measuredPhrase(measured: readonly Measured[]): string {
  const first = measured[0];
  return first === undefined ? '' : `measured: ${first.arg} in ${roundMs(first.ms)}`;
}

function roundMs(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${String(Math.round(ms))} ms` : `${String(Math.round(ms * 10) / 10)} ms`;
}

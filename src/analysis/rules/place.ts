/**
 * Why this file exists: blocking matters where others wait; this decides where that is and how loud a finding there
 * may be.
 */
import type { Severity } from '../finding';
import type { CostTier } from '../flow-model/flow-model';
import type { FileSummary, FunctionSummary } from '../flow-model/summary';

/** Where a function stands: `text` goes on "inside …". */
export interface Place {
  readonly kind: 'loop' | 'start-up' | 'test';
  readonly text: string;
}

/** Where blocking would hold up the loop; undefined where nobody waits, or where nothing says that anybody does. */
export function placeOf(fn: FunctionSummary, summary: FileSummary): Place | undefined {
  if (summary.workerOnly || fn.kind === 'module' || fn.run.kind === 'inline') return undefined;
  const text = describe(fn);
  if (text === undefined) return undefined;
  if (isTestFile(summary.file)) return { kind: 'test', text };
  return { kind: fn.startUp ? 'start-up' : 'loop', text };
}

function describe(fn: FunctionSummary): string | undefined {
  if (fn.color === 'async' || fn.color === 'async-generator')
    return isUnnamed(fn) ? `this async ${fn.kind}` : `async \`${fn.name}\``;
  return fn.run.kind === 'callback' ? `a callback of \`${fn.run.taker}\`` : undefined;
}

function isUnnamed(fn: FunctionSummary): boolean {
  return fn.name.startsWith('(') || fn.name.endsWith(' callback');
}

export function isTestFile(file: string): boolean {
  return /\.(test|spec)\.[cm]?[jt]sx?$|\/__tests__\//.test(file);
}

const byTier: Readonly<Record<CostTier, Severity>> = { high: 'warning', medium: 'info', low: 'hint' };
const louder: Readonly<Record<Severity, Severity>> = {
  hint: 'info',
  info: 'warning',
  warning: 'warning',
  error: 'error',
};

/**
 * The severity of a blocking call: by its cost, one louder in a loop; while starting, or in a test, only dear calls
 * are hinted at.
 */
export function severityOf(tier: CostTier, inLoop: boolean, place: Place): Severity | undefined {
  if (place.kind !== 'loop') return tier === 'high' ? 'hint' : undefined;
  return inLoop ? louder[byTier[tier]] : byTier[tier];
}

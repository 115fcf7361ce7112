/**
 * Why this file exists: blocking matters where others wait; this decides where that is and how loud a finding there
 * may be.
 */
import type { Severity } from '../finding';
import type { CostTier } from '../flow-model/flow-model';
import type { FileSummary, FunctionSummary } from '../flow-model/summary';

/** Where a function stands: `text` goes on "inside …". */
export interface Place {
  readonly kind: 'loop' | 'start-up' | 'test' | 'script';
  readonly text: string;
}

/** Where blocking would hold up the loop; undefined where nobody waits, or where nothing says that anybody does. */
export function placeOf(fn: FunctionSummary, summary: FileSummary): Place | undefined {
  if (summary.workerOnly || fn.kind === 'module' || fn.run.kind === 'inline') return undefined;
  const text = describe(fn);
  if (text === undefined) return undefined;
  if (isTestFile(summary.file)) return { kind: 'test', text };
  // What a script does itself nobody else waits for; what it lets the loop call may still be a server.
  if (isScript(summary) && fn.run.kind !== 'callback') return { kind: 'script', text };
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

/** Started by a person or a tool, for one run: it begins with `#!`, or configures a tool. */
function isScript({ source, file }: FileSummary): boolean {
  return source.text.startsWith('#!') || /\.config\.[cm]?[jt]s$/.test(file);
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
 * The severity of a blocking call: by its cost, one louder in a loop; while starting, in a test or a script,
 * only dear calls are hinted at.
 */
export function severityOf(tier: CostTier, inLoop: boolean, place: Place): Severity | undefined {
  if (place.kind !== 'loop') return tier === 'high' ? 'hint' : undefined;
  return inLoop ? louder[byTier[tier]] : byTier[tier];
}

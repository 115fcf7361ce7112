/** Why this file exists: the flow model that everybody reads, from a file's summary and the effects across files. */
import { boundariesOf } from './boundaries';
import type { Effects } from './effects';
import type { FlowModel } from './flow-model';
import type { FileSummary } from './summary';

/** `check` is called before each function; it may throw to stop. */
export function buildModel(summary: FileSummary, effects: Effects, check: () => void): FlowModel {
  const functions = summary.functions
    .filter((fn) => !fn.implicit)
    .map((fn) => {
      check();
      const { file, kind, name, range, nameRange, color, awaits } = fn;
      const boundaries = boundariesOf(fn, summary, effects);
      return { file, kind, name, range, nameRange, color, awaits, boundaries, effects: effects.of(fn, summary.engine) };
    });
  return { file: summary.file, functions };
}

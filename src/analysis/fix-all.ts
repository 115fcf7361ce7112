/**
 * Why this file exists: harmless fixes may be applied together and without asking; this chooses those that do not get
 * in each other's way. What is left over is found again in the next round.
 */
import type { FileEdit, Finding, Fix } from './finding';

/** The edits of all harmless fixes of one file's findings, in the order of the text. */
export function harmlessEdits(findings: readonly Finding[]): readonly FileEdit[] {
  const taken: FileEdit[] = [];
  for (const finding of findings) {
    const edits = finding.fixes.find((fix) => isHarmless(fix, finding.file))?.edits ?? [];
    if (!edits.some((edit) => taken.some((other) => touch(edit, other)))) taken.push(...edits);
  }
  return taken.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
}

function isHarmless(fix: Fix, file: string): boolean {
  return fix.harmless === true && fix.edits.every((edit) => edit.file === file);
}

/** Edits that meet at one offset may depend on their order, so they count as touching. */
function touch(a: FileEdit, b: FileEdit): boolean {
  return a.range.start <= b.range.end && b.range.start <= a.range.end;
}

/** A text with edits applied that do not overlap. */
export function edited(text: string, edits: readonly FileEdit[]): string {
  const fromTheEnd = edits.toSorted((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  return fromTheEnd.reduce((result, { range, newText }) => {
    return result.slice(0, range.start) + newText + result.slice(range.end);
  }, text);
}

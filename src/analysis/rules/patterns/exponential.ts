/**
 * Why this file exists: the only importer of the analysis of regular expressions (`scslre`, which linters use too). It
 * answers whether a pattern backtracks exponentially; polynomial patterns are too often harmless to be told.
 */
import { analyse } from 'scslre';

/** Patterns repeat, and one analysis takes up to some milliseconds. */
const known = new Map<string, string | undefined>();

/** The part of a literal (`/…/flags`) that repeats itself in exponentially many ways; undefined when none is known. */
export function exponentialPart(literal: string): string | undefined {
  if (!known.has(literal)) known.set(literal, partOf(literal));
  return known.get(literal);
}

function partOf(literal: string): string | undefined {
  const end = literal.lastIndexOf('/');
  try {
    const { reports } = analyse(
      { source: literal.slice(1, end), flags: literal.slice(end + 1) },
      { reportTypes: { Move: false } },
    );
    const report = reports.find((each) => each.exponential);
    if (report === undefined || report.type === 'Move') return undefined;
    return report.type === 'Self' ? report.parentQuant.raw : report.endQuant.raw;
  } catch {
    // What the library cannot parse is the language's own error, or newer than the library.
    return undefined;
  }
}

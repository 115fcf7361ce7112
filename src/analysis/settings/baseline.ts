/**
 * Why this file exists: code that is there already may keep its findings for a while; a baseline lists them, so that
 * only new ones are told. A finding is known by file, rule and the text of its line, so that it may move.
 */
import { lineStarts, positionAt } from '../../base/text';
import type { Finding } from '../finding';
import { directoryOf } from '../types/config';
import { relativeTo, resolvedFrom } from './relative-paths';

export const baselineFileName = 'loopscope-baseline.json';

/** How many findings of a rule on lines of this text are known in a file. */
interface Known {
  readonly file: string;
  readonly rule: string;
  readonly line: string;
  readonly count: number;
}

/** By `file`, absolute, what is known in it. */
export type Baseline = ReadonlyMap<string, readonly Known[]>;

export const emptyBaseline: Baseline = new Map();

/** A baseline, or one line that says why it cannot be used. */
export function readBaseline(path: string, text: string | undefined): Baseline | string {
  if (text === undefined) return `Cannot find the baseline ${path}; --write-baseline writes one.`;
  const known = entriesOf(text);
  if (known === undefined) return `Cannot use the baseline ${path}; write it anew with --write-baseline.`;
  const byFile = new Map<string, Known[]>();
  for (const each of known) {
    const file = resolvedFrom(directoryOf(path), each.file);
    byFile.set(file, [...(byFile.get(file) ?? []), each]);
  }
  return byFile;
}

function entriesOf(text: string): readonly Known[] | undefined {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('version' in json) || json.version !== 1) return undefined;
    return 'findings' in json && Array.isArray(json.findings) && json.findings.every(isKnown) ? json.findings : undefined;
  } catch {
    return undefined;
  }
}

function isKnown(json: unknown): json is Known {
  if (typeof json !== 'object' || json === null) return false;
  // Each field is looked at before it is believed.
  const { file, rule, line, count } = json as Partial<Record<keyof Known, unknown>>;
  return [file, rule, line].every((each) => typeof each === 'string') && typeof count === 'number';
}

/** The findings of one file that a baseline does not know; of several alike, the first ones count as known. */
export function newFindings(findings: readonly Finding[], text: string, baseline: Baseline): readonly Finding[] {
  const file = findings[0]?.file;
  const known = file === undefined ? undefined : baseline.get(file);
  if (known === undefined) return findings;
  const left = new Map(known.map((each) => [keyOf(each.rule, each.line), each.count]));
  const lineOf = lineReader(text);
  return findings.filter((finding) => {
    const key = keyOf(finding.rule, lineOf(finding));
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** The text of a baseline at `path` that knows these findings; files are written relative to it. */
export function baselineText(path: string, findings: readonly Finding[], textOf: (file: string) => string): string {
  const directory = directoryOf(path);
  const known = new Map<string, Known>();
  const readers = new Map<string, (finding: Finding) => string>();
  for (const finding of findings) {
    const { file, rule } = finding;
    const lineOf = readers.get(file) ?? lineReader(textOf(file));
    readers.set(file, lineOf);
    const line = lineOf(finding);
    const key = `${file}\n${keyOf(rule, line)}`;
    known.set(key, { file: relativeTo(directory, file), rule, line, count: (known.get(key)?.count ?? 0) + 1 });
  }
  const sorted = [...known.values()].sort((a, b) => {
    return compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.line, b.line);
  });
  return `${JSON.stringify({ version: 1, findings: sorted }, undefined, 2)}\n`;
}

function lineReader(text: string): (finding: Finding) => string {
  const starts = lineStarts(text);
  return ({ range }) => {
    const { line } = positionAt(starts, range.start);
    return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).trim();
  };
}

function keyOf(rule: string, line: string): string {
  return `${rule} ${line}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

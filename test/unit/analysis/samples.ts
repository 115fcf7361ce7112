/** Why this file exists: tests of the analysis give it texts; this opens them as files of a small strict project. */
import path from 'node:path';
import type { Finding } from '../../../src/analysis/finding';
import { type FileAnalysis, openProject, type Project } from '../../../src/analysis/project';
import { lineStarts, positionAt } from '../../../src/base/text';

export const fixtures = path.resolve('test/fixtures/rules').replaceAll('\\', '/');

/** Texts by name, as if they lay beside the rule fixtures. */
export function projectOf(texts: Readonly<Record<string, string>>): Project {
  const project = openProject({ root: fixtures, tsconfig: `${fixtures}/tsconfig.json` });
  for (const [name, text] of Object.entries(texts)) project.update(fileOf(name), text);
  return project;
}

export function fileOf(name: string): string {
  return `${fixtures}/${name}`;
}

let shared: Project | undefined;

/** One project for all who look at one text at a time, because opening costs more than a second. */
export function sharedProject(text: string, name = 'sample.ts'): Project {
  shared ??= projectOf({});
  shared.update(fileOf(name), text);
  return shared;
}

/** The analysis of one text. */
export function analyse(text: string, name = 'sample.ts'): FileAnalysis {
  return sharedProject(text, name).analyse(fileOf(name));
}

/** Lines (from 1) of findings. */
export function linesOf(text: string, findings: readonly Finding[]): readonly number[] {
  const starts = lineStarts(text);
  return findings.map((finding) => positionAt(starts, finding.range.start).line);
}

/** The text with a fix applied to it. */
export function applied(text: string, file: string, fix: Finding['fixes'][number] | undefined): string {
  const edits = (fix?.edits ?? [])
    .filter((edit) => edit.file === file)
    .toSorted((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  return edits.reduce(
    (result, { range, newText }) => result.slice(0, range.start) + newText + result.slice(range.end),
    text,
  );
}

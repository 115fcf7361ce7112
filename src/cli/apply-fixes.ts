/** Why this file exists: `check --fix` applies the harmless fixes of a file until none is left. */
import { readFileSync, writeFileSync } from 'node:fs';
import { edited, harmlessEdits } from '../analysis/fix-all';
import type { FileAnalysis, Project } from '../analysis/project-options';

/** One fix may make room for another; two that undo each other must end too. */
const rounds = 10;

export interface Fixed {
  /** Of the text as it is now. */
  readonly analysis: FileAnalysis;
  readonly changed: boolean;
}

/** Writes the file when something was fixed. A file that does not parse is left alone. */
export function applyFixes(file: string, project: Project): Fixed {
  let analysis = project.analyse(file);
  const written = readFileSync(file, 'utf8');
  // The analysis counts without the byte order mark.
  const mark = written.startsWith('\uFEFF') ? '\uFEFF' : '';
  let text = written.slice(mark.length);
  const before = text;
  for (let round = 0; round < rounds && analysis.syntaxProblems.length === 0; round += 1) {
    const edits = harmlessEdits(analysis.findings);
    if (edits.length === 0) break;
    text = edited(text, edits);
    project.update(file, text);
    analysis = project.analyse(file);
  }
  if (text !== before) writeFileSync(file, mark + text);
  return { analysis, changed: text !== before };
}

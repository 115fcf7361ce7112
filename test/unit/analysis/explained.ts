/** Why this file exists: tests of hovers mark the place that they ask about in the text. */
import assert from 'node:assert/strict';
import type { Explanation } from '../../../src/analysis/explain/explanation';
import { fileOf, sharedProject } from './samples';

/** Explains the place marked `|` in a text. */
export function explained(marked: string): Explanation {
  const offset = marked.indexOf('|');
  const project = sharedProject(marked.replace('|', ''));
  const explanation = project.explain(fileOf('sample.ts'), offset, { linkTo: (range) => `go:${String(range.start)}` });
  assert.ok(explanation !== undefined, 'nothing explained');
  return explanation;
}

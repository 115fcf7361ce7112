/** Why this file exists: a project opened for its findings alone asks the checker less, and finds the same. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { openProject, type Project } from '../../../src/analysis/project';
import { fileOf, fixtures } from './samples';

describe('a project opened for findings only', () => {
  const files = readdirSync(fixtures).filter((name) => /\.[cm]?[jt]sx?$/.test(name) && !name.endsWith('.d.ts')).map(fileOf);

  it('finds what any other finds', () => {
    function found(onlyFindings: boolean): readonly unknown[] {
      const project: Project = openProject({ root: fixtures, tsconfig: `${fixtures}/tsconfig.json`, onlyFindings });
      project.prepareAll(files, { forFindings: true }, () => undefined);
      const findings = files.map((file) => project.analyse(file).findings);
      project.dispose();
      return findings;
    }
    assert.deepEqual(found(true), found(false));
  });
});

/**
 * Why this file exists: every fix of every finding in the fixtures leaves code that has no new errors and no longer has
 * the finding; and applying the preferred ones again and again comes to an end.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Finding, Fix } from '../../../src/analysis/finding';
import { readConfig } from '../../../src/analysis/types/config';
import { applied, fileOf, fixtures, projectOf } from './samples';

const { options } = readConfig(`${fixtures}/tsconfig.json`);

/** The errors that the type checker has about texts of one file. */
function openChecker(file: string): (text: string) => readonly string[] {
  let [text, version] = ['', 0];
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false }),
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : '0'),
    getScriptSnapshot: (name) => {
      const found = name === file ? text : ts.sys.readFile(name);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => fixtures,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  }, registry);
  return (given) => {
    text = given;
    version += 1;
    const found = [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)];
    const messages = found.map((each) => ts.flattenDiagnosticMessageText(each.messageText, ' '));
    // What a fixture has wrong on purpose a fix may mend.
    return messages.filter((message) => !message.startsWith("Unused '@ts-expect-error'"));
  };
}

const registry = ts.createDocumentRegistry();

describe('fixes of the fixtures', function () {
  this.timeout(120_000);
  const project = projectOf({});
  after(() => {
    project.dispose();
  });

  function findingsOf(file: string, text: string, rule: string): readonly Finding[] {
    project.update(file, text);
    return project.analyse(file).findings.filter((finding) => finding.rule === rule);
  }

  const names = readdirSync(fixtures).filter((name) => /\.tsx?$/.test(name));
  for (const name of names) {
    const rule = name.replace(/\.tsx?$/, '');
    const file = fileOf(name);
    const text = readFileSync(file, 'utf8');

    it(`${name}: each leaves no error and takes its finding away`, () => {
      const errorsOf = openChecker(file);
      const before = new Set(errorsOf(text));
      const findings = findingsOf(file, text, rule);
      const seen = new Set<string>();
      for (const finding of findings) {
        for (const fix of finding.fixes) {
          const after = applied(text, file, fix);
          const key = `${fix.title} ${after.slice(finding.range.start, finding.range.start + 40)}`;
          if (seen.has(key)) continue;
          seen.add(key);
          const what = `${fix.title}\n${after}`;
          assert.deepEqual(errorsOf(after).filter((error) => !before.has(error)), [], what);
          assert.ok(findingsOf(file, after, rule).length < findings.length, what);
        }
      }
      project.update(file, undefined);
    });

    it(`${name}: the preferred ones come to an end`, () => {
      let current = text;
      for (let turn = 0; ; turn += 1) {
        const fix = findingsOf(file, current, rule).map(preferred).find((each) => each !== undefined);
        if (fix === undefined) break;
        const next = applied(current, file, fix);
        assert.notEqual(next, current);
        assert.ok(turn < 200, current);
        current = next;
      }
      project.update(file, undefined);
    });
  }
});

function preferred({ fixes }: Finding): Fix | undefined {
  return fixes.find((fix) => fix.preferred === true);
}

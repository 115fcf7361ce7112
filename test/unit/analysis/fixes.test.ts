/**
 * Why this file exists: a fix leaves the code as a person would have written it, still compiling, and the finding
 * gone.
 */
import assert from 'node:assert/strict';
import ts from 'typescript';
import { analyse, applied, fileOf, fixtures } from './samples';

/** Applies the preferred fix (or the one titled so) of the first finding. */
function fixed(text: string, title?: string): string {
  const [finding] = analyse(text).findings;
  const fix = finding?.fixes.find((each) => (title === undefined ? each.preferred === true : each.title === title));
  assert.ok(fix !== undefined, `no fix among ${JSON.stringify(finding?.fixes.map((each) => each.title))}`);
  return applied(text, fileOf('sample.ts'), fix);
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
};
const libraries = new Map<string, ts.SourceFile | undefined>();

/** The errors that the type checker has about a text; the libraries are parsed once for all tests. */
function errorsOf(text: string): readonly string[] {
  const file = `${fixtures}/compiled.ts`;
  const host = ts.createCompilerHost(options);
  const disk = ts.createCompilerHost(options);
  host.fileExists = (name) => name === file || disk.fileExists(name);
  host.getSourceFile = (name, language) => {
    if (name === file) return ts.createSourceFile(name, text, language);
    if (!libraries.has(name)) libraries.set(name, disk.getSourceFile(name, language));
    return libraries.get(name);
  };
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map((each) => ts.flattenDiagnosticMessageText(each.messageText, ' '));
}

function becomes(before: string, after: string, title?: string): void {
  assert.equal(fixed(before, title), after);
  assert.deepEqual(errorsOf(after), []);
}

const save = 'export async function save(): Promise<number> { return 1; }\n';

describe('fixes', function () {
  this.timeout(60_000);

  it('awaits where the function is async', () => {
    becomes(
      `${save}export async function f() {\n  save();\n}`,
      `${save}export async function f() {\n  await save();\n}`,
    );
  });

  it('keeps precedence', () => {
    const before = `${save}export async function f(on: boolean) {\n  on && save();\n}`;
    becomes(before, `${save}export async function f(on: boolean) {\n  on && await save();\n}`);
  });

  it('makes a private function async where every caller can await it', () => {
    const before = `${save}export async function f() {\n  g();\n}\nfunction g(): void {\n  save();\n}`;
    becomes(
      before,
      `${save}export async function f() {\n  await g();\n}\nasync function g(): Promise<void> {\n  await save();\n}`,
    );
  });

  it('leaves a function alone whose callers cannot wait', () => {
    const text = `${save}export function f() {\n  g();\n}\nfunction g() {\n  save();\n}`;
    const titles = analyse(text).findings[0]?.fixes.map((fix) => fix.title);
    assert.deepEqual(titles, ['Catch the rejection with .catch(console.error)', 'Mark as not awaited with void']);
    becomes(text, text.replace('  save();', '  save().catch(console.error);'), titles[0]);
    becomes(text, text.replace('  save();', '  void save();'), titles[1]);
  });

  it('waits for all of an array', () => {
    const before = `${save}export async function f(all: number[]) {\n  all.map(() => save());\n}`;
    becomes(before, `${save}export async function f(all: number[]) {\n  await Promise.all(all.map(() => save()));\n}`);
  });

  it('takes the asynchronous twin and imports it', () => {
    becomes(
      "import { readFileSync } from 'node:fs';\nexport async function f(p: string) {\n  return readFileSync(p, 'utf8').length;\n}",
      "import { readFileSync } from 'node:fs';\nimport { readFile } from 'node:fs/promises';\nexport async function f(p: string) {\n  return (await readFile(p, 'utf8')).length;\n}",
    );
  });

  it('adds to an import that is there, and goes round a name that is taken', () => {
    becomes(
      "import { readFile, readFileSync } from 'node:fs';\nimport { stat } from 'node:fs/promises';\nexport async function f(p: string) {\n  return [readFileSync(p), stat, readFile];\n}",
      "import { readFile, readFileSync } from 'node:fs';\nimport { stat, readFile as readFileAsync } from 'node:fs/promises';\nexport async function f(p: string) {\n  return [await readFileAsync(p), stat, readFile];\n}",
    );
  });

  it('goes through the namespace', () => {
    becomes(
      "import * as fs from 'fs';\nexport async function f(p: string) {\n  fs.writeFileSync(p, '');\n}",
      "import * as fs from 'fs';\nexport async function f(p: string) {\n  await fs.promises.writeFile(p, '');\n}",
    );
  });

  it('offers nothing where the twin differs or await cannot stand', () => {
    const texts = [
      "import { existsSync } from 'fs';\nexport async function f(p: string) {\n  return existsSync(p);\n}",
      "import { readFileSync } from 'fs';\nexport async function f(all: string[]) {\n  return all.map((p) => readFileSync(p));\n}",
      "import { readFileSync } from 'fs';\nexport async function f() {\n  return readFileSync(0);\n}",
    ];
    for (const text of texts)
      assert.deepEqual(
        analyse(text).findings.map((finding) => finding.fixes),
        [[]],
      );
  });
});

/** Why this file exists: a second start must answer as the first did, whatever changed or broke in between. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openProject, type Project } from '../../../src/analysis/project';
import { freshFiles } from '../../../src/analysis/types/cache/fresh-files';
import type { KeptFile } from '../../../src/analysis/types/cache/kept';
import { Workspace } from '../../../src/analysis/types/workspace';

const load = 'export async function load(): Promise<number> { return 1; }\n';
const use = "import { load } from './load';\nexport async function use() {\n  load();\n}\n";
const other = 'export const other = 1;\n';

describe('what is kept between two starts', () => {
  let root: string;
  let cacheDirectory: string;

  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-cache-'))).replaceAll('\\', '/');
    cacheDirectory = `${root}/kept`;
    mkdirSync(`${root}/src`);
    const compilerOptions = { strict: true, module: 'esnext', moduleResolution: 'bundler', target: 'es2022', types: [] };
    write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['src'] }));
    write('src/load.ts', load);
    write('src/use.ts', use);
    write('src/other.ts', other);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  function write(name: string, text: string): void {
    writeFileSync(`${root}/${name}`, text);
  }

  function keptFile(): string {
    return `${cacheDirectory}/${readdirSync(cacheDirectory)[0] ?? ''}`;
  }

  function open(): Project {
    return openProject({ root, tsconfig: `${root}/tsconfig.json`, cacheDirectory, engine: 'typescript-6' });
  }

  /** Rules found in the three files, by a project that is opened and closed. */
  function findings(): readonly string[] {
    const project = open();
    try {
      return project.files().flatMap((file) =>
        project.analyse(file).findings.map(({ rule }) => `${path.basename(file)} ${rule}`),
      );
    } finally {
      project.dispose();
    }
  }

  /** Whether the type checker is started for the files as they are. */
  function asksTheChecker(): boolean {
    const text = readFileSync(keptFile(), 'utf8');
    findings();
    return readFileSync(keptFile(), 'utf8') !== text;
  }

  it('answers the same, without asking again', () => {
    const first = findings();
    assert.deepEqual(first, ['use.ts floating-promise']);
    assert.deepEqual(findings(), first);
    assert.equal(asksTheChecker(), false);
  });

  it('sees an edit of a file, and of one that it imports', () => {
    findings();
    write('src/load.ts', 'export function load(): number { return 1; }\n');
    assert.deepEqual(findings(), []);
    write('src/load.ts', load);
    assert.deepEqual(findings(), ['use.ts floating-promise']);
    write('src/other.ts', 'async function f() {}\nexport async function g() { f(); }\n');
    assert.deepEqual(findings(), ['other.ts floating-promise', 'use.ts floating-promise']);
  });

  it('sees unsaved texts over what is kept', () => {
    findings();
    const project = open();
    project.update(`${root}/src/load.ts`, 'export function load(): number { return 1; }\n');
    assert.deepEqual(project.analyse(`${root}/src/use.ts`).findings, []);
    project.update(`${root}/src/load.ts`, undefined);
    assert.equal(project.analyse(`${root}/src/use.ts`).findings.length, 1);
    project.dispose();
    assert.deepEqual(findings(), ['use.ts floating-promise']);
  });

  it('sees new options', () => {
    findings();
    write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'esnext', moduleResolution: 'bundler', types: [] }, include: ['src'] }));
    assert.equal(asksTheChecker(), true);
  });

  it('survives what is broken, cut short or of another version', () => {
    const first = findings();
    const text = readFileSync(keptFile(), 'utf8');
    for (const broken of ['', '{', text.slice(0, -10), text.replace('"rows"', '"rowz"'), text.replace(/[0-9]/, 'x'), 'null\nnull']) {
      writeFileSync(keptFile(), broken);
      assert.deepEqual(findings(), first);
    }
    assert.equal(asksTheChecker(), false);
  });

  it('knows a file only as long as its text is the one that was asked about', () => {
    findings();
    const workspace = new Workspace({ root, tsconfig: `${root}/tsconfig.json`, cacheDirectory, engine: 'typescript-6' });
    assert.equal(workspace.knows(`${root}/src/use.ts`), true);
    workspace.update(`${root}/src/load.ts`, 'export {};\n');
    assert.equal(workspace.knows(`${root}/src/use.ts`), false);
    assert.equal(workspace.knows(`${root}/src/other.ts`), true);
    workspace.dispose();
  });
});

describe('files that may be answered from what was kept', () => {
  const file = (imports: readonly string[], rest: Partial<KeptFile> = {}): KeptFile => ({
    digest: 'same',
    isModule: true,
    isGlobal: false,
    imports,
    specifiers: imports.map((name) => name.slice(1)),
    answers: {},
    ...rest,
  });
  const kept = { '/a': file(['/b']), '/b': file(['/c']), '/c': file([]), '/d': file([], { specifiers: ['new'] }) };

  function fresh(changed: readonly string[], now = Object.keys(kept)): readonly string[] {
    return [...freshFiles(kept, now, (name) => (changed.includes(name) ? 'other' : 'same'))].toSorted();
  }

  it('are those that nothing changed for', () => {
    assert.deepEqual(fresh([]), ['/a', '/b', '/c', '/d']);
    assert.deepEqual(fresh(['/b']), ['/c', '/d']);
    assert.deepEqual(fresh(['/c']), ['/d']);
  });

  it('are not those that an added file may be imported by', () => {
    assert.deepEqual(fresh([], [...Object.keys(kept), '/x/new.ts']), ['/a', '/b', '/c']);
    assert.deepEqual(fresh([], [...Object.keys(kept), '/new/index.ts']), ['/a', '/b', '/c']);
  });

  it('are none when what everybody sees changed', () => {
    const global = { ...kept, '/g': file([], { isGlobal: true }) };
    assert.equal(freshFiles(global, [], (name) => (name === '/g' ? 'other' : 'same')).size, 0);
  });
});

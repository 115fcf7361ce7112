/**
 * Why this file exists: both engines give equal answers to every question that we ask, so that it does not matter which
 * one answers; and when the native one fails, nothing is lost.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import { collectQuestions } from '../../../src/analysis/flow-model/collect-questions';
import { collectSites } from '../../../src/analysis/flow-model/sites';
import { openProject, ProjectError } from '../../../src/analysis/project';
import { readConfig } from '../../../src/analysis/types/config';
import { folderVariable } from '../../../src/analysis/types/native/locate';
import { Watchdog } from '../../../src/analysis/types/native/watchdog';
import { Engines } from '../../../src/analysis/types/open-engine';
import {
  type EngineChoice, type FileAnswers, type FileQuestions, questionKinds, type TypeEngine,
} from '../../../src/analysis/types/questions';
import { samples } from './engine-samples';
import { fileOf, fixtures } from './samples';

const repository = path.resolve('.').replaceAll('\\', '/');
const ownFiles = [
  'src/analysis/project.ts', 'src/analysis/types/typescript-6.ts', 'src/cli/check.ts', 'src/player/main.tsx',
  'src/server/serve.ts', 'src/simulation/lower/lower-file.ts', 'src/simulator/worker.ts', 'src/trace/trace.ts',
];

describe('engines', () => {
  const opened: Engines[] = [];
  afterEach(() => {
    for (const engines of opened.splice(0)) engines.dispose();
  });

  function open(choice: EngineChoice, tsconfig = `${fixtures}/tsconfig.json`): { engine: TypeEngine; pid: number } {
    const config = readConfig(tsconfig);
    const engines = new Engines(config.directory, choice);
    opened.push(engines);
    const engine = engines.open(config);
    return { engine, pid: engines.serverPid ?? 0 };
  }

  /** Every file's answers by both engines, each under its question as text. */
  function assertEqualAnswers(one: TypeEngine, other: TypeEngine, files: readonly string[], all = false): number {
    let asked = 0;
    for (const file of files) {
      const second = answersIn(other, file, all);
      const first = asFarAsAsked(answersIn(one, file, all), second);
      assert.deepEqual(first, asFarAsAsked(second, second), file);
      asked += first.size;
    }
    return asked;
  }

  it('TypeScript 7 is installed and answers by default', () => {
    assert.equal(open('auto').engine.id, 'typescript-7');
  });

  it('agree on the fixtures of the rules', function () {
    this.timeout(120_000);
    const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const asked = assertEqualAnswers(
      open('typescript-6').engine, open('typescript-7').engine, files.map((name) => fileOf(name.replaceAll('\\', '/'))),
    );
    assert.ok(asked > 250, String(asked));
  });

  it('agree on our own source', function () {
    this.timeout(60_000);
    const tsconfig = `${repository}/tsconfig.json`;
    const files = ownFiles.map((file) => `${repository}/${file}`);
    const asked = assertEqualAnswers(open('typescript-6', tsconfig).engine, open('typescript-7', tsconfig).engine, files);
    assert.ok(asked > 1000, String(asked));
  });

  for (const [name, text] of Object.entries(samples)) {
    it(`agree on ${name}, and on the type of every expression of it`, () => {
      const [one, other] = [open('typescript-6').engine, open('auto').engine];
      for (const engine of [one, other]) {
        engine.update(fileOf(name), text);
        engine.add(fileOf(name));
      }
      const [first, second] = [answersIn(one, fileOf(name), true), new Map(answersIn(other, fileOf(name), true))];
      // The server fails at some types, which stay unknown while they are few.
      const lost = [...second].filter(([question, answer]) => answer === 'none' && first.get(question) !== 'none');
      assert.ok(name === 'tuples.ts' ? lost.length < 10 : lost.length === 0, String(lost.length));
      for (const [question] of lost) second.set(question, first.get(question) ?? '');
      assert.deepEqual(first, second);
      assert.ok(first.size > 10);
      assert.equal(other.id, 'typescript-7');
    });
  }

  it('TypeScript 6 answers for what functions construct in JavaScript, which TypeScript 7 does not know', () => {
    const text = 'function Old() { this.value = Promise.resolve(1); }\nnew Old().value;\nnew Old();';
    function promise(choice: EngineChoice): string | undefined {
      const { engine } = open(choice);
      engine.update(fileOf('old.js'), text);
      engine.add(fileOf('old.js'));
      const answer = answersIn(engine, fileOf('old.js')).get('types 52 PropertyAccessExpression new Old().value') ?? '';
      return /"promise":"(\w+)"/.exec(answer)?.[1];
    }
    assert.deepEqual([promise('typescript-6'), promise('auto'), promise('typescript-7')], ['yes', 'yes', 'unknown']);
  });

  it('agree after each edit, of the file and of what it imports', () => {
    const [one, other] = [open('typescript-6').engine, open('typescript-7').engine];
    const edits: readonly [string, string | undefined][] = [
      ['user.ts', "import { load } from './made';\nexport function use() { load(); return load(); }"],
      ['made.ts', 'export function load(): number { return 1; }'],
      ['made.ts', 'export async function load(): Promise<number> { return 1; }'],
      ['made.ts', 'export const load = 1;'],
      ['made.ts', undefined],
      ['made.ts', 'export function load(): void {}'],
    ];
    for (const engine of [one, other]) engine.add(fileOf('user.ts'));
    for (const [name, text] of edits) {
      for (const engine of [one, other]) engine.update(fileOf(name), text);
      assertEqualAnswers(one, other, [fileOf('user.ts')]);
      assert.equal(one.knows(fileOf('made.ts')), other.knows(fileOf('made.ts')), String(text));
    }
  });

  it('what the server fails at stays unknown; when it fails often TypeScript 6 answers, and the server lives on', () => {
    const name = 'tuples.ts';
    const { engine, pid } = open('auto');
    const direct = open('typescript-7').engine;
    function lostOf(each: TypeEngine, text: string): number {
      each.update(fileOf(name), text);
      each.add(fileOf(name));
      return [...answersIn(each, fileOf(name), true).values()].filter((answer) => answer === 'none').length;
    }
    const once = samples[name] ?? '';
    const lost = lostOf(direct, once);
    assert.ok(lost > 0, 'The server no longer fails at these types: this test needs others.');
    assert.equal(lostOf(engine, once), lost);
    const often = Array.from({ length: 20 }, (_, n) => once.replaceAll(/\b([fg])\b/g, `$1${String(n)}`)).join('');
    assert.equal(lostOf(engine, often), 0);
    assert.equal(engine.id, 'typescript-7');
    assert.doesNotThrow(() => process.kill(pid, 0));
  });

  for (const [when, wait] of [['while it is asked', false], ['between two questions', true]] as const) {
    it(`a server killed ${when} loses nothing`, async () => {
      const { engine, pid } = open('auto');
      const text = "import { load } from './made';\nexport function use() { load(); }";
      engine.add(fileOf('user.ts'));
      engine.update(fileOf('user.ts'), text);
      engine.update(fileOf('made.ts'), 'export async function load(): Promise<number> { return 1; }');
      const before = answersIn(engine, fileOf('user.ts'));
      const tree = engine.sourceFile(fileOf('user.ts'));
      assert.ok(tree);
      const questions = questionsIn(tree, false);
      process.kill(pid, 'SIGKILL');
      if (wait) await new Promise((resolve) => setTimeout(resolve, 200));
      // The nodes are of the tree from before.
      for (const [question, answer] of asText(questions, engine.ask(fileOf('user.ts'), questions)))
        assert.equal(answer, before.get(question), question);
      assert.equal(engine.id, 'typescript-6');
      assert.deepEqual(answersIn(engine, fileOf('user.ts')), before);
      engine.update(fileOf('made.ts'), 'export function load(): void {}');
      const call = [...answersIn(engine, fileOf('user.ts'))].find(([question]) => question.startsWith('types'));
      assert.match(call?.[1] ?? '', /"promise":"no"/);
    });
  }

  it('a server that never answers is ended', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    const watchdog = new Watchdog(child.pid, 300);
    watchdog.watching(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500));
    await once(child, 'exit');
    assert.equal(child.signalCode, 'SIGKILL');
    watchdog.dispose();
  });

  it('without the binary TypeScript 6 answers', () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'loopscope-'));
    process.env[folderVariable] = empty;
    try {
      assert.equal(open('auto').engine.id, 'typescript-6');
      assert.throws(() => open('typescript-7'), ProjectError);
      const project = openProject({ root: fixtures, tsconfig: `${fixtures}/tsconfig.json` });
      assert.ok(project.analyse(fileOf('floating-promise.ts')).findings.length > 0);
      project.dispose();
    } finally {
      Reflect.deleteProperty(process.env, folderVariable);
      rmSync(empty, { recursive: true });
    }
  });

  it('find the same in the fixtures of the rules', function () {
    this.timeout(120_000);
    const [one, other] = (['typescript-6', 'typescript-7'] as const).map((engine) => {
      const project = openProject({ root: fixtures, tsconfig: `${fixtures}/tsconfig.json`, engine });
      // The count of readings goes on from one project to the next.
      const found = project.files().map((file) => ({ ...project.analyse(file), implementations: 0 }));
      project.dispose();
      return found;
    });
    assert.ok(one && one.length >= 4);
    assert.deepEqual(other, one);
  });
});

/** What is asked of a file, and with `all` the type of every expression in it. */
function questionsIn(tree: ts.SourceFile, all: boolean): FileQuestions {
  const questions = collectQuestions(collectSites(tree), true);
  return all ? { ...questions, types: [...new Set([...questions.types, ...expressionsIn(tree)])] } : questions;
}

function expressionsIn(tree: ts.SourceFile): readonly ts.Expression[] {
  const found: ts.Expression[] = [];
  function visit(node: ts.Node): void {
    if (ts.isTypeNode(node)) return;
    const named = ts.isIdentifier(node) && !ts.isExpressionStatement(node.parent) && !ts.isCallExpression(node.parent);
    if (ts.isExpression(node) && !named && !ts.isOmittedExpression(node)) found.push(node);
    ts.forEachChild(node, visit);
  }
  visit(tree);
  return found;
}

/** TypeScript 7 is not asked which function is handed over where no function can be. */
function asFarAsAsked(answers: ReadonlyMap<string, string>, asked: ReadonlyMap<string, string>): Map<string, string> {
  const isAsked = (question: string): boolean => !question.startsWith('values ') || asked.get(question) !== 'none';
  return new Map([...answers].filter(([question]) => isAsked(question)));
}

function answersIn(engine: TypeEngine, file: string, all = false): ReadonlyMap<string, string> {
  const tree = engine.sourceFile(file);
  assert.ok(tree, file);
  const questions = questionsIn(tree, all);
  const found = new Map(asText(questions, engine.ask(file, questions)));
  found.set('imports', [...engine.imports(file)].sort().join());
  found.set('is a module', String(ts.isExternalModule(tree)));
  found.set('syntax', engine.syntaxProblems(file).map(({ start, code }) => `${String(start)} ${String(code)}`).join());
  return found;
}

function asText(questions: FileQuestions, answers: FileAnswers): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const kind of questionKinds) {
    for (const node of questions[kind]) {
      const question = `${kind} ${String(node.getStart())} ${ts.SyntaxKind[node.kind]} ${node.getText().slice(0, 60)}`;
      const answer = answers[kind].get(node);
      found.set(question, answer === undefined ? 'none' : JSON.stringify(answer));
    }
  }
  return found;
}

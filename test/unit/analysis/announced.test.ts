/** Why this file exists: files are announced before they are read; that changes when they are asked, and no answer. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { collectQuestions } from '../../../src/analysis/flow-model/collect-questions';
import { collectSites } from '../../../src/analysis/flow-model/sites';
import { openProject, type Project } from '../../../src/analysis/project';
import { readConfig } from '../../../src/analysis/types/config';
import { Engines } from '../../../src/analysis/types/open-engine';
import { type FileAnswers, type FileQuestions, questionKinds, type TypeEngine } from '../../../src/analysis/types/questions';
import { fileOf, fixtures } from './samples';

const names = readdirSync(fixtures).filter((name) => name.endsWith('.ts')).slice(0, 30);
const files = names.map(fileOf);

describe('announced questions', () => {
  const opened: Engines[] = [];
  afterEach(() => {
    for (const engines of opened.splice(0)) engines.dispose();
  });

  function open(): TypeEngine {
    const config = readConfig(`${fixtures}/tsconfig.json`);
    const engines = new Engines(config.directory, 'auto');
    opened.push(engines);
    return engines.open(config);
  }

  it('have the answers that they have unannounced', () => {
    const [one, other] = [open(), open()];
    const questions = files.map((file) => questionsOf(other, file));
    for (const [at, file] of files.entries()) other.announce?.(file, questions[at] ?? assert.fail());
    // Read in another order than they were announced in.
    for (const [at, file] of [...files.entries()].reverse()) {
      const asked = questions[at] ?? assert.fail();
      const mine = questionsOf(one, file);
      assert.deepEqual(asText(asked, other.ask(file, asked)), asText(mine, one.ask(file, mine)), file);
      assert.deepEqual([...other.imports(file)].sort(), [...one.imports(file)].sort());
    }
    assert.equal(other.id, 'typescript-7');
  });

  it('are asked anew when their file was edited meanwhile', () => {
    const engine = open();
    const [file, made] = [fileOf('user.ts'), fileOf('made.ts')];
    const text = "import { load } from './made';\nexport function use() { load(); }";
    engine.update(made, 'export function load(): void {}');
    engine.update(file, text);
    engine.add(file);
    engine.announce?.(file, questionsOf(engine, file));
    engine.update(made, 'export async function load(): Promise<void> {}');
    const questions = questionsOf(engine, file);
    assert.match(asText(questions, engine.ask(file, questions)), /"promise":"yes"/);
  });
});

describe('a project that is read at once', () => {
  it('has the findings that it has when it is read file by file', function () {
    this.timeout(60_000);
    function found(read: (project: Project) => void): unknown {
      const project = openProject({ root: fixtures, tsconfig: `${fixtures}/tsconfig.json` });
      read(project);
      const answers = files.map((file) => project.analyse(file).findings);
      project.dispose();
      return answers;
    }
    const steps: string[] = [];
    const atOnce = found((project) => {
      project.prepareAll(files, { forFindings: true }, (file) => steps.push(file));
    });
    assert.deepEqual([...steps].sort(), [...files].sort());
    assert.deepEqual(atOnce, found(() => undefined));
  });
});

function questionsOf(engine: TypeEngine, file: string): FileQuestions {
  const tree = engine.sourceFile(file);
  assert.ok(tree, file);
  return collectQuestions(collectSites(tree), true);
}

function asText(questions: FileQuestions, answers: FileAnswers): string {
  return questionKinds
    .flatMap((kind) => questions[kind].map((node) => `${kind} ${node.getText()} ${JSON.stringify(answers[kind].get(node))}`))
    .join('\n');
}

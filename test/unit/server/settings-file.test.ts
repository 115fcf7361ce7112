/** Why this file exists: `loopscope.json` and comments that ignore hold in the editor as they do in the terminal. */
import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FileChangeType } from 'vscode-languageserver/node';
import { TestEditor } from './editor';

const tsconfig = JSON.stringify({ compilerOptions: { strict: true, target: 'es2023', module: 'nodenext', types: [] }, include: ['*.ts'] });
const program = 'declare function save(): Promise<void>;\nsave();\nexport {};\n';

describe('loopscope.json in the editor', () => {
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start({
      'tsconfig.json': tsconfig,
      'loopscope.json': '{ "rules": { "floating-promise": "information" }, "ignore": ["*.gen.ts"] }',
      'a.ts': program,
      'b.gen.ts': program,
    });
  });

  after(() => editor.stop());

  /** The severities of the newest diagnostics, once they are these. */
  async function becomes(name: string, severities: readonly number[]): Promise<void> {
    const uri = editor.uri(name);
    await editor.until((sent) => {
      return sent.uri === uri && String(sent.diagnostics.map((each) => each.severity)) === String(severities);
    });
  }

  it('sets how loud a rule is, and which files are left alone', async () => {
    await editor.open('a.ts', program);
    await becomes('a.ts', [3]);
    await editor.open('b.gen.ts', program);
    await becomes('b.gen.ts', []);
  });

  it('is read again when it changes on the disk', async () => {
    editor.write('loopscope.json', '{ "rules": { "floating-promise": "warning" } }');
    const changes = [{ uri: editor.uri('loopscope.json'), type: FileChangeType.Changed }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await becomes('a.ts', [2]);
    await becomes('b.gen.ts', [2]);
  });

  it('is told about when it is wrong, and the rest goes on', async () => {
    editor.write('loopscope.json', '{ "rules": { "floating": "off" } }');
    const changes = [{ uri: editor.uri('loopscope.json'), type: FileChangeType.Changed }];
    await editor.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    await becomes('a.ts', [1]);
    assert.ok(editor.logged.some((line) => line.includes('there is no rule "floating"')), editor.logged.join('\n'));
  });

  it('a quick fix writes the comment that ignores a finding, which then asks for its reason', async () => {
    const diagnostics = await editor.diagnostics('a.ts');
    const actions = await editor.actions('a.ts', editor.rangeOf('a.ts', 'save();\nexport'), diagnostics);
    const ignoring = actions.find(({ title }) => title === 'Ignore floating-promise here, and say why');
    const [change] = ignoring?.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && 'edits' in change);
    const edits = change.edits.flatMap((edit) => ('newText' in edit && 'range' in edit ? [{ range: edit.range, newText: edit.newText }] : []));
    const after = TextDocument.applyEdits(editor.document('a.ts'), edits);
    assert.equal(after, program.replace('save();\n', '// loopscope-ignore-next-line floating-promise: \nsave();\n'));
    await editor.edit('a.ts', program, after);
    const [asking, ...others] = await editor.diagnostics('a.ts');
    assert.deepEqual([asking?.code, others], ['ignore-comment', []]);
    await editor.edit('a.ts', 'floating-promise: ', 'floating-promise: the process ends here');
    assert.deepEqual(await editor.diagnostics('a.ts'), []);
  });
});

/** Why this file exists: the editor may have a document run for real, as it has it, saved or not. */
import assert from 'node:assert/strict';
import { verifyMethod, type VerifyReply } from '../../../src/server/protocol';
import { TestEditor } from './editor';

describe('a real run by the language server', function () {
  this.timeout(60_000);
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start({ 'a.ts': "console.log('on disk');\n", 'b.ts': 'export const b = 1;\n' });
  });

  after(() => editor.stop());

  function verify(name: string): Promise<VerifyReply> {
    return editor.connection.sendRequest(verifyMethod, { uri: editor.uri(name) });
  }

  it('compares the text in the editor', async () => {
    await editor.open('a.ts', "import { b } from './b';\nconsole.log('unsaved', b);\n");
    const reply = await verify('a.ts');
    assert.ok(reply.kind === 'verified');
    assert.equal(reply.found.kind, 'equal');
    assert.deepEqual([reply.found.simulation.stdout, reply.found.node[0]?.stdout], ['unsaved 1\n', 'unsaved 1\n']);
  });

  it('refuses what is not on this disk, and what does not parse', async () => {
    await editor.open('untitled:x', "console.log('x');\n");
    assert.equal((await verify('untitled:x')).kind, 'refused');
    await editor.open('broken.ts', 'const = 1;\n');
    assert.equal((await verify('broken.ts')).kind, 'refused');
  });
});

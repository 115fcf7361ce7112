import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { parametersMethod, simulateMethod, type SimulateReply, type Simulated } from '../../../src/server/protocol';
import { TestEditor } from './editor';

const program = `async function load(id: number): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, id));
  return 'user ' + id;
}

console.log('start');
load(3).then(console.log);
console.log('end');
`;

function printed({ trace }: Simulated): string[] {
  return trace.events.flatMap((event) => event.kind === 'console-printed' ? [event.text.trimEnd()] : []);
}

function simulated(reply: SimulateReply): Simulated {
  assert.equal(reply.kind, 'simulated', JSON.stringify(reply));
  return reply;
}

describe('simulation by the language server', () => {
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start({ 'other.ts': 'export const other = 1;\n' }, { simulation: { timeout: 1500 } });
    await editor.open('a.ts', program);
  });

  after(() => editor.stop());

  it('plays a file as the editor has it, saved or not', async () => {
    const reply = simulated(await editor.simulate('a.ts', { kind: 'file' }));
    assert.deepEqual(printed(reply), ['start', 'end', 'user 3']);
    assert.equal(reply.title, 'a.ts');
    assert.equal(reply.version, 1);
    assert.deepEqual(reply.uris, [editor.uri('a.ts')]);
    assert.equal(reply.trace.files[0]?.text, program);
  });

  it('plays the file where the cursor is in no function', async () => {
    const reply = simulated(await editor.simulate('a.ts', { kind: 'cursor', position: editor.at('a.ts', 'console') }));
    assert.equal(reply.title, 'a.ts');
  });

  it('makes up values for a function\'s parameters, and takes the reader\'s', async () => {
    const at = { kind: 'cursor', position: editor.at('a.ts', 'return') } as const;
    const made = simulated(await editor.simulate('a.ts', at));
    assert.equal(made.title, 'load');
    assert.deepEqual(made.parameters.map(({ name, type }) => [name, type]), [['id', 'number']]);
    assert.deepEqual(await editor.connection.sendRequest(parametersMethod, { uri: editor.uri('a.ts'), at }),
      { kind: 'parameters', parameters: made.parameters });
    const given = simulated(await editor.simulate('a.ts', at, { id: '40 + 2' }));
    assert.deepEqual(given.parameters.map(({ expression }) => expression), ['40 + 2']);
    assert.ok(given.trace.events.some((event) => event.kind === 'frame-pushed' && event.label === 'load(42)'));
  });

  it('plays a selection only', async () => {
    const reply = simulated(await editor.simulate('a.ts', { kind: 'selection', range: editor.rangeOf('a.ts', 'load(3).then(console.log);\n') }));
    assert.deepEqual(printed(reply), ['user 3']);
    assert.equal(reply.title, 'line 7 of a.ts');
  });

  it('refuses blanks in one sentence', async () => {
    const reply = await editor.simulate('a.ts', { kind: 'selection', range: editor.rangeOf('a.ts', '\n\n') });
    assert.equal(reply.kind, 'refused');
    assert.match(reply.message, /^The selection is empty: [^\n]+\.$/);
  });

  it('refuses a text that does not parse, with the place', async () => {
    await editor.open('broken.ts', "const a = 1;\nconsole.log('never';\n");
    const reply = await editor.simulate('broken.ts', { kind: 'file' });
    assert.equal(reply.kind, 'refused');
    assert.doesNotMatch(reply.message, /\n|\bat /);
    assert.equal(reply.uri, editor.uri('broken.ts'));
    assert.equal(reply.range?.start.line, 1);
  });

  it('refuses an import that cannot be found in one sentence', async () => {
    await editor.open('lonely.ts', "import { a } from './nowhere';\nconsole.log(a);\n");
    const reply = await editor.simulate('lonely.ts', { kind: 'file' });
    assert.equal(reply.kind, 'refused');
    assert.match(reply.message, /nowhere/);
    assert.doesNotMatch(reply.message, /\n/);
  });

  it('refuses a document that is not open', async () => {
    const reply = await editor.simulate('other.ts', { kind: 'file' });
    assert.equal(reply.kind, 'refused');
  });

  it('refuses a version that is gone', async () => {
    const params = { uri: editor.uri('a.ts'), at: { kind: 'file' }, version: 0 };
    const reply = await editor.connection.sendRequest<SimulateReply>(simulateMethod, params);
    assert.equal(reply.kind, 'refused');
    assert.match(reply.message, /changed/);
  });

  it('ends an endless loop within its budget, and goes on', async () => {
    await editor.open('endless.ts', 'for (;;) {}\n');
    const reply = simulated(await editor.simulate('endless.ts', { kind: 'file' }));
    assert.equal(reply.trace.outcome.kind, 'budget-spent');
    assert.deepEqual(printed(simulated(await editor.simulate('a.ts', { kind: 'file' }))).length, 3);
  });

  it('stops when it is cancelled, and goes on', async () => {
    const source = new CancellationTokenSource();
    const params = { uri: editor.uri('endless.ts'), at: { kind: 'file' } };
    const asked = editor.connection.sendRequest(simulateMethod, params, source.token);
    setTimeout(() => { source.cancel(); }, 100);
    await assert.rejects(asked, /Cancelled/);
    assert.equal((await editor.simulate('a.ts', { kind: 'file' })).kind, 'simulated');
  });

  it('has logged no error', () => {
    assert.deepEqual(editor.logged.filter((line) => /failed|Error/.test(line)), []);
  });
});

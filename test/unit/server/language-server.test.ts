import assert from 'node:assert/strict';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { statusMethod, type StatusReply } from '../../../src/server/protocol';
import { TestEditor } from './editor';

const tsconfig = JSON.stringify({ compilerOptions: { strict: true, target: 'es2023', module: 'nodenext', types: [] }, include: ['*.ts'] });

const program = `async function save(): Promise<void> {
  await Promise.resolve();
}

export async function main(): Promise<void> {
  save();
}
`;

describe('language server', () => {
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start({ 'tsconfig.json': tsconfig, 'a.ts': program });
  });

  after(() => editor.stop());

  it('reports a floating promise of the text that is open', async () => {
    await editor.open('a.ts', program);
    const [diagnostic, ...others] = await editor.diagnostics('a.ts');
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.code, 'floating-promise');
    assert.equal(diagnostic.source, 'loopscope');
    assert.deepEqual(diagnostic.range.start, editor.at('a.ts', 'save();'));
  });

  it('takes it back when it is awaited, and reports it again', async () => {
    await editor.edit('a.ts', '  save();', '  await save();');
    assert.deepEqual(await editor.diagnostics('a.ts'), []);
    await editor.edit('a.ts', '  await save();', '  save();');
    assert.equal((await editor.diagnostics('a.ts')).length, 1);
  });

  it('offers a fix for the version that it was made for, and it mends the code', async () => {
    const diagnostics = await editor.diagnostics('a.ts');
    const actions = await editor.actions('a.ts', editor.rangeOf('a.ts', 'save();\n}'), diagnostics);
    const preferred = actions.find((action) => action.isPreferred === true);
    assert.ok(preferred, JSON.stringify(actions));
    assert.deepEqual(preferred.diagnostics, diagnostics);
    const [change] = preferred.edit?.documentChanges ?? [];
    assert.ok(change && 'edits' in change);
    assert.equal(change.textDocument.version, editor.document('a.ts').version);
    const [edit] = change.edits;
    assert.ok(edit && 'newText' in edit && 'range' in edit);
    assert.equal(edit.newText.trim(), 'await');
    await editor.edit('a.ts', '  save();', '  await save();');
    assert.deepEqual(await editor.diagnostics('a.ts'), []);
  });

  it('publishes nothing for a version that was overtaken', async () => {
    const before = editor.document('a.ts').version;
    for (let i = 0; i < 20; i++) await editor.edit('a.ts', '  await save();', '\n  await save();');
    await editor.diagnostics('a.ts');
    const between = editor.published.filter(({ version = 0 }) => version > before && version < editor.document('a.ts').version);
    assert.deepEqual(between, []);
  });

  it('explains an await, with a link that plays from there', async () => {
    const hover = await editor.hover('a.ts', editor.at('a.ts', 'await Promise'));
    assert.ok(hover && typeof hover.contents === 'object' && 'value' in hover.contents);
    assert.match(hover.contents.value, /save/);
    const link = /\(command:loopscope\.visualize\?([^)\s]+)/.exec(hover.contents.value)?.[1];
    assert.ok(link, hover.contents.value);
    const [target] = JSON.parse(decodeURIComponent(link)) as unknown[];
    const at = { kind: 'cursor', position: editor.at('a.ts', 'await Promise') };
    assert.deepEqual(target, { uri: editor.uri('a.ts'), at });
  });

  it('says nothing where there is nothing to explain', async () => {
    assert.equal(await editor.hover('a.ts', editor.at('a.ts', '}\n\nexport')), null);
  });

  it('puts a lens above each async function', async () => {
    const lenses = await editor.lenses('a.ts');
    const titles = lenses.map(({ command }) => command?.title);
    assert.deepEqual(titles, ['▶ Visualize event loop · async · 1 await', '▶ Visualize event loop · async · 1 await']);
    assert.deepEqual(lenses[0]?.command?.arguments, [{ uri: editor.uri('a.ts'), at: { kind: 'function', position: { line: 0, character: 0 } } }]);
  });

  it('sees what a helper of another open file does, as it is typed', async () => {
    const helper = 'export function helper(): number {\n  return 1;\n}\n';
    await editor.open('helper.ts', helper);
    await editor.open('caller.ts', "import { helper } from './helper.js';\n\nexport async function handle(): Promise<number> {\n  await Promise.resolve();\n  return helper();\n}\n");
    assert.deepEqual(await editor.diagnostics('caller.ts'), []);
    await editor.edit('helper.ts', 'return 1;', "return readFileSync('a').length;");
    await editor.edit('helper.ts', 'export', "import { readFileSync } from 'node:fs';\nexport");
    const { diagnostics } = await editor.until(({ uri, diagnostics: all }) => uri === editor.uri('caller.ts') && all.length > 0);
    assert.equal(diagnostics[0]?.code, 'transitive-blocking-call');
    const places = diagnostics[0].relatedInformation ?? [];
    assert.ok(places.some(({ location }) => location.uri === editor.uri('helper.ts')), JSON.stringify(places));
  });

  it('stops when a request is cancelled', async () => {
    const source = new CancellationTokenSource();
    await editor.edit('a.ts', 'save(): Promise<void> {', `save(): Promise<void> {\n${'  await Promise.resolve();\n'.repeat(3000)}`);
    const params = { textDocument: { uri: editor.uri('a.ts') } };
    const asked = editor.connection.sendRequest('textDocument/codeLens', params, source.token);
    source.cancel();
    await assert.rejects(asked, /Cancelled/);
    assert.match((await editor.lenses('a.ts'))[0]?.command?.title ?? '', / · 3001 awaits$/);
  });

  it('answers a request whose analysis is begun anew meanwhile', async () => {
    await editor.edit('a.ts', 'save(): Promise<void> {', 'save(): Promise<void> {\n');
    const lenses = editor.lenses('a.ts');
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    await editor.edit('helper.ts', 'export', '\nexport');
    await editor.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.equal((await lenses).length, 2);
  });

  it('analyses a file outside any project', async () => {
    await editor.open('untitled:Untitled-1', program);
    const [diagnostic] = await editor.diagnostics('untitled:Untitled-1');
    assert.equal(diagnostic?.code, 'floating-promise');
  });

  it('goes on over a file that does not parse', async () => {
    await editor.open('broken.ts', `${program}\nfunction (`);
    assert.equal((await editor.diagnostics('broken.ts'))[0]?.code, 'floating-promise');
  });

  it('clears the diagnostics of a document that is closed', async () => {
    await editor.close('broken.ts');
    await editor.until(({ uri, diagnostics }) => uri === editor.uri('broken.ts') && diagnostics.length === 0);
  });

  it('tells how it is', async () => {
    const status = await editor.connection.sendRequest<StatusReply>(statusMethod);
    assert.equal(status.pid, editor.process.pid);
    assert.equal(status.documents, 4);
    assert.ok(status.projects.includes(editor.folder));
  });

  it('has logged no error', () => {
    assert.deepEqual(editor.logged.filter((line) => /failed|Error|lost/.test(line)), []);
  });
});

describe('language server settings', () => {
  it('silence a rule', async () => {
    const quiet = await TestEditor.start({ 'tsconfig.json': tsconfig }, { rules: { 'floating-promise': 'off' } });
    await quiet.open('a.ts', program);
    assert.deepEqual(await quiet.diagnostics('a.ts'), []);
    await quiet.stop();
  });

  it('make a rule louder, and take lenses and hovers away', async () => {
    const loud = await TestEditor.start({ 'tsconfig.json': tsconfig }, { rules: { 'floating-promise': 'error' }, codeLens: false, hover: false });
    await loud.open('a.ts', program);
    assert.equal((await loud.diagnostics('a.ts'))[0]?.severity, 1);
    assert.deepEqual(await loud.lenses('a.ts'), []);
    assert.equal(await loud.hover('a.ts', loud.at('a.ts', 'await Promise')), null);
    await loud.stop();
  });
});

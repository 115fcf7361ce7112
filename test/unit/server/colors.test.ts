/** Why this file exists: the server's answers about colours: functions, the call graph, inlay hints, fixes on save. */
import assert from 'node:assert/strict';
import type { CodeAction, InlayHint } from 'vscode-languageserver/node';
import {
  callsMethod, functionsMethod, type CallsParams, type CallsReply, type ColoredFunction, type FunctionsReply,
} from '../../../src/server/protocol';
import { TestEditor } from './editor';

const tsconfig = JSON.stringify({ compilerOptions: { strict: true, target: 'es2023', module: 'nodenext', types: ['node'] }, include: ['*.ts'] });

const store = `import { readFileSync } from 'node:fs';
export interface Store { load(): string }
export class Disk implements Store {
  load(): string { return readFileSync('x', 'utf8'); }
}
`;

const use = `import type { Store } from './store.js';
export function read(store: Store): string {
  return store.load();
}
export async function handle(store: Store): Promise<string> {
  await Promise.resolve();
  return read(store);
}
`;

describe('colours from the server', () => {
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start(
      { 'tsconfig.json': tsconfig, 'store.ts': store, 'use.ts': use },
      { inlayHints: 'all' },
    );
    await editor.open('store.ts', store);
    await editor.open('use.ts', use);
    await editor.diagnostics('store.ts');
    await editor.diagnostics('use.ts');
  });
  after(() => editor.stop());

  const functions = async (name: string): Promise<FunctionsReply> =>
    await editor.connection.sendRequest(functionsMethod, { uri: editor.uri(name) });

  async function named(name: string): Promise<ColoredFunction> {
    const found = (await functions('use.ts')).functions.find((fn) => fn.name === name);
    assert.ok(found, `no ${name}`);
    return found;
  }

  async function calls(fn: ColoredFunction, direction: CallsParams['direction']): Promise<CallsReply['calls']> {
    assert.ok(fn.place);
    const params: CallsParams = { uri: fn.place.uri, start: fn.place.start, direction };
    return (await editor.connection.sendRequest<CallsReply>(callsMethod, params)).calls;
  }

  /** Who implements what is known a moment after both files are. */
  before(async () => {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await named('read')).blocks.length > 0) return;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  });

  it('name every function, with what blocks through an interface of another file', async () => {
    const reply = await functions('use.ts');
    assert.equal(reply.version, 1);
    assert.equal(reply.awaits, 1);
    assert.deepEqual(
      reply.functions.map(({ name, color, blocks }) => [name, color, blocks.join(' ')]),
      [['<module>', 'sync', ''], ['read', 'sync', 'store.load readFileSync'], ['handle', 'async', 'read store.load readFileSync']],
    );
  });

  it('walk the call graph down and up', async () => {
    const down = await calls(await named('handle'), 'callees');
    assert.deepEqual(down.map(({ name }) => name), ['Promise.resolve', 'read']);
    const [, read] = down;
    assert.ok(read);
    const [load] = await calls(read, 'callees');
    assert.equal(load?.name, 'Disk.load');
    assert.equal(load.place?.uri, editor.uri('store.ts'));
    const [end] = await calls(load, 'callees');
    assert.deepEqual([end?.name, end?.place, end?.blocks.length], ['readFileSync', undefined, 1]);
    assert.deepEqual((await calls(read, 'callers')).map(({ name }) => name), ['handle']);
  });

  it('answer about a file that is not open', async () => {
    await editor.close('store.ts');
    const reply = await functions('store.ts');
    assert.equal(reply.version, undefined);
    assert.ok(reply.functions.some(({ name, blocks }) => name === 'Disk.load' && blocks.length === 1));
  });

  it('are written into the code where it is asked for', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 8, character: 0 } };
    const hints = await editor.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: editor.uri('use.ts') }, range });
    assert.deepEqual(hints.map(({ position: { line }, label }) => [line, label]), [
      [1, 'blocks'], [4, 'async · blocks'], [5, '… suspends here'],
    ]);
  });

  it('offer all harmless fixes at once, for saving', async () => {
    const text = '// loopscope-ignore-next-line floating-promise: it was, once\nexport const one = 1;\n';
    await editor.open('fixes.ts', text);
    await editor.diagnostics('fixes.ts');
    const context = { diagnostics: [], only: ['source.fixAll'] };
    const params = { textDocument: { uri: editor.uri('fixes.ts') }, range: editor.rangeOf('fixes.ts', text), context };
    const actions = await editor.connection.sendRequest<CodeAction[]>('textDocument/codeAction', params);
    assert.deepEqual(actions.map(({ kind }) => kind), ['source.fixAll.loopscope']);
  });

  it('has logged no error', () => {
    assert.deepEqual(editor.logged.filter((line) => /error|failed/i.test(line)), []);
  });
});

describe('what nobody opened', () => {
  const types = 'export interface Store { load(): string }\n';
  const disk = store.replace(/export interface.*\n/, "import type { Store } from './types.js';\n");
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start({ 'tsconfig.json': tsconfig, 'types.ts': types, 'disk.ts': disk });
  });
  after(() => editor.stop());

  it('is read in the background, and found to block', async () => {
    await editor.open('use.ts', use.replace('./store.js', './types.js'));
    const { diagnostics } = await editor.until(({ diagnostics: found }) => found.length > 0);
    assert.deepEqual(diagnostics.map(({ code }) => code), ['transitive-blocking-call']);
  });
});

describe('documents of every kind', () => {
  let editor: TestEditor;

  before(async () => {
    editor = await TestEditor.start({ 'tsconfig.json': tsconfig });
  });
  after(() => editor.stop());

  const lost = 'async function save() {}\nexport async function f() {\n  save();\n}\n';

  async function rules(uri: string, text: string, languageId: string): Promise<readonly unknown[]> {
    await editor.open(uri, text, languageId);
    return (await editor.diagnostics(uri)).map(({ code, range }) => `${String(code)} ${String(range.start.line + 1)}`);
  }

  it('are looked at: JavaScript, JSX, unsaved, outside of the folder, cells of a notebook', async () => {
    assert.deepEqual(await rules('a.js', lost, 'javascript'), ['floating-promise 3']);
    assert.deepEqual(await rules('b.tsx', `${lost}export const x = <b>{1}</b>;\n`, 'typescriptreact'), ['floating-promise 3']);
    assert.deepEqual(await rules('untitled:Untitled-1', lost, 'typescript'), ['floating-promise 3']);
    assert.deepEqual(await rules('vscode-notebook-cell:/n.ipynb#c1', lost, 'typescript'), ['floating-promise 3']);
    assert.deepEqual(await rules('vscode-notebook-cell:/n.ipynb#c2', '\n' + lost, 'typescript'), ['floating-promise 4']);
  });
});

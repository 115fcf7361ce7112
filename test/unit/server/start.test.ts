import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { FlowFunction, FlowModel } from '../../../src/analysis/flow-model/flow-model';
import type { StartAt } from '../../../src/server/protocol';
import { startOf, withValues } from '../../../src/server/start';

const text = 'async function load(id: number) {\n  [1].map((x) => x);\n}\n\nload(1);\n';
const document = TextDocument.create('file:///a.ts', 'typescript', 1, text);
const functions: readonly FlowFunction[] = [
  fn('module', '<module>', text),
  fn('function', 'load', text.slice(0, text.indexOf('}') + 1)),
  fn('arrow', 'map callback', '(x) => x'),
];
const model: FlowModel = { file: '/a.ts', functions };

function fn(kind: FlowFunction['kind'], name: string, part: string): FlowFunction {
  const start = text.indexOf(part);
  const range = { start, end: start + part.length };
  return { file: '/a.ts', kind, name, range, nameRange: range, color: 'sync', awaits: [], boundaries: [], effects: [] };
}

function start(at: StartAt): ReturnType<typeof startOf> {
  return startOf(at, document, '/a.ts', () => Promise.resolve(model));
}

function cursor(before: string): StartAt {
  return { kind: 'cursor', position: document.positionAt(text.indexOf(before)) };
}

function selection(from: number, to: number): StartAt {
  return { kind: 'selection', range: { start: document.positionAt(from), end: document.positionAt(to) } };
}

describe('start of a simulation', () => {
  it('is the function around the cursor', async () => {
    assert.deepEqual(await start(cursor('id')), { start: { kind: 'function', offset: 0 }, title: 'load' });
  });

  it('is not a mere callback but the function that passes it', async () => {
    assert.deepEqual(await start(cursor('x) =>')), { start: { kind: 'function', offset: 0 }, title: 'load' });
  });

  it('is the file where no function is', async () => {
    assert.deepEqual(await start(cursor('load(1)')), { start: { kind: 'file' }, title: 'a.ts' });
  });

  it('is the function that a lens names, a callback too', async () => {
    const offset = text.indexOf('(x)');
    const at: StartAt = { kind: 'function', position: document.positionAt(offset) };
    assert.deepEqual(await start(at), { start: { kind: 'function', offset }, title: 'map callback' });
  });

  it('says so when that function is gone', async () => {
    const found = await start({ kind: 'function', position: { line: 4, character: 3 } });
    assert.deepEqual(found, { kind: 'no-start', message: 'The function is no longer there; choose it again.' });
  });

  it('is the selection without the blanks around it', async () => {
    const from = text.indexOf('  [1]');
    const found = await start(selection(from, text.indexOf('\n}') + 1));
    assert.deepEqual(found, { start: { kind: 'range', start: from + 2, end: text.indexOf('\n}') }, title: 'line 2 of a.ts' });
  });

  it('names the lines of a longer selection', async () => {
    const found = await start(selection(0, text.length));
    assert.ok('title' in found);
    assert.equal(found.title, 'lines 1–5 of a.ts');
  });

  it('is refused for a selection of blanks', async () => {
    const blank = text.indexOf('\n\n');
    const found = await start(selection(blank, blank + 2));
    assert.ok('kind' in found);
    assert.match(found.message, /^The selection is empty: [^\n]+\.$/);
  });

  it('takes the reader\'s values, and made-up ones for the rest', () => {
    const made = [{ name: 'id', type: 'number', expression: '1' }, { name: 'name', type: 'string', expression: "'name'" }];
    assert.deepEqual(withValues({ kind: 'function', offset: 0 }, made, { name: "'Ada'" }), { kind: 'function', offset: 0, args: ['1', "'Ada'"] });
    const range = withValues({ kind: 'range', start: 1, end: 2 }, made, { id: '7' });
    assert.deepEqual(range, { kind: 'range', start: 1, end: 2, values: { id: '7', name: "'name'" } });
  });
});

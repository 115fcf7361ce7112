import assert from 'node:assert/strict';
import { shiftPosition, shiftStart } from '../../../src/extension/shift';
import type { TextChange } from '../../../src/extension/shift';

function at(line: number, character: number): { line: number; character: number } {
  return { line, character };
}

function change(from: [number, number], to: [number, number], text: string): TextChange {
  return { range: { start: at(...from), end: at(...to) }, text };
}

describe('extension: a place stays itself while text is edited', () => {
  const cases: readonly [string, TextChange, { line: number; character: number }][] = [
    ['after it', change([9, 0], [9, 0], 'new line\n'), at(5, 8)],
    ['lines above it', change([1, 0], [1, 0], 'one\ntwo\n'), at(7, 8)],
    ['a line above taken out', change([1, 0], [2, 0], ''), at(4, 8)],
    ['letters before it in its line', change([5, 2], [5, 2], 'abc'), at(5, 11)],
    ['letters before it replaced by fewer', change([5, 2], [5, 6], 'a'), at(5, 5)],
    ['a break before it in its line', change([5, 4], [5, 4], '\n  '), at(6, 6)],
    ['a stretch around it', change([4, 0], [6, 0], 'gone'), at(4, 0)],
    ['lines joined before it', change([4, 3], [5, 2], ''), at(4, 9)],
  ];
  for (const [name, edit, expected] of cases) {
    it(name, () => assert.deepEqual(shiftPosition(at(5, 8), edit), expected));
  }

  it('moves both ends of a selection, the function, and no file', () => {
    const edit = change([0, 0], [0, 0], '\n');
    assert.deepEqual(shiftStart({ kind: 'selection', range: { start: at(1, 2), end: at(3, 4) } }, edit), { kind: 'selection', range: { start: at(2, 2), end: at(4, 4) } });
    assert.deepEqual(shiftStart({ kind: 'function', position: at(1, 2) }, edit), { kind: 'function', position: at(2, 2) });
    assert.deepEqual(shiftStart({ kind: 'file' }, edit), { kind: 'file' });
  });
});

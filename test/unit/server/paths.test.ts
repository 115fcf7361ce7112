import assert from 'node:assert/strict';
import { isElsewhere, pathOfUri, uriOfPath } from '../../../src/server/paths';

describe('paths of documents', () => {
  it('names a file by its path, decoded', () => {
    assert.equal(pathOfUri('file:///home/a%20b/%D1%84.ts'), '/home/a b/ф.ts');
  });

  it('comes back to the same file', () => {
    assert.equal(pathOfUri(uriOfPath('/home/a b/#1/ф.ts')), '/home/a b/#1/ф.ts');
  });

  it('gives an unsaved document its language\'s extension and a place that no file has', () => {
    const path = pathOfUri('untitled:Untitled-1', 'typescriptreact');
    assert.equal(path, '/^/untitled/Untitled-1.tsx');
    assert.ok(isElsewhere(path));
    assert.ok(!isElsewhere('/home/a.ts'));
  });

  it('tells the cells of a notebook apart', () => {
    const cells = ['W0sZmlsZQ%3D%3D', 'W1sZmlsZQ%3D%3D'].map((cell) => pathOfUri(`vscode-notebook-cell:/a/b.ipynb#${cell}`));
    assert.equal(cells[0], '/^/vscode-notebook-cell/a/b.ipynb/-W0sZmlsZQ-3D-3D.ts');
    assert.notEqual(cells[0], cells[1]);
  });

  it('keeps documents of other places apart', () => {
    assert.equal(pathOfUri('vscode-vfs://github/owner/repo/src/a.ts'), '/^/vscode-vfs/github/owner/repo/src/a.ts');
  });
});

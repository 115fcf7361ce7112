/** Why this file exists: what a relative import means is read from names of files only where TypeScript agrees. */
import assert from 'node:assert/strict';
import { importedFile } from '../../../src/analysis/types/native/imported-files';

describe('the file that an import means', () => {
  const own = new Set([
    '/p/src/a.ts',
    '/p/src/view.tsx',
    '/p/src/both.ts',
    '/p/src/both.tsx',
    '/p/src/m.mts',
    '/p/src/c.cts',
    '/p/src/dir/index.ts',
    '/p/src/plain.js',
    '/p/lib.ts',
    '/p/src/a.service.ts',
  ]);
  const meant = (specifier: string): string | undefined => importedFile('/p/src/main.ts', specifier, (file) => own.has(file));

  it('is found by its name, with and without an extension', () => {
    assert.equal(meant('./a'), '/p/src/a.ts');
    assert.equal(meant('./a.js'), '/p/src/a.ts');
    assert.equal(meant('./a.ts'), '/p/src/a.ts');
    assert.equal(meant('./a.service'), '/p/src/a.service.ts');
    assert.equal(meant('../lib'), '/p/lib.ts');
    assert.equal(meant('./dir/../a'), '/p/src/a.ts');
    assert.equal(meant('./m.mjs'), '/p/src/m.mts');
    assert.equal(meant('./c.cjs'), '/p/src/c.cts');
  });

  it('is the first in the order of TypeScript', () => {
    assert.equal(meant('./both'), '/p/src/both.ts');
    assert.equal(meant('./both.jsx'), '/p/src/both.tsx');
    assert.equal(meant('./view.js'), '/p/src/view.tsx');
  });

  it('is left to the checker where it is a folder, a package, JavaScript, data, or not there', () => {
    for (const each of ['./dir', './dir/', '.', '..', 'pkg', '#own', '/p/src/a', './plain.js', './x.json', './x.d.ts', './none'])
      assert.equal(meant(each), undefined, each);
  });
});

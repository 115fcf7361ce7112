/** Why this file exists: what we tell others about their code holds for our own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

describe('our own source', function () {
  this.timeout(300_000);

  it('has no finding at or above warning', () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', 'check', 'src'], { encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(status, 0, stdout);
    assert.match(stdout, / in \d{3,} files, \d{4,} functions /);
  });
});

/** Why this file exists: a text in another language must say the same values, and a missing one must still be said. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { setWords, t, type Words } from '../../../src/base/words';
import { explained } from '../analysis/explained';

describe('texts in the language that was set', () => {
  afterEach(() => { setWords({}); });

  it('fill their placeholders, in the order of the language', () => {
    assert.equal(t('{0} of {1}', 1, 'two'), '1 of two');
    setWords({ '{0} of {1}': 'из {1}: {0}' });
    assert.equal(t('{0} of {1}', 1, 'two'), 'из two: 1');
    assert.equal(t('not there {0}', 1), 'not there 1');
    assert.equal(t('constructor'), 'constructor');
  });

  it('reach the hovers', () => {
    const russian = JSON.parse(readFileSync('l10n/bundle.l10n.ru.json', 'utf8')) as Words; // our own flat table
    setWords(russian);
    const { markdown } = explained('async function f() { |await 1; }');
    assert.match(markdown, /^\*\*await\*\* `1`: ждёт \*\*значение, которое уже есть\*\*\.\n- Приостанавливается `f`/);
  });
});

/** Why this file exists: every message that people read is there in English and in Russian. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { saidTexts, type Table, unsaid, untranslated } from './words';

function table(file: string): Table {
  return JSON.parse(fs.readFileSync(file, 'utf8')) as Table; // our own flat tables
}

const sources = Object.fromEntries(
  fs.readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => [`src/${name.replaceAll('\\', '/')}`, fs.readFileSync(`src/${name}`, 'utf8')]),
);

describe('messages in two languages', () => {
  const russian = table('l10n/bundle.l10n.ru.json');
  const { texts, unreadable } = saidTexts(sources);
  const messages = [...new Set(texts.map(({ message }) => message))];

  it('are written where they are said', () => {
    assert.ok(messages.length > 50);
    assert.deepEqual(unreadable, []);
  });

  it('have a Russian text with the same placeholders', () => {
    assert.deepEqual(untranslated(messages, russian), []);
  });

  it('are all said somewhere', () => {
    assert.deepEqual(unsaid(messages, russian), []);
  });

  it('of the manifest have both', () => {
    const english = table('package.nls.json');
    assert.deepEqual(untranslated(Object.keys(english), table('package.nls.ru.json')), []);
    assert.deepEqual(unsaid(Object.keys(english), table('package.nls.ru.json')), []);
    const manifest = fs.readFileSync('package.json', 'utf8');
    const used = [...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key = '']) => key);
    assert.deepEqual(used.filter((key) => !Object.hasOwn(english, key)), []);
    assert.deepEqual(Object.keys(english).filter((key) => !used.includes(key)), []);
  });
});

describe('the search for messages', () => {
  it('finds what is missing, changed, or said by nobody', () => {
    const file = "import { t } from '../base/words';\nt('{0} of {1}', 1, 2); t('gone'); t(name);";
    const { texts, unreadable } = saidTexts({ 'a.ts': file, 'b.ts': "t('not ours');" });
    assert.deepEqual(texts.map(({ message }) => message), ['{0} of {1}', 'gone']);
    assert.deepEqual(unreadable, ['a.ts: t(name)']);
    assert.deepEqual(untranslated(['{0} of {1}', 'gone'], { '{0} of {1}': '{0}' }), ['{0} of {1}: other placeholders', 'gone: missing']);
    assert.deepEqual(unsaid(['gone'], { gone: 'нет', old: 'старое' }), ['old']);
  });
});

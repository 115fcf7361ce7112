/** Why this file exists: a page in Russian has no word of English but the program's own and the field's. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { wordsInEnglish } from '../../../src/player/words/en';
import { wordsInRussian } from '../../../src/player/words/ru';
import { helloTrace, lostTrace } from '../../unit/trace/programs';
import { openBrowser, openExported } from './page';

/** Every sentence and word of a table that is no function. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

const shared = new Set(textsOf(wordsInRussian));
const english = new Set(textsOf(wordsInEnglish).filter(text => !shared.has(text)));

describe('player: in Russian', () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const [locale, said] of [['ru-RU', wordsInRussian], ['fr-FR', wordsInEnglish]] as const) {
    it(`speaks the language of a reader whose browser is ${locale}, where the page has none of its own`, async () => {
      const { page, close } = await openExported(browser, helloTrace(), { locale }, 'program.ts', 'readers');
      assert.equal(await page.getAttribute('html', 'lang'), said.language);
      assert.equal(await page.locator('.box-suspended h2 span').first().textContent(), said.boxes.suspended);
      await close();
    });
  }

  for (const [name, trace] of [['hello', helloTrace()], ['lost', lostTrace()]] as const) {
    it(`shows no English word in any view or panel of ${name}`, async () => {
      const { page, problems, close } = await openExported(browser, trace, {}, 'program.ts', 'ru');
      const seen = new Set<string>();
      for (const keys of [[], ['n', 'm'], ['t', 'f'], ['Escape', '/'], ['Escape', 'q'], ['Escape', 'y'], ['Escape', 's'], ['Escape', 'c'], ['Escape', 'b'], ['l'], ['?']]) {
        for (const key of keys) await page.keyboard.press(key);
        const texts = await page.evaluate(() => {
          // The program's own words are as they are.
          const all = [...document.querySelectorAll('#player *')].filter(element => element.closest('code, .lines') === null);
          const own = all.flatMap(element => [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent ?? ''));
          const said = all.flatMap(element => ['aria-label', 'title'].map(attribute => element.getAttribute(attribute) ?? ''));
          return [...own, ...said].map(text => text.replace(/ \([^()]+\)$/, '').trim());
        });
        for (const text of texts) seen.add(text);
      }
      assert.deepEqual([...seen].filter(text => english.has(text)), []);
      assert.ok([...seen].some(text => text.includes('Стек вызовов')));
      assert.match(await page.textContent('.caption .headline') ?? '', /[а-яё]/);
      assert.deepEqual(problems, []);
      await close();
    });
  }
});

/** Why this file exists: every control of the player works in the webview of a real VS Code; none is left out. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { controls } from '../../src/player/controls';
import type { ControlName } from '../../src/player/controls';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';

describe('controls in the editor’s panel', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench({ folder: 'test/fixtures/editor', settings: { 'editor.minimap.enabled': false } });
    await workbench.press('Mod+b');
    await workbench.open('program.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); }, 60_000);
    await workbench.clickCodeLens('top level');
    await playerWindow(workbench).titled('program.ts');
  });
  after(() => workbench.close());
  beforeEach(async () => {
    await eventually(async () => {
      await on('.readout b').click();
      assert.ok(await on('html').evaluate((root) => root.ownerDocument.hasFocus()));
    });
    await press('Escape', 'Escape', 'Home');
    await eventually(async () => { assert.equal(await beat(), 0); });
  });

  const on = (selector: string): Locator => workbench.webview().locator(selector);
  const beat = async (): Promise<number> => Number(await on('.readout b').textContent());
  const headline = async (): Promise<string> => (await on('.caption .headline').textContent()) ?? '';
  const hand = async (): Promise<string> => (await on('.lane-stack .hand').getAttribute('style')) ?? '';
  const page = async (): Promise<string> => on('html').evaluate((root) => (
    `${root.dataset['theme']} ${getComputedStyle(root.ownerDocument.body).fontSize}`
  ));

  function keyOf(name: ControlName): string {
    return controls[name].keys[0] ?? '';
  }

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await workbench.page.keyboard.press(key);
  }

  async function use(...names: readonly ControlName[]): Promise<void> {
    await press(...names.map(keyOf));
  }

  /** What can be told of a place changes from what it was after these. */
  async function changes<T>(
    read: () => Promise<T>, names: readonly ControlName[], last: ControlName,
  ): Promise<readonly [T, T]> {
    await use(...names);
    await workbench.page.waitForTimeout(150); // what was pressed is drawn
    const before = await read();
    await use(last);
    await eventually(async () => { assert.notDeepEqual(await read(), before); });
    return [before, await read()];
  }

  const goesOn = (names: readonly ControlName[], last: ControlName) => async (): Promise<void> => {
    const [before, after] = await changes(beat, names, last);
    assert.ok(after > before, `${before} ${after}`);
  };
  const goesBack = (names: readonly ControlName[], last: ControlName) => async (): Promise<void> => {
    const [before, after] = await changes(beat, names, last);
    assert.ok(after < before, `${before} ${after}`);
  };
  const opens = (name: ControlName, selector: string) => async (): Promise<void> => {
    await use(name);
    await on(selector).waitFor();
    await press('Escape');
    await on(selector).waitFor({ state: 'hidden' });
  };
  const toggles = <T>(read: () => Promise<T>, name: ControlName, times = 2) => async (): Promise<void> => {
    const [before] = await changes(read, [], name);
    for (let n = 1; n < times; n++) await use(name);
    await eventually(async () => { assert.deepEqual(await read(), before); });
  };
  const views = async (): Promise<readonly boolean[]> => Promise.all(['.machine', '.timeline'].map((each) => on(each).isVisible()));
  const speed = (): Promise<string> => on('.speed select').inputValue();
  const bookmarks = (): Promise<number> => on('.strip .bookmark').count();

  const checks: Readonly<Record<ControlName, () => Promise<void>>> = {
    play: async () => {
      await changes(beat, [], 'play');
      await use('play');
      await workbench.page.waitForTimeout(200);
      const stopped = await beat();
      await workbench.page.waitForTimeout(1500);
      assert.equal(await beat(), stopped);
    },
    forward: goesOn([], 'forward'),
    back: goesBack(['forward', 'forward'], 'back'),
    over: goesOn(['forward', 'forward'], 'over'),
    'over-back': goesBack(['last'], 'over-back'),
    out: goesOn(['next-await'], 'out'),
    'event-forward': async () => { await changes(headline, ['forward'], 'event-forward'); },
    'event-back': async () => { await changes(headline, ['forward', 'forward'], 'event-back'); },
    first: goesBack(['last'], 'first'),
    last: goesOn([], 'last'),
    'next-await': async () => {
      await changes(headline, [], 'next-await');
      assert.match(await headline(), /suspended|await/i);
    },
    'next-print': goesOn([], 'next-print'),
    'next-task': goesOn([], 'next-task'),
    'previous-await': goesBack(['last'], 'previous-await'),
    'previous-print': goesBack(['last'], 'previous-print'),
    'previous-task': goesBack(['last'], 'previous-task'),
    'next-resume': async () => {
      await changes(headline, ['next-await'], 'next-resume');
      assert.match(await headline(), /is back on the stack/);
    },
    'next-promise': goesOn(['next-await'], 'next-promise'),
    undo: goesBack(['next-print'], 'undo'),
    redo: goesOn(['next-print', 'undo'], 'redo'),
    search: async () => {
      await use('search');
      await on('.search input').waitFor();
      await workbench.page.keyboard.type('load');
      await eventually(async () => { assert.match((await on('.search [role=status]').textContent()) ?? '', /of [1-9]/); });
      await press('Enter');
      await eventually(async () => { assert.ok(await beat() > 0); });
    },
    bookmark: toggles(bookmarks, 'bookmark'),
    'next-bookmark': async () => {
      await use('next-print', 'bookmark');
      const marked = await beat();
      await use('first', 'next-bookmark');
      await eventually(async () => { assert.equal(await beat(), marked); });
      await use('bookmark');
    },
    passage: async () => {
      await use('passage', 'forward', 'forward', 'passage');
      await eventually(async () => { assert.match((await on('.remark').textContent()) ?? '', /repeats steps/); });
      await use('passage');
    },
    'zoom-in': async () => { await changes(hand, ['next-print'], 'zoom-in'); },
    'zoom-out': async () => { await changes(hand, ['next-print', 'zoom-in', 'zoom-in'], 'zoom-out'); },
    'zoom-whole': async () => { await changes(hand, ['next-print', 'zoom-in'], 'zoom-whole'); },
    axis: toggles(async () => on('[data-control=axis]').textContent(), 'axis'),
    view: toggles(views, 'view', 3),
    findings: opens('findings', '.panel-findings'),
    presenter: toggles(page, 'presenter'),
    predict: opens('predict', '.panel-predict'),
    loop: opens('loop', '.panel-loop'),
    share: opens('share', '.panel-share'),
    compare: opens('compare', '.panel-compare'),
    'what-if': opens('what-if', '.panel-what-if'),
    faster: async () => {
      await changes(speed, [], 'faster');
      await use('slower');
    },
    slower: async () => {
      await changes(speed, [], 'slower');
      await use('faster');
    },
    mechanics: toggles(() => on('.caption .mechanics').count(), 'mechanics'),
    theme: toggles(page, 'theme', 3),
    help: opens('help', 'dialog.help'),
  };

  for (const [name, check] of Object.entries(checks)) it(`do ${name}`, check);

  it('scrub with the strip, by pointer and by keys', async () => {
    const strip = on('.scrub');
    const box = await strip.boundingBox();
    assert.ok(box !== null);
    await workbench.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await eventually(async () => { assert.ok(await beat() > 5); });
    const middle = await beat();
    await strip.press('ArrowRight');
    await eventually(async () => { assert.equal(await beat(), middle + 1); });
  });

  it('run to a line that is clicked, and tell the story of a token', async () => {
    await on('[data-line="20"]').click();
    await playerWindow(workbench).runningLine(20);
    await use('first', 'next-await');
    await on('.box-suspended .token').first().click();
    await on('.panel-story').waitFor();
  });

  it('have a button or a list for the speed', async () => {
    await on('.speed select').selectOption('4');
    assert.equal(await speed(), '4');
    await on('.speed select').selectOption('1');
  });
});

/**
 * Why this file exists: functions in TypeScript sources that ship inside packages are played from the editor as they
 * stand: a person opens the file, puts the cursor into a function and runs the command. What is real, modelled and made
 * up is said in the player.
 */
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';
import type { PlayerWindow } from './player-window';

interface Played {
  readonly file: string;
  /** The text at which the cursor stands. */
  readonly cursor: string;
  readonly title: string;
  /** How the calls begin that are played. */
  readonly calls: readonly string[];
  /** Of which packages its files are, and what is made up. */
  readonly isOf: string;
  readonly madeUp?: string;
}

const functions: readonly Played[] = [
  {
    file: 'node_modules/rxjs/src/internal/firstValueFrom.ts', cursor: 'const hasConfig', title: 'firstValueFrom',
    calls: ['firstValueFrom(', 'new SafeSubscriber('], isOf: 'firstValueFrom.ts',
  },
  {
    file: 'node_modules/rxjs/src/internal/observable/innerFrom.ts', cursor: 'for await (const value of asyncIterable)', title: 'process',
    calls: ['process(', 'new Subscriber('], isOf: 'innerFrom.ts',
  },
  {
    file: 'node_modules/@tanstack/query-core/src/query.ts', cursor: '// Silently cancel current fetch', title: 'Query.fetch',
    calls: ['fetch(', 'new Query('], isOf: 'query.ts',
  },
  {
    file: 'node_modules/zod/src/v3/types.ts', cursor: 'const maybeAsyncResult = this._parse', title: 'ZodType.safeParseAsync',
    calls: ['safeParseAsync('], isOf: 'types.ts',
  },
  {
    file: 'status-of.ts', cursor: 'const found', title: 'statusOf', calls: ['statusOf('], isOf: 'status-of.ts', madeUp: 'undici',
  },
];

/** The sources of these, the whole of the others. */
const withSources = ['rxjs', '@tanstack/query-core', 'zod'];
const whole = ['undici', 'undici-types', '@types/node'];

describe('sources of packages', () => {
  let workbench: Workbench;
  let player: PlayerWindow;
  before(async () => {
    const visible = { 'search.exclude': { '**/node_modules': false }, 'search.useIgnoreFiles': false };
    workbench = await startWorkbench({ folder: 'test/fixtures/packages', settings: { 'editor.minimap.enabled': false, ...visible } });
    for (const name of withSources)
      for (const part of ['src', 'package.json'])
        cpSync(path.resolve('node_modules', name, part), path.join(workbench.folder, 'node_modules', name, part), { recursive: true });
    for (const name of whole)
      cpSync(path.resolve('node_modules', name), path.join(workbench.folder, 'node_modules', name), { recursive: true });
    player = playerWindow(workbench);
    await workbench.press('Mod+b');
  });
  after(() => workbench.close());

  function place({ file, cursor }: Played): readonly [line: number, column: number] {
    const before = readFileSync(path.join(workbench.folder, file), 'utf8').split(cursor)[0]?.split('\n') ?? [];
    return [before.length, (before.at(-1)?.length ?? 0) + 1];
  }

  /** Looks for the call, from find to find, until it is on the stack. */
  async function onStack(call: string): Promise<void> {
    const field = workbench.webview().locator('.search input');
    if (await field.count() === 0) await player.control('search');
    await field.fill(call);
    await eventually(async () => {
      await field.press('Enter');
      const labels = await player.tokens('stack').allInnerTexts();
      assert.ok(labels.some((label) => label.includes(call)), `${call} is not on the stack: ${labels.join(' | ')}`);
    });
  }

  /** What the player says of what is real, modelled and made up. */
  async function origins(): Promise<string> {
    await workbench.webview().locator('.made-up-bar button').click();
    const shown = await workbench.webview().locator('.origins').innerText();
    return shown.toLowerCase();
  }

  for (const played of functions) {
    it(`${played.title} of ${played.file.replace(/^node_modules\//, '')} is played where the cursor stands`, async () => {
      await workbench.press('Mod+1');
      await workbench.open(played.file);
      await workbench.moveCursor(...place(played));
      await workbench.command('Visualize event loop');
      await player.titled(played.title);
      assert.equal(await workbench.webview().locator('.notice.error').count(), 0);
      const shown = await workbench.webview().locator('.source').innerText();
      assert.ok(shown.includes(played.isOf), shown.slice(0, 200));
      const bar = workbench.webview().locator('.made-up-bar');
      if (played.madeUp === undefined) assert.equal(await bar.count(), 0);
      else assert.match(await bar.innerText(), new RegExp(`${played.madeUp}: made up from its types`));
      for (const call of played.calls) await onStack(call);
      assert.equal(await workbench.webview().locator('.source .tabs .made-up').count() > 0, played.madeUp !== undefined);
      if (played.madeUp !== undefined) assert.match(await origins(), new RegExp(`real\\s+\\d+ files?\\s+(?:modelled.*)?made up\\s+${played.madeUp}`, 's'));
    });
  }
});

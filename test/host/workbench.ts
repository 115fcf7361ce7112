/**
 * Why this file exists: tests use VS Code as a person does. This opens a real workbench with the packaged .vsix
 * installed and says in few words what a person does there: open a file, put the cursor, type, run a command, read.
 */
import fs from 'node:fs';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchChromium } from './chromium.mjs';
import { startServer, temporaryFolder, workbenchAddress } from './server.mjs';
import type { Server } from './server.mjs';
import { eventually, patience } from './eventually';

export { eventually };

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), '../..');
const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';

/** What is typed is what stands there, and only `save` saves. */
const plainTyping = {
  'files.autoSave': 'off',
  'editor.autoClosingBrackets': 'never', 'editor.autoClosingQuotes': 'never', 'editor.autoIndent': 'none',
  'editor.acceptSuggestionOnEnter': 'off', 'editor.acceptSuggestionOnCommitCharacter': false,
};

export interface WorkbenchOptions {
  /** Copied to a temporary folder, so that tests may edit it. Relative to the repository; examples/ when absent. */
  readonly folder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Leaves Workspace Trust on, for tests of Restricted Mode. */
  readonly trustAll?: boolean;
}

export interface Squiggle {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly count: number;
}

/** A row of the Problems panel, as it reads: message, source, rule and place. */
export interface Problem {
  readonly severity: string;
  readonly text: string;
}

export interface Workbench {
  readonly page: Page;
  /** The copy that is open, absolute. */
  readonly folder: string;
  open(file: string): Promise<void>;
  /** Lines and columns from 1. */
  moveCursor(line: number, column?: number): Promise<void>;
  select(fromLine: number, fromColumn: number, toLine: number, toColumn: number): Promise<void>;
  /** Types at the cursor. Keys are the editor's: `\n` is Enter. */
  type(text: string): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  save(): Promise<void>;
  /** The whole text of the open editor, as saved by `save`. */
  savedText(file: string): string;
  /** Runs a command by its title, through F1. */
  command(title: string): Promise<void>;
  /** The titles the palette offers for what was typed. */
  commandTitles(typed: string): Promise<readonly string[]>;
  squiggles(): Promise<readonly Squiggle[]>;
  problems(): Promise<readonly Problem[]>;
  /** The complete text of the hover at a place, opened by its command. */
  hover(line: number, column: number): Promise<string>;
  hoverElement(): Locator;
  /** The titles of the quick fixes at the cursor; the menu stays open for `applyFix`. */
  quickFixes(): Promise<readonly string[]>;
  applyFix(title: string): Promise<void>;
  /** What is shown now, as the other readings: wait with `eventually`. */
  codeLenses(): Promise<readonly string[]>;
  clickCodeLens(title: string, nth?: number): Promise<void>;
  /** The document inside the visible webview. */
  webview(): FrameLocator;
  notifications(): Promise<readonly string[]>;
  statusBar(): Promise<string>;
  /** Writes test/output/NAME.png. */
  screenshot(name: string): Promise<string>;
  /** What the extension host and the server have logged. */
  log(): string;
  close(): Promise<void>;
}

/** Starts a server with the .vsix installed and opens its workbench in Chromium. */
export async function startWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const vsix = path.join(root, 'loopscope.vsix');
  if (!fs.existsSync(vsix)) throw new Error('loopscope.vsix is missing: npm run package');
  const data = temporaryFolder();
  const folder = path.join(data, 'workspace');
  fs.cpSync(path.join(root, options.folder ?? 'examples'), folder, { recursive: true });
  linkTypes(data);
  const { settings = {}, trustAll = true } = options;
  const server = await startServer({ vsix, settings: { ...plainTyping, ...settings }, trustAll, data });
  try {
    const browser = await launchChromium();
    const viewport = options.viewport ?? { width: 1400, height: 900 };
    return workbenchOf(server, browser, await openPage(browser, workbenchAddress(server, folder), viewport), folder);
  } catch (error) {
    await server.close();
    throw error;
  }
}

/** The copy finds the types of Node as the original does: in a node_modules above it. */
function linkTypes(data: string): void {
  fs.mkdirSync(path.join(data, 'node_modules'));
  fs.symlinkSync(path.join(root, 'node_modules/@types'), path.join(data, 'node_modules/@types'), 'junction');
}

async function openPage(browser: Browser, address: string, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  page.setDefaultTimeout(patience);
  await page.goto(address);
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 60_000 });
  return page;
}

function workbenchOf(server: Server, browser: Browser, page: Page, folder: string): Workbench {
  const editor = editorOf(page);
  return {
    page, folder, ...editor, ...readingsOf(page), ...actionsOf(page, editor.moveCursor),
    savedText: file => fs.readFileSync(path.join(folder, file), 'utf8'),
    screenshot: async name => {
      const file = path.join(root, 'test/output', `${name}.png`);
      await page.screenshot({ path: file });
      return file;
    },
    log: () => [server.log(), ...extensionHostLogs(server.data)].join('\n'),
    close: async () => {
      await browser.close();
      await server.close();
      fs.rmSync(server.data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function extensionHostLogs(data: string): readonly string[] {
  const logs = path.join(data, 'data/logs');
  if (!fs.existsSync(logs)) return [];
  const names = fs.readdirSync(logs, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.log'));
  return names.map(name => `== ${name}\n${fs.readFileSync(path.join(logs, name), 'utf8')}`);
}

type Editor = Pick<Workbench, 'open' | 'moveCursor' | 'select' | 'type' | 'press' | 'save' | 'command' | 'commandTitles'>;

function editorOf(page: Page): Editor {
  const input = page.locator('.quick-input-widget:visible input.input');
  const rows = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await page.keyboard.press(key.replace('Mod+', `${modifier}+`));
  }
  async function ask(key: string, typed: string): Promise<void> {
    await press(key); // a webview that is losing the focus may swallow it: once more then
    await input.waitFor({ timeout: 3000 }).catch(() => press(key));
    await input.fill(typed);
  }
  /** Until the cursor is where it is asked to be: a webview that still takes the focus swallows keys. */
  async function moveCursor(line: number, column = 1): Promise<void> {
    const there = page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).first();
    const focused = page.locator('.editor-group-container.active .monaco-editor.focused').first();
    for (let attempt = 1; ; attempt++) {
      await page.locator('.editor-group-container.active').locator('.native-edit-context, textarea.inputarea').first().focus();
      await ask('Control+g', `:${line}:${column}`);
      await press('Enter');
      // The cursor may have stood there before: the keys are the editor's only once it has the focus again.
      const arrived = focused.waitFor({ timeout: 5000 }).then(() => there.waitFor({ timeout: 5000 }));
      if (attempt === 3) return arrived;
      if (await arrived.then(() => true, () => false)) return;
      await press('Escape', 'Mod+1');
    }
  }
  async function offered(typed: string): Promise<readonly string[]> {
    await ask('F1', `>${typed}`);
    await rows.first().waitFor();
    return rows.locator('.quick-input-list-entry .label-name').allInnerTexts();
  }
  return {
    press, moveCursor,
    open: async file => {
      await ask('Mod+p', file);
      await rows.first().filter({ hasText: path.basename(file) }).waitFor(); // others stand there until it has searched
      await press('Enter');
      await page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).first().waitFor();
      await page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
    },
    select: async (fromLine, fromColumn, toLine, toColumn) => {
      await moveCursor(fromLine, fromColumn);
      await press('Mod+k', 'Mod+b');
      await moveCursor(toLine, toColumn);
      await press('Mod+k', 'Mod+k');
      await page.locator('.statusbar-item', { hasText: 'selected' }).first().waitFor();
    },
    type: text => page.keyboard.type(text, { delay: 5 }),
    save: async () => {
      await press('Mod+s');
      await page.locator('.tab.active:not(.dirty)').first().waitFor();
    },
    command: async title => {
      const titles = await offered(title);
      const row = rows.nth(titles.findIndex(label => label === title || label.endsWith(`: ${title}`)));
      if (!titles.some(label => label === title || label.endsWith(`: ${title}`))) {
        throw new Error(`The palette has no "${title}", only: ${titles.join(' | ')}`);
      }
      await row.click();
    },
    commandTitles: async typed => {
      const titles = await offered(typed);
      await press('Escape');
      return titles;
    },
  };
}

type Readings = Pick<Workbench, 'squiggles' | 'problems' | 'hoverElement' | 'codeLenses' | 'webview' | 'notifications' | 'statusBar'>;

function readingsOf(page: Page): Readings {
  const severities = ['error', 'warning', 'info', 'hint'] as const;
  return {
    squiggles: async () => {
      const all = await Promise.all(severities.map(async severity => (
        { severity, count: await page.locator(`.monaco-editor .squiggly-${severity}`).count() }
      )));
      return all.filter(({ count }) => count > 0);
    },
    problems: async () => {
      const panel = page.locator('.markers-panel-container');
      if (!await panel.isVisible()) await page.keyboard.press(`${modifier}+Shift+m`);
      await panel.waitFor();
      return panel.locator('.monaco-list-row').evaluateAll(readProblems); // at once: the list changes as one reads
    },
    hoverElement: () => page.locator('.monaco-hover:not(.hidden):visible').first(),
    codeLenses: () => page.locator('.codelens-decoration a').allInnerTexts(),
    webview: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    notifications: () => page.locator('.notification-toast').allInnerTexts(),
    statusBar: () => page.locator('.statusbar').innerText(),
  };
}

/** Runs in the page: the rows that are problems, without those of files. */
function readProblems(rows: readonly Element[]): readonly Problem[] {
  return rows.flatMap(row => {
    const icon = row.querySelector('.marker-icon');
    if (!icon) return [];
    const severity = /codicon-(error|warning|info)/.exec(icon.outerHTML)?.[1] ?? '';
    return [{ severity, text: row instanceof HTMLElement ? row.innerText : '' }];
  });
}

type Actions = Pick<Workbench, 'hover' | 'quickFixes' | 'applyFix' | 'clickCodeLens'>;

function actionsOf(page: Page, moveCursor: Workbench['moveCursor']): Actions {
  const fixes = page.locator('.action-widget .monaco-list-row.action');
  return {
    hover: async (line, column) => {
      await page.keyboard.press('Escape');
      await moveCursor(line, column);
      await page.keyboard.press(`${modifier}+k`);
      await page.keyboard.press(`${modifier}+i`);
      const hover = page.locator('.monaco-hover:not(.hidden):visible').first();
      await hover.waitFor();
      return settledText(hover);
    },
    quickFixes: async () => {
      // Asked before the findings are there VS Code says that there is none, and a reader asks again.
      return eventually(async () => {
        await page.keyboard.press(`${modifier}+.`);
        await fixes.first().waitFor({ timeout: 6000 }).catch(() => page.keyboard.press('Escape'));
        return fixes.allInnerTexts();
      }, titles => titles.length > 0, 'a fix');
    },
    applyFix: async title => {
      const lines = page.locator('.editor-group-container.active .view-lines');
      const before = await lines.innerText();
      await fixes.filter({ hasText: title }).first().click();
      await eventually(() => lines.innerText(), text => text !== before, `"${title}" to change the text`);
    },
    clickCodeLens: async (title, nth = 0) => {
      await page.keyboard.press('Escape'); // a hover can cover it
      await page.mouse.move(5, 5);
      await page.locator('.codelens-decoration a', { hasText: title }).nth(nth).click();
    },
  };
}

/** A hover fills as its providers answer: its text when it has stood still for half a second. */
async function settledText(hover: Locator): Promise<string> {
  let [text, since] = ['', Date.now()];
  return eventually(async () => {
    const now = await hover.innerText();
    if (now !== text || /Loading\.\.\.|Checking for quick fixes/.test(now)) [text, since] = [now, Date.now()];
    return text;
  }, () => Date.now() - since >= 500, 'the hover to be complete');
}

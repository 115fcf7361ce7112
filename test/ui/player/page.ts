/**
 * Opens the player in a real Chromium, as the page that `loopscope trace -o` writes, and listens for whatever goes
 * wrong in it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { renderPage } from '../../../src/player/page';
import type { Trace } from '../../../src/trace/trace';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** $CHROMIUM_PATH, the usual places, then what Playwright has installed. */
export async function openBrowser(): Promise<Browser> {
  const given = process.env['CHROMIUM_PATH'] ?? usualPlaces.find(file => existsSync(file));
  return chromium.launch({ args: flags, ...(given === undefined ? {} : { executablePath: given }) });
}

/** The built bundle and style. */
export function playerParts(): { readonly script: string; readonly style: string } {
  return { script: readFileSync(path.join(__dirname, 'player.js'), 'utf8'), style: readFileSync(path.join(__dirname, 'player.css'), 'utf8') };
}

export interface OpenPage {
  readonly page: Page;
  /** Errors, console errors, violations of the policy and requests to the outside, in words. */
  readonly problems: string[];
  close(): Promise<void>;
}

/** Listens before anything of the page runs. */
export async function watchPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Omit<OpenPage, 'close'> & { close(): Promise<void> }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', error => problems.push(`error: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    if (!/^(file|data|about):/.test(request.url()) && !request.url().startsWith('http://player.test/')) problems.push(`request: ${request.url()}`);
  });
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', event => console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI));`);
  return { page, problems, close: () => context.close() };
}

/** The exported page of a trace, from a file; in the language of its reader where that is `readers`. */
export async function openExported(
  browser: Browser, trace: Trace, options: BrowserContextOptions = {}, title = 'a program', language = 'en',
): Promise<OpenPage> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loopscope-player-'));
  const file = path.join(folder, 'page.html');
  writeFileSync(file, await renderPage({ trace, ...playerParts(), title, ...(language === 'readers' ? {} : { language }) }));
  const watched = await watchPage(browser, options);
  await watched.page.goto(`file://${file}`);
  await watched.page.waitForSelector('.stage, .notice');
  return {
    ...watched,
    async close() {
      await watched.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What the boxes hold, as a reader sees it: labels of tokens, chips and lines. */
export async function boxes(page: Page): Promise<Readonly<Record<string, readonly string[]>>> {
  return page.evaluate(() => {
    function texts(selector: string): string[] {
      return [...document.querySelectorAll(selector)].map(element => element.textContent.trim());
    }
    return {
      running: [...document.querySelectorAll('.line.running')].map(line => line.getAttribute('data-line') ?? ''),
      parked: [...document.querySelectorAll('.line.parked')].map(line => line.getAttribute('data-line') ?? ''),
      stack: texts('.box-stack .label'), suspended: texts('.box-suspended .label'), ticks: texts('.box-ticks .label'),
      microtasks: texts('.box-microtasks .label'), timers: texts('.box-timers .label'), immediates: texts('.box-immediates .label'),
      console: texts('.box-console li'), caption: texts('.caption .headline'),
    };
  });
}

/** Why this file exists: the webview's page with a stand-in for the editor's side, for every test of it. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { HostMessage, PlayerMessage } from '../../../src/player/messages';
import { webviewHtml } from '../../../src/player/page';
import { playerParts, watchPage } from './page';

const origin = 'http://player.test';

/** What the player says is kept in `window.told`. */
export async function openWebview(
  browser: Browser, options: BrowserContextOptions = {},
): Promise<Awaited<ReturnType<typeof watchPage>>> {
  const watched = await watchPage(browser, options);
  const [scriptUri, styleUri] = [`${origin}/player.js`, `${origin}/player.css`];
  const html = webviewHtml({ scriptUri, styleUri, cspSource: origin, nonce: 'abc123' });
  const { script, style } = playerParts();
  await watched.page.route(`${origin}/**`, async route => {
    const url = route.request().url();
    if (url.endsWith('.js')) await route.fulfill({ body: script, contentType: 'text/javascript' });
    else if (url.endsWith('.css')) await route.fulfill({ body: style, contentType: 'text/css' });
    else if (url.endsWith('.ico')) await route.fulfill({ status: 204 });
    else await route.fulfill({ body: html, contentType: 'text/html' });
  });
  await watched.page.addInitScript(() => {
    const told: unknown[] = [];
    const api = { postMessage: (message: unknown) => told.push(message) };
    Object.assign(window, { told, acquireVsCodeApi: () => api });
  });
  await watched.page.goto(`${origin}/`);
  await watched.page.waitForSelector('.player');
  return watched;
}

export async function send(page: Page, message: HostMessage): Promise<void> {
  await page.evaluate(value => window.postMessage(value, '*'), message as unknown);
  await page.waitForTimeout(50);
}

export async function told<Kind extends PlayerMessage['kind']>(page: Page, kind: Kind): Promise<Extract<PlayerMessage, { kind: Kind }>[]> {
  const all = await page.evaluate(() => (window as unknown as { told: PlayerMessage[] }).told);
  return all.filter((message): message is Extract<PlayerMessage, { kind: Kind }> => message.kind === kind);
}

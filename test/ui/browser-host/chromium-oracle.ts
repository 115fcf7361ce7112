/**
 * Why this file exists: what real Chromium prints for a program: a fresh page with its script at the end of the body,
 * clicked on as the program's text says. `others` are further files, by name.
 */
import type { Browser, Page } from 'playwright-core';
import ts from 'typescript';

/** The address that the simulation models. */
const origin = 'http://localhost/';
const directive = /^[ \t]*\/\/ loopscope: (page|click) (.+?)(?: at \d+)?[ \t]*\r?$/gm;
/** As the simulation: between two things that a user does. */
const paceMs = 100;
/** How long a page is given to print more than was expected. */
const graceMs = 120;
const patienceMs = 3000;

/** Before any script: what is printed is kept as text. */
const listen = "window.__lines = []; console.log = (...values) => { __lines.push(values.map(String).join(' ')); };";

interface Printing {
  readonly __lines: string[];
}

export async function printedInChromium(
  browser: Browser, text: string, expected: number, others: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const page = await browser.newPage();
  try {
    await page.addInitScript(listen);
    await serve(page, text, others);
    await page.goto(origin);
    for (const selector of said(text, 'click')) {
      await page.waitForTimeout(paceMs);
      await page.click(selector);
    }
    const until = Date.now() + patienceMs;
    while ((await lines(page)).length < expected && Date.now() < until) await page.waitForTimeout(20);
    await page.waitForTimeout(graceMs);
    return await lines(page);
  } finally {
    await page.close();
  }
}

function lines(page: Page): Promise<string[]> {
  // In the page, where `listen` has run.
  return page.evaluate(() => (globalThis as unknown as Printing).__lines);
}

function said(text: string, kind: string): string[] {
  return [...text.matchAll(directive)].flatMap(([, own, what]) => (own === kind && what !== undefined ? [what] : []));
}

async function serve(page: Page, text: string, others: Readonly<Record<string, string>>): Promise<void> {
  const isModule = ts.isExternalModule(ts.createSourceFile('program.ts', text, ts.ScriptTarget.ES2022));
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, alwaysStrict: true };
  const script = ts.transpileModule(text, { compilerOptions: options }).outputText;
  const tag = `<script${isModule ? ' type="module"' : ''} src="/program.js"></script>`;
  const content = said(text, 'page').join('');
  const body = `<!DOCTYPE html><html><head></head><body>${content}${tag}</body></html>`;
  await page.route('**/*', route => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body });
    if (pathname === '/program.js') return route.fulfill({ contentType: 'text/javascript; charset=utf-8', body: script });
    const other = others[pathname.slice(1)];
    const contentType = pathname.endsWith('.json') ? 'application/json' : 'text/javascript';
    if (other !== undefined) return route.fulfill({ contentType, body: other });
    return route.fulfill({ status: 404, body: '' });
  });
}

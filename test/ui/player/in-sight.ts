/** Why this file exists: what a reader sees without scrolling: in the window, and covered by nothing. */
import type { Locator } from 'playwright-core';

/** What of the essential is out of sight now, in words; a reader needs all of it at once. */
export async function outOfSight(body: Locator): Promise<readonly string[]> {
  return body.evaluate(() => {
    const wrong: string[] = [];
    /** Whether a point near an edge of the element is the element's on the screen. */
    function look(selector: string, edge: 'top' | 'bottom', isNeeded = false): void {
      const element = [...document.querySelectorAll(selector)].at(-1);
      if (element === undefined) {
        if (isNeeded) wrong.push(`${selector} is missing`);
        return;
      }
      const box = element.getBoundingClientRect();
      const [x, y] = [box.left + Math.min(box.width / 2, 30), edge === 'top' ? box.top + 6 : box.bottom - 6];
      const seen = document.elementFromPoint(x, y);
      if (seen === null || !(element.contains(seen) || seen.contains(element))) wrong.push(`${selector} at ${Math.round(x)}, ${Math.round(y)}`);
    }
    for (const text of ['.caption .headline', '.caption .rule']) {
      look(text, 'top', true);
      look(text, 'bottom', true);
    }
    for (const box of ['stack', 'suspended', 'ticks', 'microtasks', 'timers', 'immediates', 'console']) look(`.box-${box} h2`, 'top', true);
    for (const box of ['stack', 'microtasks', 'timers']) {
      look(`.box-${box} li:first-child .token`, 'top');
      look(`.box-${box} li:first-child .token`, 'bottom');
    }
    look('.box-console li:last-child', 'bottom');
    look('.line.running', 'top');
    const lines = document.querySelector('.box-console .lines') ?? document.querySelector('.box-console');
    const high = lines === null ? 0 : lines.clientHeight / parseFloat(getComputedStyle(lines).lineHeight);
    if (high < 3.95) wrong.push(`the console shows ${high.toFixed(1)} lines`);
    for (const scroller of [document.documentElement, document.querySelector('.machine')]) {
      if (scroller !== null && scroller.scrollHeight > scroller.clientHeight) wrong.push(`${scroller.className || 'the page'} has to be scrolled`);
    }
    return wrong;
  });
}

/** Elements that stand out of the window to the right or left. */
export async function outAside(body: Locator): Promise<readonly string[]> {
  return body.evaluate(() => {
    const aside = [...document.querySelectorAll('.button, .box, .caption, .strip, .line .text')].filter(element => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > window.innerWidth + 0.5);
    });
    return aside.map(element => element.className);
  });
}

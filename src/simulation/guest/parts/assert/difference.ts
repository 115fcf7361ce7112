/**
 * Why this file exists: two values beside each other, line by line, as a failed assertion shows them. Node 20:
 * lib/internal/assert/assertion_error.js.
 */
import { inspect } from '../../inspect';

export const readable = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
} as const;

/** A value with everything that decides whether it is equal to another. */
export function shownWhole(value: unknown): string {
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
  });
}

/** What is longer than fifty lines is cut to the first ones. */
export function cut(lines: string[]): string[] {
  return lines.length > 50 ? [...lines.slice(0, 46), '...'] : lines;
}

const shortest = 12;
const columns = 80;
const most = 50;

type Operator = 'strictEqual' | 'deepStrictEqual';

function isThing(value: unknown, kind: 'object' | 'function'): boolean {
  return typeof value === kind && value !== null;
}

/** For values of one line each: a short answer, or how many signs they share at their beginnings. */
function inOneLine(actual: unknown, expected: unknown, a: string, b: string, isObjects: boolean): 'short' | number {
  const length = a.length + b.length;
  if (length <= shortest) {
    const isPlain = !isThing(actual, 'object') && !isThing(expected, 'object');
    return isPlain && (actual !== 0 || expected !== 0) ? 'short' : 0;
  }
  if (isObjects || length >= columns) return 0;
  let shared = 0;
  while (a[shared] === b[shared]) shared++;
  return shared > 2 ? shared : 0;
}

interface Ending {
  /** The lines that both end with, as they are shown. */
  readonly text: string;
  readonly skips: boolean;
}

/** Takes the lines off that both have at their ends; of many the last three and the first are shown. */
function takeEnding(actual: string[], expected: string[]): Ending {
  let [text, other, count] = ['', '', 0];
  while (actual.length > 0 && expected.length > 0 && actual.at(-1) === expected.at(-1)) {
    if (count++ < 3) text = `\n  ${actual.at(-1)}${text}`;
    else other = actual.at(-1) ?? '';
    actual.pop();
    expected.pop();
  }
  if (count >= 5) text = `\n...${text}`;
  if (other !== '') text = `\n  ${other}${text}`;
  return { text, skips: count >= 5 };
}

/** A comma at the end of a line is no difference. */
function differs(actual: string, expected: string): boolean {
  if (actual === expected) return false;
  return !(actual.endsWith(',') && actual.slice(0, -1) === expected);
}

/** What is written line by line: those that differ wait, so that consecutive ones stand together. */
class Page {
  text = '';
  waiting = '';
  printed = 0;
  skips = false;
  #identical = 0;

  same(line: string): void {
    this.text += this.waiting;
    this.waiting = '';
    this.#identical++;
    if (this.#identical <= 2) this.#print(line);
  }

  #print(line: string): void {
    this.text += `\n  ${line}`;
    this.printed++;
  }

  /** Before a line that differs: the last of the same lines before it are shown. */
  breakOff(lines: readonly string[], at: number): void {
    const count = this.#identical;
    this.#identical = 0;
    if (count <= 2) return;
    if (count === 5) this.#print(lines[at - 3] ?? '');
    else if (count > 5) {
      this.text += '\n...';
      this.skips = true;
    }
    if (count > 3) this.#print(lines[at - 2] ?? '');
    this.#print(lines[at - 1] ?? '');
  }
}

function compareLines(page: Page, actual: readonly string[], expected: readonly string[], i: number): void {
  const [one, other] = [actual[i], expected[i]];
  if (one === undefined || other === undefined) {
    const isActual = other === undefined;
    page.breakOff(isActual ? actual : expected, i);
    if (isActual) page.text += `\n+ ${one ?? ''}`;
    else page.waiting += `\n- ${other}`;
    page.printed++;
    return;
  }
  if (!differs(one, other)) page.same(one);
  else if (other.endsWith(',') && other.slice(0, -1) === one) page.same(`${one},`);
  else {
    page.breakOff(actual, i);
    page.text += `\n+ ${one}`;
    page.waiting += `\n- ${other}`;
    page.printed += 2;
  }
}

/** The message of a failed `strictEqual` or `deepStrictEqual`; the program's own words come before the difference. */
export function difference(actual: unknown, expected: unknown, operator: Operator, own?: string): string {
  const whole = shownWhole(actual);
  const [actualLines, expectedLines] = [whole.split('\n'), shownWhole(expected).split('\n')];
  const isObjects =
    operator === 'strictEqual' &&
    ((isThing(actual, 'object') && isThing(expected, 'object')) ||
      (typeof actual === 'function' && typeof expected === 'function'));
  const words = own === undefined || own === '' ? readable[isObjects ? 'strictEqualObject' : operator] : own;
  const [a = '', b = ''] = [actualLines[0], expectedLines[0]];
  let indicator = '';
  if (actualLines.length === 1 && expectedLines.length === 1 && a !== b) {
    const found = inOneLine(actual, expected, a, b, isObjects);
    if (found === 'short') return `${words}\n\n${a} !== ${b}\n`;
    if (found > 0) indicator = `\n  ${' '.repeat(found)}^`;
  }
  const ending = takeEnding(actualLines, expectedLines);
  const count = Math.max(actualLines.length, expectedLines.length);
  if (count === 0) return `${readable.notIdentical}\n\n${cut(whole.split('\n')).join('\n')}\n`;
  const head = `${words}\n+ actual - expected`;
  const page = new Page();
  for (let i = 0; i < count; i++) {
    compareLines(page, actualLines, expectedLines, i);
    if (page.printed > most && i < count - 2)
      return `${head} ... Lines skipped\n${page.text}\n...${page.waiting}\n...`;
  }
  const skips = page.skips || ending.skips;
  return `${head}${skips ? ' ... Lines skipped' : ''}\n${page.text}${page.waiting}${ending.text}${indicator}`;
}

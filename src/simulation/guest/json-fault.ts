/**
 * Why this file exists: what V8 says of a text that is no JSON; the engine words it otherwise. V8 11.3:
 * src/json/json-parser.cc. Asked only after the engine has refused the text.
 */
import { NativeError, apply } from './primordials';

const { charCodeAt, slice, indexOf, lastIndexOf, repeat, replaceAll } = String.prototype;

/** Thrown through the scanner: V8's words. */
class Fault extends NativeError {
  constructor(readonly words: string) {
    super(words);
  }
}

interface Scan {
  readonly text: string;
  at: number;
}

const atTheEnd = 'Unexpected end of JSON input';
const tooMuch = 'Unexpected non-whitespace character after JSON';

export interface JsonFault {
  readonly words: string;
  readonly head: string;
}

/** V8's words for the first fault of a text, or undefined when there is none. */
export function jsonFault(text: string): JsonFault | undefined {
  const scan: Scan = { text, at: 0 };
  try {
    value(scan);
    skipSpace(scan);
    if (scan.at < text.length) fail(scan, tooMuch);
    return undefined;
  } catch (fault) {
    return fault instanceof Fault ? { words: fault.words, head: headOf(scan) } : undefined;
  }
}

/** What stands above the error when nobody catches it: the line of the text, as if it were a script. */
function headOf({ text, at }: Scan): string {
  const before = apply(slice, text, [0, at]);
  const start = apply(lastIndexOf, before, ['\n']) + 1;
  const end = apply(indexOf, text, ['\n', at]);
  const line = apply(slice, text, [start, end < 0 ? text.length : end]);
  const number = before.length - apply<string, [string, string], string>(replaceAll, before, ['\n', '']).length + 1;
  const caret = at < text.length ? `${apply(repeat, ' ', [at - start])}^\n` : '';
  return `<anonymous_script>:${number}\n${line}\n${caret}`;
}

function fail(scan: Scan, words: string): never {
  throw new Fault(`${words}${words === tooMuch ? '' : ' in JSON'} at position ${scan.at}`);
}

function here(scan: Scan): string {
  return scan.text[scan.at] ?? '';
}

function skipSpace(scan: Scan): void {
  while (here(scan) !== '' && apply(indexOf, ' \t\n\r', [here(scan)]) >= 0) scan.at++;
}

/** ReportUnexpectedToken, without words of its own. */
function unexpected(scan: Scan): never {
  const char = here(scan);
  if (char === '') throw new Fault(atTheEnd);
  if (isDigit(char) || char === '-') fail(scan, 'Unexpected number');
  if (char === '"') fail(scan, 'Unexpected string');
  const { text } = scan;
  if (text === 'NaN' || text === 'Infinity' || text === 'undefined' || text === '[object Object]')
    throw new Fault(`"${text}" is not valid JSON`);
  throw new Fault(`Unexpected token '${char}', ${around(scan)} is not valid JSON`);
}

/** Characters that V8 shows on each side of the fault. */
const context = 10;

function around({ text, at }: Scan): string {
  if (text.length <= 2 * context) return `"${text}"`;
  const from = at < context ? 0 : at - context;
  const to = at >= context && at >= text.length - context ? text.length : at + context;
  const part = apply(slice, text, [from, to]);
  return `${at < context ? '' : '...'}"${part}"${to === text.length ? '' : '...'}`;
}

function value(scan: Scan): void {
  skipSpace(scan);
  const char = here(scan);
  if (char === '"') string(scan);
  else if (char === '{') object(scan);
  else if (char === '[') array(scan);
  else if (char === '-' || isDigit(char)) number(scan);
  else if (char === 't') literal(scan, 'true');
  else if (char === 'f') literal(scan, 'false');
  else if (char === 'n') literal(scan, 'null');
  else unexpected(scan);
}

function literal(scan: Scan, word: string): void {
  for (let i = 0; i < word.length; i++, scan.at++) if (here(scan) !== word[i]) unexpected(scan);
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char !== '';
}

function number(scan: Scan): void {
  if (here(scan) === '-') {
    scan.at++;
    if (!isDigit(here(scan))) fail(scan, 'No number after minus sign');
  }
  if (here(scan) === '0') {
    scan.at++;
    if (isDigit(here(scan))) fail(scan, 'Unexpected number');
  } else digits(scan);
  if (here(scan) === '.') {
    scan.at++;
    if (!isDigit(here(scan))) fail(scan, 'Unterminated fractional number');
    digits(scan);
  }
  if (here(scan) !== 'e' && here(scan) !== 'E') return;
  scan.at++;
  if (here(scan) === '+' || here(scan) === '-') scan.at++;
  if (!isDigit(here(scan))) fail(scan, 'Exponent part is missing a number');
  digits(scan);
}

function digits(scan: Scan): void {
  while (isDigit(here(scan))) scan.at++;
}

function string(scan: Scan): void {
  for (scan.at++; here(scan) !== '"'; scan.at++) {
    const char = here(scan);
    if (char === '') fail(scan, 'Unterminated string');
    if (apply(charCodeAt, char, [0]) < 0x20) fail(scan, 'Bad control character in string literal');
    if (char === '\\') escape(scan);
  }
  scan.at++;
}

function escape(scan: Scan): void {
  scan.at++;
  const char = here(scan);
  if (char === '') throw new Fault(atTheEnd);
  if (char !== 'u') {
    if (apply(indexOf, '"\\/bfnrt', [char]) < 0) fail(scan, 'Bad escaped character');
    return;
  }
  for (let i = 0; i < 4; i++) {
    scan.at++;
    const digit = here(scan);
    const isHex = isDigit(digit) || (digit >= 'a' && digit <= 'f') || (digit >= 'A' && digit <= 'F');
    if (!isHex || digit === '') fail(scan, digit === '' ? 'Unterminated string' : 'Bad Unicode escape');
  }
}

function object(scan: Scan): void {
  scan.at++;
  skipSpace(scan);
  if (here(scan) === '}') {
    scan.at++;
    return;
  }
  if (here(scan) !== '"') fail(scan, "Expected property name or '}'");
  for (;;) {
    string(scan);
    skipSpace(scan);
    if (here(scan) !== ':') fail(scan, "Expected ':' after property name");
    scan.at++;
    value(scan);
    skipSpace(scan);
    if (here(scan) === '}') break;
    if (here(scan) !== ',') fail(scan, "Expected ',' or '}' after property value");
    scan.at++;
    skipSpace(scan);
    if (here(scan) !== '"') fail(scan, 'Expected double-quoted property name');
  }
  scan.at++;
}

function array(scan: Scan): void {
  scan.at++;
  skipSpace(scan);
  if (here(scan) === ']') {
    scan.at++;
    return;
  }
  for (;;) {
    value(scan);
    skipSpace(scan);
    if (here(scan) === ']') break;
    if (here(scan) !== ',') fail(scan, "Expected ',' or ']' after array element");
    scan.at++;
  }
  scan.at++;
}

/**
 * Why this file exists: `localeCompare` as ICU does it for English: letters before case and accents, signs before
 * digits. Modelled: ASCII, the Latin letters that are a letter and its marks, and a few more; other scripts are not.
 */
import { apply, bareList } from './primordials';

/** Signs in the order of CLDR's root collation, then digits, then letters. */
const order = '\t\n\v\f\r _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz';
/** Marks above and below letters, in the order of their secondary weights. */
const marks = '\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304';
/** Letters that are two, or one with a mark that Unicode does not take off. */
const spelled: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o\u0338',
  đ: 'd\u0338',
  ł: 'l\u0338',
  ħ: 'h\u0338',
};

const { indexOf, toLowerCase, normalize } = String.prototype;

interface Key {
  readonly primary: number[];
  readonly secondary: number[];
  readonly tertiary: number[];
}

/** What is compared of two texts. */
export interface Sensitivity {
  readonly accents: boolean;
  readonly case: boolean;
  /** Digits are read as numbers. */
  readonly numeric: boolean;
}

/** −1, 0 or 1; the first character that is not modelled instead, if there is one. */
export function collate(a: string, b: string, by: Sensitivity): number | string {
  const [left, right] = [keyOf(a, by.numeric), keyOf(b, by.numeric)];
  if (typeof left === 'string') return left;
  if (typeof right === 'string') return right;
  const primary = compareLists(left.primary, right.primary);
  if (primary !== 0) return primary;
  const secondary = by.accents ? compareLists(left.secondary, right.secondary) : 0;
  if (secondary !== 0) return secondary;
  return by.case ? compareLists(left.tertiary, right.tertiary) : 0;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

function keyOf(text: string, numeric: boolean): Key | string {
  const key: Key = { primary: bareList(), secondary: bareList(), tertiary: bareList() };
  const parts = apply(normalize, text, ['NFD']);
  for (let i = 0; i < parts.length; i++) {
    const char = parts[i] ?? '';
    if (numeric && isDigit(char)) {
      i = addNumber(key, parts, i);
      continue;
    }
    const mark = apply(indexOf, marks, [char]);
    if (mark >= 0) addMark(key, mark);
    else if (char > '\u0008' || char === '\0') {
      if (char !== '\0' && !addLetter(key, char)) return char;
    }
  }
  return key;
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}

function add(key: Key, primary: number, tertiary: number): void {
  key.primary[key.primary.length] = primary;
  key.secondary[key.secondary.length] = 0;
  key.tertiary[key.tertiary.length] = tertiary;
}

function addMark(key: Key, mark: number): void {
  const at = key.secondary.length - 1;
  if (at >= 0) key.secondary[at] = (key.secondary[at] ?? 0) * 32 + mark + 1;
}

/** Longer numbers are larger, once their zeros in front are gone. */
function addNumber(key: Key, text: string, from: number): number {
  let start = from;
  let end = from;
  while (isDigit(text[end] ?? '')) end++;
  while (start < end - 1 && text[start] === '0') start++;
  add(key, apply(indexOf, order, ['0']), 0);
  add(key, end - start, 0);
  for (let i = start; i < end; i++) add(key, apply(indexOf, order, [text[i] ?? '']), 0);
  return end - 1;
}

function addLetter(key: Key, char: string): boolean {
  const lower = apply(toLowerCase, char, []);
  const isUpper = lower !== char;
  const letters = spelled[lower] ?? lower;
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] ?? '';
    const mark = apply(indexOf, marks, [letter]);
    const at = apply(indexOf, order, [letter]);
    if (mark >= 0) addMark(key, mark);
    else if (at < 0) return false;
    else add(key, at, (isUpper ? 1 : 0) + (letters === lower ? 0 : 2));
  }
  return true;
}

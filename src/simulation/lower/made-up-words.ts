/**
 * Why this file exists: plain values that are made up are named by where they stand: `name` is 'name', the second of a
 * list 'name 2'. Values for parameters and stand-ins of packages are made of the same words, as JavaScript.
 */

/** A text. `place` counts in a list, from 1. */
export function textFor(hint: string, place?: number): string {
  if (/(?:^|[a-z_])(?:At|Date|Time|_at|_date)$|^(?:date|timestamp)$/.test(hint)) return "'2025-01-01T00:00:00.000Z'";
  if (/e-?mail$/i.test(hint)) return `'${place === undefined ? 'someone' : `someone${place}`}@example.com'`;
  if (/^(?:ur[il]|href)$|Ur[il]$/.test(hint)) return "'https://example.com/'";
  return quoted(place === undefined ? hint : `${hint} ${place}`);
}

/** A number. Lists that are made up have two elements. */
export function numberFor(hint: string, place?: number): string {
  if (/^status(?:Code)?$/.test(hint)) return '200';
  if (/^(?:exitCode|errno)$/.test(hint)) return '0';
  if (/(?:^|[a-z])(?:[Cc]ount|[Ll]ength)$|^(?:count[A-Z]\w*|total)$/.test(hint)) return '2';
  return String(place ?? 1);
}

/** All went well. */
export function booleanFor(hint: string): string {
  return /err(?:or|ed)?$|fail(?:ed|ure)?$|abort(?:ed)?$|cancell?ed$/i.test(hint) ? 'false' : 'true';
}

export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
}

/** Further lines two places to the right: what stands inside something. */
export function indentedRest(text: string): string {
  return text.replace(/\n(?=.)/g, '\n  ');
}

/** What an arrow function returns. */
export function parenthesized(value: string): string {
  return value.startsWith('{') ? `(${value})` : value;
}

/** The name of one element of a list that is named so. */
export function singular(hint: string): string {
  return hint.replace(/ies$/, 'y').replace(/(?<=(?:s|x|z|ch|sh))es$|(?<!s)s$/, '');
}

export function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/**
 * Why this file exists: the engine knows no languages. What programs print most is given as Node gives it where the
 * language is American English: numbers, dates, the order of texts. Anything else ends the run and says so.
 */
import { collate } from './collation';
import { endNow } from './ending';
import { formatNumber, type NumberStyle } from './locale-numbers';
import { NativeRangeError, NativeTypeError, apply, hide, isObject, named, ownKeys } from './primordials';
import { here } from './recorder';

function unsupported(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

const english = ['en-US', 'en'];

/** English or nothing said. */
function checkLocale(locales: unknown, what: string, also: readonly string[] = []): void {
  if (locales === undefined) return;
  for (const known of [...english, ...also]) if (locales === known) return;
  unsupported(`${what} in another language`);
}

type Options = Readonly<Record<string, unknown>>;

/** The options, all of which must be known. */
function checkedOptions(given: unknown, known: readonly string[], what: string): Options {
  if (given === undefined) return {};
  if (!isObject(given)) return unsupported(`${what} with these options`);
  const options = given as Options;
  for (const key of ownKeys(given)) {
    let isKnown = options[key as string] === undefined;
    for (const each of known) isKnown ||= each === key;
    if (!isKnown) unsupported(`${what} with the option ${String(key)}`);
  }
  return options;
}

const numberOptions = ['style', 'currency', 'minimumFractionDigits', 'maximumFractionDigits', 'useGrouping'];

function digits(value: unknown, name: string): number | undefined {
  if (value === undefined) return undefined;
  const count = Number(value);
  if (!(count >= 0 && count <= 20)) throw new NativeRangeError(`${name} value is out of range.`);
  return Math.trunc(count);
}

function numberStyle(locales: unknown, given: unknown): NumberStyle {
  const what = 'toLocaleString of a number';
  checkLocale(locales, what);
  const options = checkedOptions(given, numberOptions, what);
  const { style = 'decimal' } = options;
  if (style !== 'decimal' && style !== 'percent' && style !== 'currency') return unsupported(`${what} with this style`);
  if (style === 'currency' && options['currency'] !== 'USD') return unsupported(`${what} in this currency`);
  const usual = style === 'currency' ? [2, 2] : style === 'percent' ? [0, 0] : [0, 3];
  const least = digits(options['minimumFractionDigits'], 'minimumFractionDigits');
  const most = digits(options['maximumFractionDigits'], 'maximumFractionDigits');
  const minimum = least ?? (most === undefined ? (usual[0] ?? 0) : Math.min(usual[0] ?? 0, most));
  const maximum = most ?? Math.max(usual[1] ?? 0, minimum);
  if (minimum > maximum) throw new NativeRangeError('maximumFractionDigits value is out of range.');
  return { style, minimum, maximum, grouping: options['useGrouping'] !== false };
}

const { valueOf: numberOf } = Number.prototype;
const { valueOf: bigIntOf } = BigInt.prototype;

const { getTime, getUTCFullYear, getUTCMonth, getUTCDate, getUTCHours, getUTCMinutes, getUTCSeconds } = Date.prototype;

/** A program's clock stands in UTC. */
function dateText(date: Date): string {
  const year = apply(getUTCFullYear, date, []);
  const shown = year > 0 ? year : 1 - year; // before the year 1 comes another
  return `${apply(getUTCMonth, date, []) + 1}/${apply(getUTCDate, date, [])}/${shown}`;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : `${value}`;
}


function timeText(date: Date): string {
  const hours = apply(getUTCHours, date, []);
  const rest = `${two(apply(getUTCMinutes, date, []))}:${two(apply(getUTCSeconds, date, []))}`;
  return `${hours % 12 === 0 ? 12 : hours % 12}:${rest} ${hours < 12 ? 'AM' : 'PM'}`;
}

function dateMethod(name: string, text: (date: Date) => string): (this: Date, ...args: unknown[]) => string {
  return {
    call(this: Date, locales?: unknown, given?: unknown): string {
      const time = apply(getTime, this, []); // the engine's own check for what is no Date
      checkLocale(locales, name);
      const { timeZone = 'UTC' } = checkedOptions(given, ['timeZone'], name);
      if (timeZone !== 'UTC' && timeZone !== 'GMT') unsupported(`${name} in another time zone`);
      return Number.isNaN(time) ? 'Invalid Date' : text(this);
    },
  }.call;
}

/** Languages that sort the letters which are modelled as English does. */
const sortedAlike = ['en-GB', 'de', 'de-DE', 'fr', 'fr-FR', 'it', 'pt'];

function localeCompare(this: unknown, that: unknown, locales?: unknown, given?: unknown): number {
  if (this === undefined || this === null)
    throw new NativeTypeError('String.prototype.localeCompare called on null or undefined');
  // eslint-disable-next-line @typescript-eslint/no-base-to-string -- whatever it is called on, as the language has it
  const [a, b] = [String(this), String(that)];
  checkLocale(locales, 'localeCompare', sortedAlike);
  const { numeric = false, sensitivity = 'variant' } = checkedOptions(given, ['numeric', 'sensitivity'], 'localeCompare');
  const result = collate(a, b, {
    numeric: numeric === true,
    accents: sensitivity === 'variant' || sensitivity === 'accent',
    case: sensitivity === 'variant' || sensitivity === 'case',
  });
  return typeof result === 'number' ? result : a === b ? 0 : unsupported(`localeCompare of '${result}'`);
}

/** V8 names the time zone behind its offset. */
function nameTimeZone(name: 'toString' | 'toTimeString'): void {
  const native = Date.prototype[name];
  const method = {
    call(this: Date): string {
      const text = apply(native, this, []);
      return apply(endsWith, text, ['GMT+0000']) ? `${text} (Coordinated Universal Time)` : text;
    },
  }.call;
  hide(Date.prototype, name, named(method, name, 0));
}

const { endsWith } = String.prototype;

export function installLocale(): void {
  const methods = {
    number(this: unknown, locales?: unknown, options?: unknown): string {
      return formatNumber(apply(numberOf, this as number, []), numberStyle(locales, options));
    },
    bigint(this: unknown, locales?: unknown, options?: unknown): string {
      return formatNumber(apply(bigIntOf, this as bigint, []), numberStyle(locales, options));
    },
    compare(this: unknown, ...args: unknown[]): number {
      return apply(localeCompare, this, args as [unknown, unknown?, unknown?]);
    },
  };
  hide(Number.prototype, 'toLocaleString', named(methods.number, 'toLocaleString', 0));
  hide(BigInt.prototype, 'toLocaleString', named(methods.bigint, 'toLocaleString', 0));
  hide(String.prototype, 'localeCompare', named(methods.compare, 'localeCompare', 1));
  const dates: Readonly<Record<string, (date: Date) => string>> = {
    toLocaleString: (date: Date) => `${dateText(date)}, ${timeText(date)}`,
    toLocaleDateString: dateText,
    toLocaleTimeString: timeText,
  };
  nameTimeZone('toString');
  nameTimeZone('toTimeString');
  for (const name of Object.keys(dates))
    hide(Date.prototype, name, named(dateMethod(name, dates[name] ?? dateText), name, 0));
}

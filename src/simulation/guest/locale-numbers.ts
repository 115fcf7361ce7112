/**
 * Why this file exists: numbers as people in the United States read them, which is what `toLocaleString` answers where
 * nothing else is asked for: `1,234.5`.
 */
import { apply } from './primordials';

const { endsWith, indexOf, slice, repeat, padEnd } = String.prototype;

export interface NumberStyle {
  readonly style: 'decimal' | 'percent' | 'currency';
  readonly minimum: number;
  readonly maximum: number;
  readonly grouping: boolean;
}

/** A number, or a big one as its digits. */
export function formatNumber(value: number | bigint, style: NumberStyle): string {
  const isNegative = value < 0 || Object.is(value, -0);
  const sign = isNegative ? '-' : '';
  const symbol = style.style === 'currency' ? '$' : '';
  const end = style.style === 'percent' ? '%' : '';
  return `${sign}${symbol}${magnitude(value, style)}${end}`;
}

function magnitude(value: number | bigint, style: NumberStyle): string {
  if (value !== value) return 'NaN';
  if (value === Infinity || value === -Infinity) return '∞';
  const { whole, fraction } = rounded(decimal(value, style.style === 'percent' ? 2 : 0), style);
  const grouped = style.grouping ? groups(whole) : whole;
  return fraction === '' ? grouped : `${grouped}.${fraction}`;
}

interface Decimal {
  readonly whole: string;
  readonly fraction: string;
}

/** All digits of a number, times ten to the power of `shift`. */
function decimal(value: number | bigint, shift: number): Decimal {
  const text = String(value < 0 ? -value : value);
  const at = apply(indexOf, text, ['e']);
  const mantissa = at < 0 ? text : apply(slice, text, [0, at]);
  const exponent = (at < 0 ? 0 : Number(apply(slice, text, [at + 1]))) + shift;
  const dot = apply(indexOf, mantissa, ['.']);
  const digits = dot < 0 ? mantissa : apply(slice, mantissa, [0, dot]) + apply(slice, mantissa, [dot + 1]);
  const point = (dot < 0 ? mantissa.length : dot) + exponent;
  if (point <= 0) return { whole: '0', fraction: apply(repeat, '0', [-point]) + digits };
  return { whole: withoutZeros(apply(padEnd, apply(slice, digits, [0, point]), [point, '0'])), fraction: apply(slice, digits, [point]) };
}

function withoutZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits[from] === '0') from++;
  return apply(slice, digits, [from]);
}

/** Half is rounded away from zero; zeros at the end beyond the minimum go. */
function rounded({ whole, fraction }: Decimal, { minimum, maximum }: NumberStyle): Decimal {
  let digits = whole + apply(slice, fraction, [0, maximum]);
  const isUp = (fraction[maximum] ?? '0') >= '5';
  const kept = fraction.length < maximum ? fraction.length : maximum;
  if (isUp) digits = String(BigInt(digits) + 1n);
  while (digits.length <= kept) digits = `0${digits}`;
  const point = digits.length - kept;
  let rest = apply(slice, digits, [point]);
  while (rest.length > minimum && apply(endsWith, rest, ['0'])) rest = apply(slice, rest, [0, -1]);
  return { whole: withoutZeros(apply(slice, digits, [0, point])), fraction: apply(padEnd, rest, [minimum, '0']) };
}

function groups(digits: string): string {
  let text = '';
  for (let end = digits.length; end > 0; end -= 3) {
    const part = apply(slice, digits, [end > 3 ? end - 3 : 0, end]);
    text = text === '' ? part : `${part},${text}`;
  }
  return text;
}

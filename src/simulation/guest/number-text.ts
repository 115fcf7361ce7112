/**
 * Why this file exists: a number with a fraction, or a great one, in another base than ten: V8 writes as many digits as
 * tell it from its neighbours, the engine its exact value. V8 11.3: src/numbers/conversions.cc, DoubleToRadixCString.
 */
import { apply, hide, named, slice } from './primordials';

const { toString: native } = Number.prototype;
const { floor } = Math;
const { indexOf } = String.prototype;
const bits = new DataView(new ArrayBuffer(8));
const { getFloat64, setFloat64, getBigUint64, setBigUint64 } = DataView.prototype;
const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Digits from here on are not told by the 53 bits of a number; V8 writes noughts. */
const untold = 2 ** 53;

/** The next greater number. */
function nextOf(value: number): number {
  apply(setFloat64, bits, [0, value]);
  apply(setBigUint64, bits, [0, apply(getBigUint64, bits, [0]) + 1n]);
  return apply(getFloat64, bits, [0]);
}

function digitAt(value: number): string {
  return digits[value] ?? '';
}

/** The digits behind the point, and whether they carry over into those before it. */
function fractionOf(value: number, radix: number): { readonly text: string; readonly carries: boolean } {
  let fraction = value - floor(value);
  let delta = 0.5 * (nextOf(value) - value);
  if (delta === 0) delta = nextOf(0);
  let text = '';
  if (fraction < delta) return { text, carries: false };
  do {
    fraction *= radix;
    delta *= radix;
    const digit = floor(fraction);
    text += digitAt(digit);
    fraction -= digit;
    const isUp = fraction > 0.5 || (fraction === 0.5 && (digit & 1) === 1);
    if (isUp && fraction + delta > 1) return roundedUp(text, radix);
  } while (fraction >= delta);
  return { text, carries: false };
}

function roundedUp(text: string, radix: number): { readonly text: string; readonly carries: boolean } {
  for (let at = text.length - 1; at >= 0; at--) {
    const digit = apply(indexOf, digits, [text[at] ?? '']);
    if (digit + 1 < radix) return { text: slice(text, 0, at) + digitAt(digit + 1), carries: false };
  }
  return { text: '', carries: true };
}

function wholeOf(value: number, radix: number): string {
  let [rest, text] = [value, ''];
  while (rest / radix >= untold) {
    rest /= radix;
    text = `0${text}`;
  }
  do {
    const digit = rest % radix;
    text = digitAt(floor(digit)) + text;
    rest = (rest - digit) / radix;
  } while (rest > 0);
  return text;
}

function textOf(value: number, radix: number): string {
  if (value < 0) return `-${textOf(-value, radix)}`;
  const { text, carries } = fractionOf(value, radix);
  const whole = wholeOf(floor(value) + (carries ? 1 : 0), radix);
  return text === '' ? whole : `${whole}.${text}`;
}

/** Whether the engine's text may be another than V8's. */
function differs(value: unknown, radix: unknown): value is number {
  if (typeof value !== 'number' || typeof radix !== 'number') return false;
  const isBase = radix >= 2 && radix <= 36 && floor(radix) === radix && radix !== 10;
  return isBase && value - value === 0 && (floor(value) !== value || value >= untold || value <= -untold);
}

export function installNumberText(): void {
  const method = {
    call(this: unknown, radix?: unknown): string {
      return differs(this, radix) ? textOf(this, radix as number) : apply(native, this, [radix as number]);
    },
  }.call;
  hide(globalThis.Number.prototype, 'toString', named(method, 'toString', 1));
}

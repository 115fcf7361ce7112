/**
 * Why this file exists: how many columns of a terminal a text takes: wide characters two, marks and escapes none. Node
 * 20: lib/internal/util/inspect.js, getStringWidth as it is without ICU.
 */
import { apply, NativeRegExp } from './primordials';

const { codePointAt, replace } = String.prototype;
/** Colours. */
const escapes = new NativeRegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

export function stringWidth(given: string): number {
  const text = apply(replace, given, [escapes, '' as never]);
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    const code = apply(codePointAt, text, [i]) ?? 0;
    if (code > 0xffff) i++;
    width += isWide(code) ? 2 : isUnseen(code) ? 0 : 1;
  }
  return width;
}

function isWide(code: number): boolean {
  return (
    code >= 0x1100 &&
    (code <= 0x115f ||
      code === 0x2329 ||
      code === 0x232a ||
      (code >= 0x2e80 && code <= 0x3247 && code !== 0x303f) ||
      (code >= 0x3250 && code <= 0x4dbf) ||
      (code >= 0x4e00 && code <= 0xa4c6) ||
      (code >= 0xa960 && code <= 0xa97c) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe10 && code <= 0xfe19) ||
      (code >= 0xfe30 && code <= 0xfe6b) ||
      (code >= 0xff01 && code <= 0xff60) ||
      (code >= 0xffe0 && code <= 0xffe6) ||
      (code >= 0x1b000 && code <= 0x1b001) ||
      (code >= 0x1f200 && code <= 0x1f251) ||
      (code >= 0x1f300 && code <= 0x1f64f) ||
      (code >= 0x1f900 && code <= 0x1f9ff) ||
      (code >= 0x20000 && code <= 0x3fffd))
  );
}

function isUnseen(code: number): boolean {
  return (
    code <= 0x1f ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x300 && code <= 0x36f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x20d0 && code <= 0x20ff) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    (code >= 0xfe20 && code <= 0xfe2f) ||
    (code >= 0xe0100 && code <= 0xe01ef)
  );
}

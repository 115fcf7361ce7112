/**
 * Why this file exists: the cursor of a terminal is moved by what is written to it. Node 20:
 * lib/internal/readline/callbacks.js.
 */
import { checkFunction, codedError } from '../../node-errors';
import { NativeTypeError } from '../../primordials';
import { nextTick } from '../../ticks';

export interface Output {
  write(text: string, callback?: unknown): boolean;
}

const escape = '\u001B[';

function send(stream: Output | null | undefined, text: string, callback: unknown): boolean {
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (stream === null || stream === undefined || text === '') {
    if (callback !== undefined) nextTick(callback, [null]);
    return true;
  }
  return stream.write(text, callback);
}

function checkNumber(name: string, value: unknown): void {
  if (Number.isNaN(value))
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument '${name}' is invalid. Received NaN`);
}

export function cursorTo(stream: Output, x: number, y?: unknown, callback?: unknown): boolean {
  const then = typeof y === 'function' ? y : callback;
  const row = typeof y === 'function' ? undefined : y;
  checkNumber('x', x);
  checkNumber('y', row);
  if (typeof x !== 'number' && typeof row === 'number')
    throw codedError(NativeTypeError, 'ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column');
  if (typeof x !== 'number') return send(stream, '', then);
  return send(stream, typeof row === 'number' ? `${escape}${row + 1};${x + 1}H` : `${escape}${x + 1}G`, then);
}

export function moveCursor(stream: Output, dx: number, dy: number, callback?: unknown): boolean {
  const across = dx < 0 ? `${escape}${-dx}D` : dx > 0 ? `${escape}${dx}C` : '';
  const down = dy < 0 ? `${escape}${-dy}A` : dy > 0 ? `${escape}${dy}B` : '';
  return send(stream, across + down, callback);
}

export function clearLine(stream: Output, direction: number, callback?: unknown): boolean {
  return send(stream, `${escape}${direction < 0 ? 1 : direction > 0 ? 0 : 2}K`, callback);
}

export function clearScreenDown(stream: Output, callback?: unknown): boolean {
  return send(stream, `${escape}0J`, callback);
}

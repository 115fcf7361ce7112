/**
 * Why this file exists: addresses and ports as Node looks at them. Node 20: lib/internal/net.js,
 * lib/internal/validators.js.
 */
import { codedError, received } from '../../node-errors';
import { NativeRangeError } from '../../primordials';

export function isIPv4(text: unknown): boolean {
  const parts = String(text).split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

export function isIPv6(text: unknown): boolean {
  const whole = String(text).replace(/%[0-9a-z\-.:]+$/i, '');
  const [address, last] = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(whole)?.slice(1) ?? [whole];
  if (last !== undefined && !isIPv4(last)) return false;
  const shown = last === undefined ? (address ?? '') : `${address ?? ''}0:0`;
  if (!/^[\da-f:]+$/i.test(shown) || shown.includes(':::')) return false;
  const halves = shown.split('::');
  const count = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (count.some((part) => !/^[\da-f]{1,4}$/i.test(part)) || halves.length > 2) return false;
  return halves.length === 2 ? count.length < 8 : count.length === 8;
}

export function isIP(text: unknown): 0 | 4 | 6 {
  return isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0;
}

export function portOf(value: unknown, name = 'Port', allowsZero = true): number {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const number = Number(value);
  if (isNumber && number === number >>> 0 && number <= 0xffff && (number !== 0 || allowsZero)) return number;
  const words = `${name} should be ${allowsZero ? '>=' : '>'} 0 and < 65536. Received ${received(value)}.`;
  throw codedError(NativeRangeError, 'ERR_SOCKET_BAD_PORT', words);
}

/** The machine itself: nobody else is there. */
export function isHere(address: string): boolean {
  return address.startsWith('127.') || ['::1', '::', '0.0.0.0'].includes(address) || address.toLowerCase() === 'localhost';
}

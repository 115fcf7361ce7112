/** Why this file exists: what Node's stream code asks of `util.inspect`, for the package that brings that code. */
import { formatWithOptions, inspect } from '../../../inspect';

export function format(...args: unknown[]): string {
  return formatWithOptions({}, ...args);
}

export { inspect };

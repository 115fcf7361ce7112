/** Why this file exists: `loopscope trace` simulates a program and writes what happened. */
import { UsageError } from './usage-error';

export function traceCommand(_args: string[]): Promise<number> {
  return Promise.reject(new UsageError('This build cannot simulate yet.'));
}

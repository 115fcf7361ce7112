/** Why this file exists: `loopscope run` simulates a program and prints what it prints. */
import { UsageError } from './usage-error';

export function runCommand(_args: string[]): Promise<number> {
  return Promise.reject(new UsageError('This build cannot simulate yet.'));
}

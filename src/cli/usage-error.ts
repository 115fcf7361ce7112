/**
 * Why this file exists: a person's mistake on the command line is one line on stderr and exit code 2, never a stack
 * trace.
 */

export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

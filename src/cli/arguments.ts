/** Why this file exists: options are parsed alike by every command, and a wrong one is explained in one line. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './usage-error';

type Parsed<T extends ParseArgsConfig> = ReturnType<typeof parseArgs<T>>;

/** As `parseArgs`, with `UsageError` for what does not fit. */
export function parse<const T extends ParseArgsConfig>(config: T): Parsed<T> {
  try {
    return parseArgs<T>(config);
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(firstSentence(error.message));
    throw error;
  }
}

function firstSentence(message: string): string {
  const end = message.indexOf('. ');
  return end < 0 ? message : message.slice(0, end + 1);
}

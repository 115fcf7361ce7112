/** Why this file exists: what V8 says of a regular expression that is none; the engine words it otherwise. */
import { RegExpValidator } from '@eslint-community/regexpp';

const validator = new RegExpValidator({ ecmaVersion: 2024 });

/** V8's words for the fault of a pattern, or undefined when there is none. */
export function patternFault(pattern: string, flags: string): string | undefined {
  const unicodeSets = flags.includes('v');
  try {
    validator.validatePattern(pattern, 0, pattern.length, { unicode: flags.includes('u') && !unicodeSets, unicodeSets });
    return undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const fault = error.message.slice(error.message.lastIndexOf('/: ') + 3);
    return `Invalid regular expression: /${pattern}/${flags}: ${fault}`;
  }
}

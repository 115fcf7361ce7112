/**
 * Why this file exists: `assert(list.length > 3)` says what was asserted in the words of the program. Node 20:
 * lib/assert.js (getErrMessage).
 */
import { callingSpot } from '../../errors';
import { textOfFile } from '../../errors-places';
import { callsAround, placeParts } from '../../user-places';

const assertion = /(?:^|\.)(?:assert|ok|strict)\w*$/i;
const lineUnit = 1_000_000;

function offsetOf(text: string, place: number): number {
  let start = 0;
  for (let line = 1; line < Math.floor(place / lineUnit); line++) start = text.indexOf('\n', start) + 1;
  return start + (place % lineUnit) - 1;
}

/** A call as it is written; later lines are moved as far to the left as its first. */
function wordsOf(text: string, from: number, to: number): string {
  const start = offsetOf(text, from);
  const [first = '', ...more] = text.slice(start, offsetOf(text, to)).split('\n');
  const indent = new RegExp(`^[ \\t]{0,${start - text.lastIndexOf('\n', start - 1) - 1}}`);
  return [first, ...more.map((each) => `  ${each.replace(indent, '')}`)].join('\n');
}

/** The message, or undefined where the program's text is not known. */
export function assertedText(): string | undefined {
  const spot = callingSpot();
  if (spot === undefined) return undefined;
  const text = textOfFile(placeParts(spot).path);
  const calls = [...Array.from(callsAround(spot))];
  const call = calls.find((each) => assertion.test(each[4])) ?? calls[0];
  if (text === undefined || call?.[5] === undefined) return undefined;
  return `The expression evaluated to a falsy value:\n\n  ${wordsOf(text, call[1], call[5])}\n`;
}

/** Why this file exists: frames of the program as they come, park, return and go; each change is one event. */
import { apply, bareList, isCallable } from './primordials';
import { preview } from './preview';
import { callLabel, code, emit, emitMore, recording, stack, text, top, type Frame, valueText, word } from './recorder';
import { leaveLevel } from './thinning';

const pushed = code('frame-pushed');
const popped = code('frame-popped');
const suspended = code('frame-suspended');
const resumed = code('frame-resumed');
const reached = code('statement-reached');
const { includes, replaceAll } = String.prototype;

export const siteNames = bareList<string>();

/** Puts a frame on the stack; undefined when nothing is recorded. */
export function pushFrame(site: number, args: readonly unknown[] | undefined, promise = 0): Frame | undefined {
  if (!recording.on || site < 0) return undefined; // below 0: a function of Node, not of the program
  const frame: Frame = {
    id: ++recording.lastFrame,
    site,
    label: args === undefined ? (siteNames[site] ?? '') : callLabel(siteNames[site] ?? '', args),
    at: site,
    promise,
    ended: false,
  };
  emit(pushed, frame.id, site, text(frame.label), promise);
  stack[stack.length] = frame;
  return frame;
}

/** Takes a frame off the stack, and any that stayed above it when an error the program cannot catch passed. */
export function popFrame(frame: Frame | undefined, how: 'returned' | 'threw', value: unknown): void {
  if (frame === undefined || !unwind(frame)) return;
  frame.ended = true;
  emit(popped, frame.id, word(how), valueText(value));
}

/** The number of a text, where a function waits that has variables and is recorded. */
export type Locals = number | false | undefined;

/**
 * How often, and in how many characters: what is told of variables takes time, and is kept in the program's own memory.
 */
const most = { times: 5000, characters: 4_000_000 };
const told = { times: 0, characters: 0 };

/** $_lh: names and values of the variables of a function that is about to wait. */
export function onLocals(...pairs: readonly unknown[]): Locals {
  if (++told.times > most.times || told.characters > most.characters) return undefined;
  let all = '';
  for (let i = 0; i < pairs.length; i += 2) {
    const value = pairs[i + 1];
    if (!isCallable(value)) all += `${all === '' ? '' : '\n'}${pairs[i] as string} = ${inOneLine(preview(value))}`;
  }
  told.characters += all.length;
  return text(all);
}

function inOneLine(value: string): string {
  return apply(includes, value, ['\n']) ? (apply(replaceAll, value, ['\n', '\\n']) as string) : value;
}

export function suspendFrame(
  frame: Frame | undefined,
  site: number,
  on: 'await' | 'yield',
  promise: number,
  value: unknown,
  locals?: Locals,
): void {
  if (frame === undefined) return;
  if (top() === frame) leaveLevel();
  if (!unwind(frame)) return;
  frame.at = site;
  emit(suspended, frame.id, site, word(on), promise, valueText(value));
  if (locals !== undefined && locals !== false) emitMore(locals, 0, 0, 0, 0);
}

export function resumeFrame(frame: Frame | undefined, how: 'next' | 'throw' | 'return', value: unknown): void {
  if (frame === undefined || top() === frame) return; // it never left when its await is not recorded
  emit(resumed, frame.id, frame.at, word(how), valueText(value));
  stack[stack.length] = frame;
}

export function reachStatement(site: number): void {
  const frame = stack[stack.length - 1];
  if (frame === undefined) return;
  frame.at = site;
  emit(reached, site, frame.id);
}

/** Removes the frame and whatever lies above it; false when it is not on the stack. */
function unwind(frame: Frame): boolean {
  for (let i = stack.length - 1; i >= 0; i--) {
    const above = stack[i];
    if (above === frame) {
      stack.length = i;
      return true;
    }
    if (above !== undefined && holds(frame, i)) emit(popped, above.id, word('threw'), 0);
  }
  return false;
}

function holds(frame: Frame, below: number): boolean {
  for (let i = below - 1; i >= 0; i--) if (stack[i] === frame) return true;
  return false;
}

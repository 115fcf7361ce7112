/** Why this file exists: frames of the program as they come, park, return and go; each change is one event. */
import { bareList } from './primordials';
import { callLabel, code, emit, recording, stack, text, top, type Frame, valueText, word } from './recorder';
import { leaveLevel } from './thinning';

const pushed = code('frame-pushed');
const popped = code('frame-popped');
const suspended = code('frame-suspended');
const resumed = code('frame-resumed');
const reached = code('statement-reached');

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

export function suspendFrame(
  frame: Frame | undefined,
  site: number,
  on: 'await' | 'yield',
  promise: number,
  value: unknown,
): void {
  if (frame === undefined) return;
  if (top() === frame) leaveLevel();
  if (!unwind(frame)) return;
  frame.at = site;
  emit(suspended, frame.id, site, word(on), promise, valueText(value));
}

export function resumeFrame(frame: Frame | undefined, how: 'next' | 'throw' | 'return', value: unknown): void {
  if (frame === undefined) return;
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

/**
 * Why this file exists: what the lowered program calls while it runs. Each probe is cheap when it has nothing to do:
 * the program
 * compares its step count with one number (−1: record everything) and calls in here only then.
 */
import { popFrame, pushFrame, reachStatement } from './frames';
import { NativeRangeError, hide } from './primordials';
import { code, emit, growLast, recording, stack, type Frame } from './recorder';

/** What the program's own script offers: its step counter and the number that it compares with. */
export interface Gate {
  steps(): number;
  setLimit(limit: number): void;
}

/** Turns of one loop, or calls of one function, that are recorded within one task before it counts as hot. */
const recordedTurns = 200;
const recordedCalls = 2000;
const skipped = code('turns-skipped');

let gate: Gate = { steps: () => 0, setLimit: () => undefined };
let maxSteps = 0;
/** Ends the run at once; the host makes it an error that the program cannot catch. */
let endRun: (budget: string) => void = () => undefined;

interface Muted {
  readonly site: number;
  readonly depth: number;
  readonly since: number;
}

let muted: Muted | undefined;
let pendingValue: unknown;
let pendingError: { readonly error: unknown } | undefined;
const counts: number[] = [];
const stamps: number[] = [];

/** Connects the program's counter; called once, before the program's first step. */
export function openGate(to: Gate, limit: number, end: (budget: string) => void): void {
  gate = to;
  maxSteps = limit;
  endRun = end;
  gate.setLimit(recording.on ? -1 : maxSteps);
}

export function spendBudget(budget: string): void {
  endRun(budget);
}

/** A task begins or ends: nothing of the one before may linger. */
export function resetProbes(): void {
  unmute();
  stack.length = 0;
}

function checkBudget(): void {
  if (gate.steps() > maxSteps) endRun('steps');
}

function isHot(site: number, limit: number): boolean {
  if (stamps[site] !== recording.task) {
    stamps[site] = recording.task;
    counts[site] = 0;
  }
  const count = (counts[site] ?? 0) + 1;
  counts[site] = count;
  return count > limit;
}

function mute(site: number): void {
  muted = { site, depth: stack.length, since: gate.steps() };
  gate.setLimit(maxSteps);
}

function unmute(): void {
  if (muted === undefined) return;
  const count = gate.steps() - muted.since;
  if (!growLast(skipped, muted.site, count)) emit(skipped, muted.site, count);
  muted = undefined;
  gate.setLimit(recording.on ? -1 : maxSteps);
}

/** $_s: a statement begins. */
export function onStatement(site: number): void {
  reachStatement(site);
}

interface HotCall {
  readonly hot: true;
}
const hotCall: HotCall = { hot: true };

/** $_e: a plain function begins; the answer goes to `onLeave`. */
export function onEnter(site: number, args: readonly unknown[]): Frame | HotCall | 0 {
  checkBudget();
  if (!recording.on || muted !== undefined) return 0;
  if (isHot(site, recordedCalls)) {
    mute(site);
    return hotCall;
  }
  return pushFrame(site, args) ?? 0;
}

/** $_v: the value of a return statement. */
export function onReturn(value: unknown): unknown {
  pendingValue = value;
  return value;
}

/**
 * An error that was made when the stack was full has no stack of its own; the engine would try to make one at every
 * rethrow on its way up,
 * each time over all frames that are left.
 */
function giveStack(error: unknown): void {
  if (!(error instanceof NativeRangeError) || typeof error.stack === 'string') return;
  hide(error, 'stack', `RangeError: ${error.message}`);
}

/** $_q: an error leaves the function. */
export function onThrow(error: unknown): unknown {
  giveStack(error);
  pendingError = { error };
  return error;
}

/** $_x: a plain function is left, however. */
export function onLeave(entered: Frame | HotCall): void {
  if (muted !== undefined && ('hot' in entered || muted.depth >= stack.length)) unmute();
  if (!('hot' in entered))
    popFrame(entered, pendingError ? 'threw' : 'returned', pendingError ? pendingError.error : pendingValue);
  pendingError = pendingValue = undefined;
}

/** $_t: a turn of a loop begins. */
export function onTurn(site: number): void {
  checkBudget();
  if (recording.on && muted === undefined && isHot(site, recordedTurns)) mute(site);
}

/** $_u: a loop is left. */
export function onLoopEnd(site: number): void {
  if (muted?.site === site && muted.depth === stack.length) unmute();
}

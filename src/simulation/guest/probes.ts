/**
 * Why this file exists: what the lowered program calls while it runs. Each probe is cheap when it has nothing to do:
 * the program
 * compares its step count with one number (−1: record everything) and calls in here only then.
 */
import { popFrame, pushFrame, reachStatement } from './frames';
import { captureCallers } from './errors';
import { NativeRangeError, getOwnPropertyDescriptor } from './primordials';
import { recording, stack, type Frame } from './recorder';
import { callEnded, endMuting, isBeyondBound, isMuted, leaveLevel, loopEnded, muteCalls, stepsAllowed, stepsTaken, turn } from './thinning';

/** Ends the run at once; the host makes it an error that the program cannot catch. */
let endRun: (budget: string) => void = () => undefined;
let pendingValue: unknown;
let pendingError: { readonly error: unknown } | undefined;

/** Called once, before the program's first step. */
export function limitSteps(end: (budget: string) => void): void {
  endRun = end;
}

export function spendBudget(budget: string): void {
  endRun(budget);
}

/** A task begins or ends: nothing of the one before may linger. */
export function resetProbes(): void {
  endMuting();
  stack.length = 0;
}

function checkBudget(): void {
  if (stepsTaken() > stepsAllowed()) endRun('steps');
  if (isBeyondBound()) others.catchUp();
}

/** Other agents whose clocks are behind have their turn: agents.ts says how. */
export const others: { catchUp: () => void } = { catchUp: () => undefined };

/** $_s: a statement begins. */
export function onStatement(site: number): void {
  if (!isMuted()) reachStatement(site);
}

interface HotCall {
  readonly hot: true;
}

const hotCall: HotCall = { hot: true };

/** $_e: a plain function begins; the answer goes to `onLeave`. */
export function onEnter(site: number, args: readonly unknown[]): Frame | HotCall | 0 {
  checkBudget();
  if (!recording.on || isMuted()) return 0;
  return muteCalls(site) ? hotCall : (pushFrame(site, args) ?? 0);
}

/** $_v: the value of a return statement. */
export function onReturn(value: unknown): unknown {
  pendingValue = value;
  return value;
}

/**
 * An error that was made when the stack was full has no stack of its own. It gets one as soon as some of it is free: of
 * a recursion all frames are alike.
 */
function giveStack(error: unknown): void {
  if (!(error instanceof NativeRangeError) || getOwnPropertyDescriptor(error, 'stack') !== undefined) return;
  try {
    captureCallers(error);
  } catch {
    // Not yet: the function around this one tries again.
  }
}

/** $_q: an error leaves the function. */
export function onThrow(error: unknown): unknown {
  giveStack(error);
  pendingError = { error };
  return error;
}

/** $_x: a plain function is left, however. */
export function onLeave(entered: Frame | HotCall): void {
  if ('hot' in entered) callEnded();
  else {
    leaveLevel();
    popFrame(entered, pendingError ? 'threw' : 'returned', pendingError ? pendingError.error : pendingValue);
  }
  pendingError = pendingValue = undefined;
}

/** $_t: a turn of a loop begins; `k` is the number that this execution of the loop carries (thinning.ts). */
export function onTurn(site: number, k: number): number {
  checkBudget();
  return turn(site, k);
}

/** $_u: a loop is left. */
export function onLoopEnd(k: number): void {
  loopEnded(k);
}

/**
 * Why this file exists: hot code is recorded for its first turns and calls, and a loop for its last turns too; what
 * lies between runs at full speed and is counted. Each execution of a loop carries a number that the lowered program
 * keeps for it (`$_turns`): plain while it is recorded, from `skipping` upwards while its turns are counted, `tail`
 * once its last turns are shown.
 */
import { clock } from './clock';
import { NativeMap, apply, bareList } from './primordials';
import { code, emit, growLast, recording, stack, text } from './recorder';

/** What the program's own script offers: its step counter and the number that it compares with. */
export interface Gate {
  steps(): number;
  setLimit(limit: number): void;
}

/** A loop that was thinned out in the run before this one; the same program takes the same steps again. */
export interface Thinned {
  /** Steps of the program when its first turn was left out, and when it ended. */
  readonly from: number;
  readonly to: number;
  /** Turns left out. */
  readonly turns: number;
}

/** Turns of one loop, or calls of one function, that are recorded within one task before it counts as hot. */
const recordedTurns = 200;
const recordedCalls = 2000;
/** Turns at a loop's end that are shown when it is known where it ends. */
const lastTurns = 20;
/** Below every count of turns: a budget allows 2 × 10⁹ steps, and a turn takes two at least. */
const skipping = -(2 ** 30);
const tail = 2 ** 30;
const skipped = code('turns-skipped');
const turnsText = text('turns');
const callsText = text('calls');
const stepsText = text('steps');
const awaitingTurnsText = text('awaiting-turns');

/** Awaits, one after the other, whose job was the only one there was; and the job of the last of them. */
export const awaitsInRow = { count: 0, task: 0 };

interface Muted {
  /** Turns that are left out awaited something. */
  awaits: boolean;
  readonly site: number;
  readonly depth: number;
  readonly since: number;
  readonly what: 'loop' | 'calls';
  /** Steps at which it ends. */
  readonly until: number;
}

let gate: Gate = { steps: () => 0, setLimit: () => undefined };
let maxSteps = 0;
let muted: Muted | undefined;
let isReplay = false;
const counts = bareList<number>();
const stamps = bareList<number>();
/** Steps at which the last turns of a loop begin, by the steps at which its thinning began. */
const tails = new NativeMap<number, number>();
const { get: mapGet, set: mapSet } = NativeMap.prototype;
/** The loops of this run that were thinned out, for a second run that shows their ends. */
export const thinnedLoops = bareList<Thinned>();

/** Connects the program's counter; called once, before the program's first step. */
export function openGate(to: Gate, limit: number, known: readonly Thinned[]): void {
  gate = to;
  maxSteps = limit;
  isReplay = known.length > 0;
  for (let i = 0; i < known.length; i++) {
    const loop = known[i];
    if (loop === undefined) continue;
    const perTurn = (loop.to - loop.from) / loop.turns;
    apply(mapSet, tails, [loop.from, loop.to - lastTurns * perTurn]);
  }
  openAgain();
}

/** What a worker may not go beyond by itself: steps, and those at which other agents have their turn. */
const bounds = { steps: Infinity };

/** How far this agent may go before it asks again, in virtual time and in steps. */
export function boundSteps(until: number, left: number): void {
  const steps = gate.steps();
  maxSteps = left === Infinity ? maxSteps : steps + left;
  bounds.steps = until === Infinity ? Infinity : Math.max(steps + clock.stepsTo(until), 1); // below 0 it would record
  if (muted === undefined) openAgain();
  else gate.setLimit(lower(muted.until, bounds.steps));
}

/** True when other agents have their turn now. */
export function isBeyondBound(): boolean {
  return gate.steps() > bounds.steps;
}

export function stepsAllowed(): number {
  return maxSteps;
}

function lower(a: number, b: number): number {
  return a < b ? a : b;
}

function openAgain(): void {
  gate.setLimit(recording.on ? -1 : lower(maxSteps, bounds.steps));
}

export function stepsTaken(): number {
  return gate.steps();
}

export function isMuted(): boolean {
  return muted !== undefined;
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

function mute(site: number, what: Muted['what']): void {
  const since = gate.steps();
  const end = what === 'loop' ? (apply(mapGet, tails, [since]) as number | undefined) : undefined;
  const until = end !== undefined && end > since ? end : maxSteps;
  muted = { awaits: false, site, depth: stack.length, since, what, until };
  gate.setLimit(lower(until, bounds.steps));
}

function unmute(count: number, unit: number): void {
  if (muted === undefined) return;
  awaitsInRow.count = 0;
  if (!growLast(skipped, muted.site, count, unit)) emit(skipped, muted.site, count, unit);
  muted = undefined;
  openAgain();
}

/** A task begins or ends: nothing of the one before may linger. What was left out is told in steps. */
export function endMuting(): void {
  if (muted !== undefined) unmute(gate.steps() - muted.since, stepsText);
}

/** The call that was one too many is over, with all that it called. */
export function callEnded(): void {
  if (muted?.what === 'calls' && muted.depth >= stack.length) unmute(1, callsText);
}

/** True when this call is one too many to be recorded. */
export function muteCalls(site: number): boolean {
  if (muted !== undefined || !isHot(site, recordedCalls)) return false;
  mute(site, 'calls');
  return true;
}

/** Whatever is on top of the stack is left or parks: a silence that began there, or above it, is over. */
export function leaveLevel(): void {
  if (muted !== undefined && muted.depth >= stack.length) endMuting();
}

/** A turn of a loop begins: answers the number that its execution goes on with. */
export function turn(site: number, k: number): number {
  if (!recording.on || k >= tail) return k + 1;
  if (muted === undefined) {
    const isHotRow = k >= recordedTurns && awaitsInRow.count >= recordedTurns;
    // Below 0: a turn after a silence that the end of a task broke.
    if (!isHot(site, recordedTurns) && !isHotRow) return k < 0 ? 0 : k + 1;
    mute(site, 'loop');
    return skipping + 1;
  }
  if (k >= 0) return k + 1; // another loop inside the one that is left out
  if (gate.steps() <= muted.until) return k + 1; // other agents had their turn
  unmute(k - skipping, turnsUnit());
  return tail;
}

/** A loop is left, however. */
export function loopEnded(k: number): void {
  if (k >= 0 || muted?.what !== 'loop') return;
  const turns = k - skipping;
  if (!isReplay && turns > lastTurns) {
    thinnedLoops[thinnedLoops.length] = { from: muted.since, to: gate.steps(), turns };
  }
  unmute(turns, turnsUnit());
}

function turnsUnit(): number {
  return muted?.awaits === true ? awaitingTurnsText : turnsText;
}

/** True when an await whose job is the only one there is left out of the record, with the job that goes on. */
export function isAwaitLeftOut(): boolean {
  if (!recording.on) return true;
  if (muted?.what === 'loop' && muted.depth === stack.length) {
    muted.awaits = true;
    return true;
  }
  awaitsInRow.count++;
  awaitsInRow.task = recording.lastTask + 1; // the job that is queued next
  return false;
}

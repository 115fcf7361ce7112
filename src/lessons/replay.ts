/**
 * Why this file exists: a score is played again by a loop that works as somebody believes it does; what it prints is
 * what that somebody would predict. The believed loop is a few small answers; every other piece is as in life.
 */
import type { FrameId, TaskId } from '../trace/trace';
import type { Piece, Score, ScoredFrame, ScoredTask } from './score';

/** How a loop is believed to work. */
export interface Belief {
  /** An `await` in this call keeps its caller waiting. */
  readonly blocks?: (frame: ScoredFrame, score: Score) => boolean;
  /** This call does not begin where it stands, but later. */
  readonly defers?: (frame: ScoredFrame, score: Score) => boolean;
  /** This callback runs where it is handed over. */
  readonly atOnce?: (task: ScoredTask) => boolean;
  /** Of callbacks that wait, the one with the smallest rank runs first; among equals the one that was queued first. */
  readonly rank?: (task: ScoredTask) => number;
}

interface Waiting {
  readonly rank: number;
  readonly order: number;
  readonly run: () => void;
}

interface Replay {
  readonly score: Score;
  readonly belief: Belief;
  readonly printed: string[];
  readonly waiting: Waiting[];
  /** How far each call has come; calls that have begun only. */
  readonly reached: Map<FrameId, number>;
  readonly done: Set<TaskId>;
  order: number;
}

/**
 * The real loop, of which beliefs are changes: ticks, then microtasks, then the others as they came in life. Times are
 * not played again: who is due when stays as it was.
 */
export function realRank({ queue, started }: ScoredTask): number {
  if (queue === 'ticks') return 0;
  return queue === 'microtasks' ? 1 : 2 + started;
}

/** The lines that are printed under a belief; under none, those of the real loop. */
export function replay(score: Score, belief: Belief = {}): readonly string[] {
  const state: Replay = { score, belief, printed: [], waiting: [], reached: new Map(), done: new Set(), order: 0 };
  play(state, score.main, 0, undefined);
  for (let next = takeNext(state.waiting); next !== undefined; next = takeNext(state.waiting)) next.run();
  return state.printed;
}

function takeNext(waiting: Waiting[]): Waiting | undefined {
  const first = waiting.toSorted((a, b) => a.rank - b.rank || a.order - b.order)[0];
  return first === undefined ? undefined : waiting.splice(waiting.indexOf(first), 1)[0];
}

/** Plays pieces from a place on; answers where it stopped. */
function play(state: Replay, pieces: readonly Piece[], from: number, frame: ScoredFrame | undefined): number {
  for (let n = from; n < pieces.length; n++) {
    const piece = pieces[n];
    if (piece === undefined) break;
    if (piece.kind === 'suspend') {
      if (piece.on === 'yield' || frame === undefined || state.belief.blocks?.(frame, state.score) !== true) return n + 1;
    } else playPiece(state, piece);
  }
  return pieces.length;
}

function playPiece(state: Replay, piece: Exclude<Piece, { kind: 'suspend' }>): void {
  switch (piece.kind) {
    case 'print': state.printed.push(piece.text); return;
    case 'call': call(state, piece.frame); return;
    case 'resume': goOn(state, piece.frame); return;
    case 'queue': queue(state, piece.task);
  }
}

function call(state: Replay, id: FrameId): void {
  const frame = state.score.frames.get(id);
  if (frame === undefined) return;
  if (state.belief.defers?.(frame, state.score) === true) wait(state, 1, () => goOn(state, id));
  else goOn(state, id);
}

function goOn(state: Replay, id: FrameId): void {
  const frame = state.score.frames.get(id);
  if (frame === undefined) return;
  const from = state.reached.get(id) ?? 0;
  state.reached.set(id, Infinity); // while it runs, nothing resumes it
  state.reached.set(id, play(state, frame.pieces, from, frame));
}

function queue(state: Replay, id: TaskId): void {
  const task = state.score.tasks.get(id);
  // What never ran in life (it was cancelled, or the program ended) runs in no belief either.
  if (task === undefined || task.started < 0 || state.done.has(id)) return;
  state.done.add(id);
  const run = (): void => void play(state, task.pieces, 0, undefined);
  if (state.belief.atOnce?.(task) === true) run();
  else wait(state, (state.belief.rank ?? realRank)(task), run);
}

function wait(state: Replay, rank: number, run: () => void): void {
  state.waiting.push({ rank, order: state.order++, run });
}

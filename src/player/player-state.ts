/**
 * Why this file exists: what the player knows. Two signals say it all, the recording and the step; the rest follows
 * from them.
 */
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { beatAt, beatsOf } from '../trace/beats';
import type { Beat } from '../trace/beats';
import { captionOf } from '../trace/caption';
import type { Caption } from '../trace/caption';
import { openHistory } from '../trace/history';
import type { History } from '../trace/history';
import type { LoopState } from '../trace/loop-state';
import { indexTrace } from '../trace/trace-index';
import type { TraceIndex } from '../trace/trace-index';
import type { Trace, TraceEvent } from '../trace/trace';
import type { ParameterValue, PlayerMessage } from './messages';

/** A recording that is open, with what is computed from it once. */
export interface Recording {
  readonly title: string;
  readonly trace: Trace;
  readonly history: History;
  readonly index: TraceIndex;
  readonly beats: readonly Beat[];
}

/** What one step shows. */
export interface Moment {
  readonly recording: Recording;
  readonly state: LoopState;
  /** The beat the step belongs to; −1 before the first. */
  readonly beat: number;
  /** The event that the caption tells. */
  readonly event: TraceEvent | undefined;
  readonly caption: Caption;
}

/** What is said instead of, or above, the recording. */
export type Notice =
  | { readonly kind: 'busy'; readonly message: string }
  | { readonly kind: 'outdated'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string; readonly file?: string; readonly line?: number };

export interface Preferences {
  /** Beats a second. */
  readonly speed: number;
  readonly mechanics: boolean;
  readonly theme: 'auto' | 'dark' | 'light';
}

export interface Player {
  readonly recording: Signal<Recording | undefined>;
  /** −1 before anything, then an index into the trace's events. */
  readonly step: Signal<number>;
  readonly moment: ReadonlySignal<Moment | undefined>;
  readonly playing: Signal<boolean>;
  readonly notice: Signal<Notice | undefined>;
  readonly parameters: Signal<readonly ParameterValue[]>;
  readonly preferences: Signal<Preferences>;
  readonly help: Signal<boolean>;
  /** How the last move should look: one step glides, a jump does not. */
  readonly glide: Signal<boolean>;
  /** Says something to the editor; undefined in a page of its own. */
  readonly tell: ((message: PlayerMessage) => void) | undefined;
}

export const speeds: readonly number[] = [0.5, 1, 2, 4, 8];

/** Computes what a recording needs once; about a quarter of a second for 100,000 events. */
export function openRecording(trace: Trace, title: string): Recording {
  return { title, trace, history: openHistory(trace), index: indexTrace(trace), beats: beatsOf(trace) };
}

export function createPlayer(preferences: Preferences, tell?: (message: PlayerMessage) => void): Player {
  const recording = signal<Recording | undefined>(undefined);
  const step = signal(-1);
  return {
    recording, step, tell,
    moment: computed(() => recording.value === undefined ? undefined : momentAt(recording.value, step.value)),
    playing: signal(false), notice: signal(undefined), parameters: signal([]), preferences: signal(preferences),
    help: signal(false), glide: signal(false),
  };
}

/** What the player shows at a step. At the end of a beat the caption tells its lead, inside a beat the event itself. */
export function momentAt(recording: Recording, step: number): Moment {
  const beat = beatAt(recording.beats, step);
  const found = recording.beats[beat];
  const told = found?.last === step ? found.lead : step;
  return {
    recording, beat, state: recording.history.stateAt(step), event: recording.trace.events[told],
    caption: captionOf(recording.history, recording.index, told),
  };
}

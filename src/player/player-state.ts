/**
 * Why this file exists: what the player knows. Two signals say it all, the recording and the step; the rest follows
 * from them.
 */
import { computed, signal } from '@preact/signals';
import type { ReadonlySignal, Signal } from '@preact/signals';
import { beatAt, beatsOf } from '../trace/beats';
import type { Beat } from '../trace/beats';
import { bindingsOf } from '../trace/bindings';
import { captionOf } from '../trace/caption';
import type { Caption, CaptionTable } from '../trace/caption';
import { openHistory } from '../trace/history';
import type { History } from '../trace/history';
import type { LoopState } from '../trace/loop-state';
import { observe } from '../trace/observations';
import type { Observations } from '../trace/observations';
import { indexTrace } from '../trace/trace-index';
import type { TraceIndex } from '../trace/trace-index';
import type { Scenario } from '../trace/scenario';
import type { AgentId, Trace, TraceEvent } from '../trace/trace';
import type { Subject } from '../trace/story';
import type { ParameterValue, PlayerMessage } from './messages';
import type { AxisKind } from './timeline/axis';
import { english } from './words/language';
import type { Language } from './words/language';

/** A recording that is open, with what is computed from it once. */
export interface Recording {
  readonly title: string;
  readonly trace: Trace;
  readonly history: History;
  readonly index: TraceIndex;
  readonly beats: readonly Beat[];
  /**
   * For which of the two below it may be looked through: none until the first picture of a long trace is there, then
   * one after the other, so that the player answers in between.
   */
  readonly studied: Signal<0 | 1 | 2>;
  /** What is worth seeing in it; computed when it is first asked for. Nothing until `studied` is 1. */
  readonly observations: () => Observations;
  /** What names hold in each frame, as far as the trace tells; the same, 2. */
  readonly bindings: () => ReturnType<typeof bindingsOf>;
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
  readonly view: 'both' | 'machine' | 'timeline';
  readonly axis: AxisKind;
  readonly presenter: boolean;
}

/** Beats that playing repeats; without `to` the reader is still to say where it ends. */
export interface Passage {
  readonly from: number;
  readonly to?: number;
}

/** What lies over the player, if anything. */
export type Panel = 'help' | 'findings' | 'search' | 'share' | 'predict' | 'loop' | 'compare' | 'what-if';

export interface Player {
  readonly language: Language;
  readonly recording: Signal<Recording | undefined>;
  /** The run of the same program that was on show before, or one that the reader opened to compare with. */
  readonly previous: Signal<Recording | undefined>;
  /** −1 before anything, then an index into the trace's events. */
  readonly step: Signal<number>;
  readonly moment: ReadonlySignal<Moment | undefined>;
  readonly playing: Signal<boolean>;
  readonly notice: Signal<Notice | undefined>;
  readonly parameters: Signal<readonly ParameterValue[]>;
  readonly preferences: Signal<Preferences>;
  readonly panel: Signal<Panel | undefined>;
  /** Steps that were left, newest last, and steps that were gone back from. */
  readonly past: Signal<readonly number[]>;
  readonly future: Signal<readonly number[]>;
  /** The token whose story is told. */
  readonly followed: Signal<Subject | undefined>;
  /** Beats, in order. */
  readonly bookmarks: Signal<readonly number[]>;
  readonly passage: Signal<Passage | undefined>;
  readonly query: Signal<string>;
  /** How many times nearer than the whole the timeline is. */
  readonly zoom: Signal<number>;
  /** What was done just now, said once: a bookmark set, a passage chosen. */
  readonly remark: Signal<string>;
  /** The line of a file on which the editor's cursor stands. */
  readonly cursor: Signal<{ readonly file: number; readonly line: number } | undefined>;
  /** How the last move should look: one step glides, a jump does not. */
  readonly glide: Signal<boolean>;
  /** The strip is being dragged: `scrubbing.ts`. */
  readonly scrubbing: Signal<boolean>;
  /** The agent whose machine is shown; undefined: the one that runs. */
  readonly shownAgent: Signal<AgentId | undefined>;
  /** Other legal orders of this program that came with the page, by `orderKey` of their nudges. */
  readonly orders: Map<string, Trace>;
  /** What the reader changed of the world outside, over what the scenario says. */
  readonly whatIf: Signal<Scenario>;
  /** Says something to the editor; undefined in a page of its own. */
  readonly tell: ((message: PlayerMessage) => void) | undefined;
}

export const speeds: readonly number[] = [0.25, 0.5, 1, 2, 4, 8];

/** Computes what a recording needs once; about a quarter of a second for 100,000 events. */
export function openRecording(trace: Trace, title: string, language = english): Recording {
  const index = indexTrace(trace, language.labels);
  let observations: Observations | undefined;
  let bindings: ReturnType<typeof bindingsOf> | undefined;
  const studied = signal<0 | 1 | 2>(trace.events.length < manyEvents ? 2 : 0);
  return {
    title, trace, index, history: openHistory(trace), beats: beatsOf(trace), studied,
    observations: () => studied.value > 0 ? (observations ??= observe(index)) : nothingSeen,
    bindings: () => studied.value > 1 ? (bindings ??= bindingsOf(index)) : nothingHeld,
  };
}

/** A trace of so many events is drawn before it is looked through. */
const manyEvents = 20_000;
const nothingSeen: Observations = { list: [], blockedMs: 0 };
const nothingHeld: ReturnType<typeof bindingsOf> = new Map();

/**
 * Looks through a long trace once the picture that is being made is on the screen, but never while scrubbing; then
 * makes its states, so that the first far jump is no slower than others.
 */
export function studyLater({ studied, history }: Recording, { scrubbing }: Player): void {
  function whenCalm(then: () => void): void {
    setTimeout(() => {
      if (scrubbing.value) whenCalm(then);
      else then();
    }, scrubbing.value ? 200 : 0);
  }
  function foldOn(): void {
    if (history.foldAhead()) whenCalm(foldOn);
  }
  if (studied.value === 2) return;
  requestAnimationFrame(() => whenCalm(() => {
    studied.value = 1;
    whenCalm(() => {
      studied.value = 2;
      whenCalm(foldOn);
    });
  }));
}

export function createPlayer(
  preferences: Preferences, tell?: (message: PlayerMessage) => void, language = english): Player {
  const recording = signal<Recording | undefined>(undefined);
  const step = signal(-1);
  return {
    recording, step, tell, language, orders: new Map(), previous: signal(undefined),
    moment: computed(() => recording.value && momentAt(recording.value, step.value, language.captions)),
    playing: signal(false), notice: signal(undefined), parameters: signal([]), preferences: signal(preferences),
    panel: signal(undefined), past: signal([]), future: signal([]), followed: signal(undefined),
    bookmarks: signal([]), passage: signal(undefined), query: signal(''), zoom: signal(1), remark: signal(''), cursor: signal(undefined), glide: signal(false), scrubbing: signal(false), shownAgent: signal(undefined), whatIf: signal({}),
  };
}

/** What the player shows at a step. At the end of a beat the caption tells its lead, inside a beat the event itself. */
export function momentAt(recording: Recording, step: number, captions?: CaptionTable): Moment {
  const beat = beatAt(recording.beats, step);
  const found = recording.beats[beat];
  const told = found?.last === step ? found.lead : step;
  return {
    recording, beat, state: recording.history.stateAt(step), event: recording.trace.events[told],
    caption: captionOf(recording.history, recording.index, told, captions),
  };
}

/**
 * Why this file exists: the life of a page: its script, DOMContentLoaded, load, what its user does, until nothing more
 * would happen. HTML §13.2.7 ("the end").
 */
import { clock } from '../../clock';
import { awaitValue } from '../../await';
import { isModuleEntry, runEntryModule } from '../../dynamic-import';
import { note } from '../../notes';
import { call } from '../../primordials';
import { checkText, sourceAt } from '../../program-modules';
import { exitStatus } from '../../process-exit';
import { popFrame, pushFrame } from '../../frames';
import { code, emit, here } from '../../recorder';
import { enqueueMicrotask } from '../../tasks';
import { Event, trusted } from './events/event';
import { dispatch, targets } from './events/event-target';
import { reportException } from './errors';
import { asCallbacks, checkpoint, enterPhase, loop, post, postAt, runCallback, spin } from './loop';
import './module-loading';

const ended = code('program-ended');

/** What the DOM adds to the page, when it is there: parts/dom. */
export const page: {
  document: object | undefined;
  begin(): void;
  scriptEnded(): void;
  setReadyState(state: 'loading' | 'interactive' | 'complete'): void;
  /** What the program's text says of its user; each is a task, or more. */
  userActions: readonly { readonly at: number | undefined; act(token: number): void }[];
} = {
  document: undefined,
  begin: () => undefined,
  scriptEnded: () => undefined,
  setReadyState: () => undefined,
  userActions: [],
};

/** A listener of the page's loading that the script added, and whether something may come before or after it. */
const loading = { site: 0, isOver: false };

targets.onListening = (_, type) => {
  const isOfLoading = type === 'load' || type === 'DOMContentLoaded' || type === 'readystatechange';
  if (isOfLoading && !loading.isOver && loading.site === 0) loading.site = here();
};

/** A classic script: no module, `this` is the window. */
export function runScript(): void {
  const source = sourceAt(0);
  checkText(source);
  const frame = pushFrame(source.site, undefined);
  try {
    if (source.body) call(source.body, globalThis);
  } catch (error) {
    popFrame(frame, 'threw', error);
    throw error;
  }
  popFrame(frame, 'returned', undefined);
}

/** A module script runs when the page is read, before DOMContentLoaded; what it waits for keeps nothing back. */
export function runModule(): void {
  enqueueMicrotask({ origin: 'module', label: 'the main module', site: 0 }, () => {
    awaitValue(runEntryModule(), 0, (ok, error) => {
      if (!ok) reportException(error);
    });
  });
  checkpoint();
}

function fire(type: string, target: object | undefined, token: number, bubbles = false, shown?: object): void {
  const about = { queue: 'tasks', origin: 'event', label: type } as const;
  const { caller, finish } = asCallbacks(token, about);
  dispatch(target ?? globalThis, trusted(new Event(type, { bubbles })), caller, shown);
  finish();
}

function setReadyState(state: 'interactive' | 'complete', token: number): void {
  page.setReadyState(state);
  fire('readystatechange', page.document, token);
}

function endLoading(token: number): void {
  if (!isModuleEntry()) setReadyState('interactive', token);
  fire('DOMContentLoaded', page.document, 0, true);
  setReadyState('complete', 0);
  fire('load', undefined, 0, false, page.document);
  loading.isOver = true;
  planUser(clock.now());
}

/** Between two things that a user does there is a tenth of a second, unless the text says when. */
const userPaceMs = 100;

function planUser(loadedAt: number): void {
  let at = loadedAt;
  for (const action of page.userActions) {
    at = action.at === undefined ? at + userPaceMs : loadedAt + action.at;
    postAt(at, { queue: 'tasks', origin: 'event', label: 'press', site: 0, priority: 'input' }, (task) => {
      action.act(task.token);
    });
  }
}

/** What it takes to read the page up to its script. Modelled; no moment of a page is 0. */
const readingMs = 0.05;

export function runPage(maxTurns: number): void {
  clock.spend(readingMs);
  enterPhase('main');
  page.begin();
  if (isModuleEntry()) {
    page.setReadyState('interactive');
    runModule();
    endLoading(0);
  } else {
    runCallback(0, runScript);
    page.scriptEnded();
    post({ queue: 'tasks', origin: 'parser', label: 'the rest of the page', site: 0, isQuiet: loading.site === 0 }, (task) => {
      if (loading.site !== 0 && loop.turn > 1) noteLoading();
      endLoading(task.token);
    });
  }
  spin(maxTurns);
  enterPhase('exit');
  emit(ended, exitStatus());
}

function noteLoading(): void {
  note('order-unspecified', 'Whether tasks that the script queued come before or after the rest of the page is read is not fixed.', loading.site);
}

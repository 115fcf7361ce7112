/**
 * Why this file exists: nobody knows when the next frame of a screen begins, so what a page asks for in a frame may
 * come before or after other tasks: that is said at the line that asks.
 */
import { clock } from '../../clock';
import { note } from '../../notes';
import { bareList } from '../../primordials';
import { loop } from './loop';
import type { LoopTask } from './ready';

export const frameMs = 1000 / 60;
/** Frames follow each other in about one period: what runs so soon after one surely comes before the next. Measured. */
const sureMs = 4;

/** The frame that is waited for. */
let askedAt = Infinity;
let follows = false;
let hasRun = false;
/** The frame that was rendered last, and until when tasks that waited for it might have come before. */
let renderedAt = -Infinity;
let openUntil = -Infinity;
let openSite = 0;
const said = bareList<number>();

function say(site: number): void {
  for (let i = 0; i < said.length; i++) if (said[i] === site) return;
  said[said.length] = site;
  note('order-unspecified', 'When the next frame begins is not fixed: tasks and timers of these 17 ms may run before or after it.', site);
}

export const frameRaces = {
  asked(isInFrame: boolean): void {
    askedAt = clock.now();
    follows = isInFrame;
    hasRun = false;
  },
  rendered(site: number): void {
    if (hasRun) say(site);
    openSite = site;
    openUntil = askedAt + 2 * frameMs;
    renderedAt = clock.now();
    askedAt = Infinity;
  },
};

loop.starts = (task: LoopTask) => {
  if (task.isQuiet) return;
  const now = clock.now();
  if (askedAt !== Infinity && (!follows || now > askedAt + sureMs)) hasRun = true;
  if (task.queuedAt < renderedAt && now <= openUntil) say(openSite);
};

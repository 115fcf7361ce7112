/**
 * Why this file exists: the browser as host: a page in place of a process. It is loaded where the browser is asked for,
 * and puts its window in place of Node's globals, its loop in place of Node's.
 */
import { outsideAnswers } from '../../loop/answers';
import { printsFromTheStart } from '../../output';
import { runner } from '../../run';
import { nodeFrames } from '../../stood-for';
import { numbering } from '../../stream-numbers';
import { installGlobals } from './globals';
import { postAfter, runCallback } from './loop';
import { runPage } from './page';
import { runBrowserWorker } from './workers/scope';

printsFromTheStart();
numbering.isOn = false;
nodeFrames.shown = false;
installGlobals();
runner.run = runPage;
runner.runWorker = runBrowserWorker;
// What stands in for a package answers in a task.
outsideAnswers.after = (ms, label, tell): (() => void) => {
  let isOff = false;
  postAfter(ms, { queue: 'tasks', origin: 'answer', label, site: 0 }, ({ token }) => {
    if (!isOff) runCallback(token, tell);
  });
  return () => { isOff = true; };
};

export { Event, trusted } from './events/event';
export { EventTarget, defineHandlers, dispatch, targets } from './events/event-target';
export * as eventKinds from './events/kinds';
export { windowProperties } from './globals';
export { asInterface, expose, exposeGetter } from './interfaces';
export { addLacking as addLackingNames, endWhereUsed } from './lacking';
export { asCallbacks, postAfter } from './loop';
export { page } from './page';

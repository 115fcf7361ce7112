/**
 * Why this file exists: the browser as host: a page in place of a process. It is loaded where the browser is asked for,
 * and puts its window in place of Node's globals, its loop in place of Node's.
 */
import { printsFromTheStart } from '../../output';
import { runner } from '../../run';
import { installGlobals } from './globals';
import { runPage } from './page';
import { runBrowserWorker } from './workers/scope';

printsFromTheStart();
installGlobals();
runner.run = runPage;
runner.runWorker = runBrowserWorker;

export { Event, trusted } from './events/event';
export { EventTarget, defineHandlers, dispatch, targets } from './events/event-target';
export * as eventKinds from './events/kinds';
export { asInterface, expose } from './interfaces';
export { asCallbacks, postAfter } from './loop';
export { page } from './page';

/** Why this file exists: where Node calls the callbacks of timers, for stacks. Node 20.20: lib/internal/timers.js. */
import { noteCalledOn } from '../called-on';
import type { Callable } from '../primordials';
import { callsOn } from '../receivers';
import { callUnder, under } from '../stood-for';
import { runNextTicks } from '../ticks';

const file = 'node:internal/timers';
export const inProcessTimers = `process.processTimers (${file}:519:7)`;
export const ticksBetweenLists = under(`process.processTimers (${file}:516:9)`, runNextTicks);
export const ticksBetweenTimers = under(`listOnTimeout (${file}:545:9)`, runNextTicks);

const callBare = callUnder(`listOnTimeout (${file}:581:17)`);
const callWith = callUnder(`listOnTimeout (${file}:583:11)`);
for (const caller of [callBare, callWith]) callsOn(caller, 'Timeout', '_onTimeout');

/** `args`: undefined where it was made without any. */
export function callTimer(callback: Callable, timer: object, args: readonly unknown[] | undefined): void {
  noteCalledOn(callback, 'Timeout', '_onTimeout');
  if (args === undefined) callBare(callback, timer, []);
  else callWith(callback, timer, args);
}

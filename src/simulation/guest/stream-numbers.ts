/**
 * Why this file exists: what opening the standard streams and printing make in life, as far as a program can tell: a
 * handle for each stream, and a tick after what was written. Others have their numbers after them, and hooks of
 * async_hooks hear of both. Measured with pipes, as Node 20 has them: lib/internal/console/constructor.js,
 * lib/internal/streams/writable.js (afterWriteTick).
 */
import { announce, callAs, nativeResource, newIds, retire } from './async-ids';
import { printing } from './output';
import { ticks } from './ticks';

type Name = 'stdout' | 'stderr';

interface State {
  isOpen: boolean;
  /** The tick after a write is still to come: further writes share it. */
  waits: boolean;
}

/** A page has no such streams. */
export const numbering = { isOn: true };

const states: Readonly<Record<Name, State>> = {
  stdout: { isOpen: false, waits: false },
  stderr: { isOpen: false, waits: false },
};

function isNodes(name: Name): boolean {
  return numbering.isOn && printing[name] === undefined;
}

/** In a worker, or with an end of a pipe in its place, the stream is another: NOT MODELLED. */
export function streamOpens(name: Name): void {
  const state = states[name];
  if (state.isOpen || !isNodes(name)) return;
  state.isOpen = true;
  announce(newIds(), 'PIPEWRAP', nativeResource('Pipe'));
}

/** The console opens both before it prints to one. */
export function consolePrints(): void {
  streamOpens('stdout');
  streamOpens('stderr');
}

export function consolePrinted(name: Name): void {
  const state = states[name];
  if (state.waits || !isNodes(name)) return;
  state.waits = true;
  const resource = announce(newIds(), 'TickObject');
  const run = (): void => {
    callAs(resource, () => { state.waits = false; });
    retire(resource);
  };
  ticks.push({ task: 0, run });
}

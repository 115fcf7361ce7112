/**
 * Why this file exists: waiting for shared memory: Atomics.wait, waitAsync and notify, ECMA-262 §25.4.3. The host knows
 * who waits where; an agent that waits does nothing else.
 */
import { agent, ask } from '../../agents';
import type { Answer, Arrival, Cell } from '../../../agent-messages';
import { clock } from '../../clock';
import { openHandle, wakeHandle, type AsyncHandle } from '../../loop/async-handles';
import { ownTasks } from '../../loop/node';
import { SafeMap } from '../../primordials';
import { deferred, type Deferred } from '../../own-promises';
import { here } from '../../recorder';
import { drainQueues, runGuarded } from '../../ticks';
import { numberOf } from './crossing';
import { portTraffic } from './port-events';

export function cellOf(buffer: SharedArrayBuffer, byte: number): Cell {
  return `${numberOf(buffer)}:${byte}`;
}

export function waitHere(cell: Cell, timeout: number): 'ok' | 'timed-out' {
  const until = timeout === Infinity ? null : clock.now() + timeout;
  portTraffic.blocked();
  const answer: Answer = ask({ op: 'wait', cell, until, site: here() });
  const { how = 'timed-out' } = answer;
  portTraffic.unblocked(how);
  return how;
}

export function notifyAt(cell: Cell, count: number): number {
  return ask({ op: 'notify', cell, count: count === Infinity ? null : count }).count ?? 0;
}

const waiters = new SafeMap<number, Deferred>();
let last = 0;
const woken: { readonly promise: Deferred; readonly how: 'ok' | 'timed-out' }[] = [];
let handle: AsyncHandle | undefined;
ownTasks.run = (enter) => {
  if (woken.length === 0) return false;
  enter();
  tell();
  return true;
};

/** V8 wakes those that wait asynchronously by a task of its own; they keep no process alive. */
export function waitLater(cell: Cell, timeout: number): object {
  const waiter = agent.id * 1_000_000 + ++last;
  const promise = deferred();
  waiters.set(waiter, promise);
  if (handle === undefined) {
    handle = { isPending: false, isRefed: false, run: tell };
    openHandle(handle);
  }
  ask({ op: 'wait-async', cell, until: timeout === Infinity ? null : clock.now() + timeout, waiter });
  return promise.promise;
}

export function wakeWaiter(arrival: Extract<Arrival, { kind: 'woken' }>): void {
  const promise = waiters.get(arrival.waiter);
  if (promise === undefined || handle === undefined) return;
  waiters.delete(arrival.waiter);
  woken.push({ promise, how: arrival.how });
  wakeHandle(handle);
}

function tell(): void {
  for (const each of woken.splice(0)) {
    runGuarded({
      task: 0,
      run: () => {
        each.promise.resolve(each.how);
      },
    });
    drainQueues();
  }
}

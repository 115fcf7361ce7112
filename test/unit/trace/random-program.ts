/** Random programs for `TinyHost`: nested calls, timers, ticks, microtasks, awaits and chains. */
import * as fc from 'fast-check';
import { TinyHost } from './tiny-host';
import type { AsyncBody } from './tiny-host';
import type { Trace } from '../../../src/trace/trace';

type Step =
  | { readonly kind: 'print' }
  | { readonly kind: 'call' | 'tick' | 'micro' | 'immediate'; readonly inner: readonly Step[] }
  | { readonly kind: 'timer'; readonly delay: number; readonly cancelled: boolean; readonly inner: readonly Step[] }
  | { readonly kind: 'async'; readonly delay: number; readonly chained: boolean; readonly before: readonly Step[]; readonly inner: readonly Step[] };

const { steps } = fc.letrec<{ step: Step; steps: Step[] }>(tie => ({
  steps: fc.array(tie('step'), { maxLength: 4, depthIdentifier: 'program' }),
  step: fc.oneof({ depthSize: 'small', withCrossShrink: true, depthIdentifier: 'program' },
    fc.constant({ kind: 'print' as const }),
    fc.record({ kind: fc.constantFrom('call' as const, 'tick' as const, 'micro' as const, 'immediate' as const), inner: tie('steps') }),
    fc.record({ kind: fc.constant('timer' as const), delay: fc.nat(30), cancelled: fc.boolean(), inner: tie('steps') }),
    fc.record({ kind: fc.constant('async' as const), delay: fc.nat(30), chained: fc.boolean(), before: tie('steps'), inner: tie('steps') })),
}));
export const stepsOfPrograms = steps;

const text = 'print();\ncall();\ntask();\nawait later();\n';

/** Plays a program to its end. */
export function randomTrace(program: readonly Step[]): Trace {
  const host = new TinyHost(text);
  return host.run(() => play(host, program));
}

function play(host: TinyHost, program: readonly Step[]): void {
  for (const step of program) playStep(host, step);
}

function playStep(host: TinyHost, step: Step): void {
  switch (step.kind) {
    case 'print': host.line('print();'); host.log('line'); return;
    case 'call': host.line('call();'); call(host, step.inner); return;
    case 'tick': host.queue('ticks', 'nextTick', 'tick', 'task();', () => call(host, step.inner)); return;
    case 'micro': host.queue('microtasks', 'queueMicrotask', 'micro', 'task();', () => call(host, step.inner)); return;
    case 'immediate': host.queue('immediates', 'setImmediate', 'immediate', 'task();', () => call(host, step.inner)); return;
    case 'timer': {
      const more = { delay: Math.max(step.delay, 1) };
      const task = host.queue('timers', 'setTimeout', 'timer', 'task();', () => call(host, step.inner), more);
      if (step.cancelled) host.cancel(task);
      return;
    }
    case 'async': {
      const promise = host.async('work()', 'call();', awaiting(host, step));
      if (step.chained) host.then(promise, 'next', 'task();', () => undefined);
    }
  }
}

function call(host: TinyHost, inner: readonly Step[]): void {
  host.call('call()', 'call();', () => {
    play(host, inner);
    return undefined;
  });
}

function awaiting(host: TinyHost, step: Extract<Step, { kind: 'async' }>): AsyncBody {
  return function* () {
    play(host, step.before);
    const later = host.promise('later()');
    if (step.delay === 0) host.settle(later, 'fulfilled', '1');
    else host.queue('timers', 'setTimeout', 'resolve', undefined, () => host.settle(later, 'fulfilled', '1'), { delay: step.delay });
    const value = yield { on: later, at: 'await later()' };
    play(host, step.inner);
    return value;
  };
}

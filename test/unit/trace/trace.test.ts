import assert from 'node:assert/strict';
import { beatAt, beatsOf } from '../../../src/trace/beats';
import { captionOf } from '../../../src/trace/caption';
import { compactTrace, expandTrace } from '../../../src/trace/compact';
import { applyEvent, emptyState } from '../../../src/trace/fold';
import { openHistory } from '../../../src/trace/history';
import { firstValues } from '../../../src/trace/id-map';
import { brokenLaws } from '../../../src/trace/laws';
import { consoleLines, stackFrames, tasksIn } from '../../../src/trace/loop-state';
import { parseTrace, parseTraceText } from '../../../src/trace/parse';
import { printMoments, printState } from '../../../src/trace/print';
import { indexTrace } from '../../../src/trace/trace-index';
import type { LoopState } from '../../../src/trace/loop-state';
import type { Trace, TraceEvent } from '../../../src/trace/trace';
import { helloTrace, lostTrace, manyTrace } from './programs';

const goldenSuspended = `frame-suspended frame=2 at 3:16 on="await" promise=2 value="Promise { <pending> }"
step 12 at 0.004 ms turn 0 main
  running:    8:1 load(2).then(user => console.log('got', user));
  stack:      hello.ts [module] at 8:1
  suspended:  load(2) [async] at 3:16 awaits #2 sleep(20) since 0.004 ms
  timers:     resolve (setTimeout) due 20 ms
  promises:   #1 load(2) pending
              #2 sleep(20) pending
  console:    start
              load 2`;

function stepOf(trace: Trace, test: (event: TraceEvent) => boolean): number {
  const step = trace.events.findIndex(test);
  assert.ok(step >= 0);
  return step;
}

/** What two states must agree in to be the same moment. */
function picture(state: LoopState): string {
  return printState(state);
}

describe('trace: the fold', () => {
  it('prints the moment at which a function is suspended', () => {
    const trace = helloTrace();
    const step = stepOf(trace, event => event.kind === 'frame-suspended');
    assert.equal(printMoments(trace, [step]), goldenSuspended);
  });

  it('takes a task from its queue and a frame back to the stack', () => {
    const trace = helloTrace();
    const resumed = stepOf(trace, event => event.kind === 'frame-resumed');
    const history = openHistory(trace);
    const before = history.stateAt(resumed - 1);
    const after = history.stateAt(resumed);
    assert.equal(before.suspended.size, 1);
    assert.equal(after.suspended.size, 0);
    assert.deepEqual(stackFrames(after).map(frame => frame.label), ['load(2)']);
    assert.equal(after.task?.origin, 'await');
    assert.deepEqual(tasksIn(after, 'microtasks'), []);
  });

  it('orders timers by due time', () => {
    const trace = helloTrace();
    const state = openHistory(trace).stateAt(stepOf(trace, event => event.kind === 'frame-popped' && event.frame === 1));
    assert.deepEqual(tasksIn(state, 'timers').map(task => task.due), [12, 20]);
  });

  it('shows a lost rejection', () => {
    const trace = lostTrace();
    const last = openHistory(trace).stateAt(trace.events.length - 1);
    assert.equal(last.lost.size, 1);
    assert.equal(last.exitCode, 1);
  });

  it('leaves what a promise settled to those who wait, and then to nobody', () => {
    const trace = helloTrace();
    const last = openHistory(trace).stateAt(trace.events.length - 1);
    assert.equal(last.open.size, 0);
    assert.deepEqual(firstValues(last.unread).length, 1); // the promise that `then` returned
    assert.deepEqual(consoleLines(last).map(line => line.text.trim()), ['start', 'load 2', 'end', 'tick', 'micro', 'got user 2']);
  });
});

describe('trace: history', () => {
  it('answers any step as a fold from the start does', () => {
    const trace = manyTrace(2000);
    const history = openHistory(trace);
    const pictures: string[] = [];
    let state = emptyState(trace);
    for (const event of trace.events) {
      state = applyEvent(state, event);
      pictures.push(state.step % 97 === 0 ? picture(state) : '');
    }
    for (const step of [1940, 97, 970, 0, 1843, 194]) assert.equal(picture(history.stateAt(step)), pictures[step]);
  });

  it('clamps steps outside the trace', () => {
    const trace = helloTrace();
    const history = openHistory(trace);
    assert.equal(history.stateAt(-5).step, -1);
    assert.equal(history.stateAt(1e9).step, trace.events.length - 1);
  });

  it('opens 100,000 events and finds any of their states quickly', function () {
    this.timeout(20_000);
    const trace = manyTrace(100_000);
    assert.ok(trace.events.length >= 100_000);
    const opened = performance.now();
    const history = openHistory(trace);
    history.stateAt(trace.events.length - 1);
    const loaded = performance.now() - opened;
    let seed = 7;
    const started = performance.now();
    for (let n = 0; n < 500; n++) {
      seed = (seed * 48271) % 2147483647;
      const step = seed % trace.events.length;
      assert.equal(history.stateAt(step).step, step);
    }
    const each = (performance.now() - started) / 500;
    if (process.env['LOOPSCOPE_FIGURES'] !== undefined) console.log(`      load ${loaded.toFixed(0)} ms, stateAt ${each.toFixed(3)} ms, ${process.memoryUsage().heapUsed / 1e6} MB`);
  });
});

describe('trace: laws', () => {
  it('finds nothing in truthful traces', () => {
    for (const trace of [helloTrace(), lostTrace(), manyTrace(500)]) assert.deepEqual(brokenLaws(trace), []);
  });

  const changes: readonly { name: string; change: (events: TraceEvent[]) => TraceEvent[]; words: RegExp }[] = [
    { name: 'a start on a busy stack', change: events => move(events, 'task-started', 5), words: /stack is not empty|was never queued/ },
    { name: 'a pop too early', change: events => move(events, 'frame-popped', 3), words: /not on top/ },
    { name: 'a second settling', change: events => double(events, 'promise-settled'), words: /settled already/ },
    { name: 'a second resumption', change: events => double(events, 'frame-resumed'), words: /not suspended/ },
    { name: 'time that runs back', change: events => events.map((event, n) => n === 9 ? { ...event, at: 99 } : event), words: /time runs back/ },
    { name: 'a task that was never queued', change: events => events.filter(event => event.kind !== 'task-queued'), words: /never queued/ },
    { name: 'events after the end', change: events => [...events, { kind: 'task-cancelled', at: 99, task: 1 }], words: /after the program's end/ },
    { name: 'no end', change: events => events.slice(0, -1), words: /has no end/ },
    { name: 'no phase exit', change: events => events.filter(event => event.kind !== 'phase-entered' || event.phase !== 'exit'), words: /without its phase exit/ },
    { name: 'a second phase exit', change: events => events.flatMap(event => event.kind === 'phase-entered' && event.phase === 'exit' ? [event, event] : [event]), words: /comes after the phase exit/ },
    { name: 'a timer after the phase exit', change: events => move(events, 'phase-entered', 2, event => 'phase' in event && event.phase === 'exit'), words: /timers starts in the phase exit/ },
    { name: 'a site that is not there', change: events => events.map(event => event.kind === 'statement-reached' ? { ...event, site: 999 } : event), words: /no site 999/ },
  ];
  for (const { name, change, words } of changes) {
    it(`tells ${name}`, () => {
      const trace = helloTrace();
      assert.match(brokenLaws({ ...trace, events: change([...trace.events]) }).join('\n'), words);
    });
  }
});

function move(events: TraceEvent[], kind: TraceEvent['kind'], to: number, which = (_event: TraceEvent): boolean => true): TraceEvent[] {
  const from = events.findIndex(event => event.kind === kind && which(event));
  const [event] = events.splice(from, 1);
  const at = events[to]?.at ?? 0;
  if (event !== undefined) events.splice(to, 0, { ...event, at });
  return events;
}

function double(events: TraceEvent[], kind: TraceEvent['kind']): TraceEvent[] {
  return events.flatMap(event => event.kind === kind ? [event, event] : [event]);
}

describe('trace: parse', () => {
  it('takes what JSON keeps of a trace', () => {
    const trace = helloTrace();
    const parsed = parseTraceText(JSON.stringify(trace));
    assert.deepEqual(parsed.kind === 'parsed' ? parsed.trace : undefined, trace);
  });

  const refusals: readonly { name: string; value: (trace: Trace) => unknown; message: RegExp }[] = [
    { name: 'another thing', value: () => [1, 2], message: /not a Loopscope trace/ },
    { name: 'another version', value: trace => ({ ...trace, version: 1 }), message: /version 1; this Loopscope reads version 2/ },
    { name: 'no events', value: trace => ({ ...trace, events: 'none' }), message: /"events" is not a list/ },
    { name: 'an unknown event', value: trace => ({ ...trace, events: [{ kind: 'toString', at: 0 }] }), message: /"events\[0\]\.kind" is "toString"/ },
    { name: 'a damaged event', value: trace => ({ ...trace, events: [{ kind: 'task-started', at: 0 }] }), message: /"events\[0\]\.task" is not a whole number/ },
    { name: 'a damaged site', value: trace => ({ ...trace, sites: [{ file: 0, start: 0, end: 1, kind: 'place' }] }), message: /"sites\[0\]\.kind"/ },
  ];
  for (const { name, value, message } of refusals) {
    it(`refuses ${name} in one line`, () => {
      const parsed = parseTrace(value(helloTrace()));
      assert.ok(parsed.kind === 'refused');
      assert.match(parsed.message, message);
      assert.equal(parsed.message.includes('\n'), false);
    });
  }
});

describe('trace: as bytes', () => {
  it('says no of what is damaged, or reads a trace', () => {
    const bytes = compactTrace(helloTrace());
    assert.throws(() => expandTrace(bytes.subarray(0, -1)));
    assert.throws(() => expandTrace(new Uint8Array([...bytes, 0])));
    let refusals = 0;
    for (let at = 0; at < bytes.length; at++) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 << at % 8);
      try {
        const value = expandTrace(damaged);
        const copy: unknown = JSON.parse(JSON.stringify(value ?? null)); // not vouched for
        assert.equal(parseTrace(copy).kind, parseTrace(value).kind);
        if (parseTrace(copy).kind === 'parsed') continue;
      } catch (error) {
        assert.ok(['RangeError', 'SyntaxError', 'TypeError'].includes((error as Error).name), String(error));
      }
      refusals += 1;
    }
    assert.ok(refusals > bytes.length / 10);
  });
});

describe('trace: beats and captions', () => {
  it('covers every event once, in order', () => {
    for (const trace of [helloTrace(), lostTrace(), manyTrace(500)]) {
      const beats = beatsOf(trace);
      assert.equal(beats[0]?.first, 0);
      assert.equal(beats.at(-1)?.last, trace.events.length - 1);
      for (const [n, beat] of beats.entries()) {
        assert.ok(beat.first <= beat.lead && beat.lead <= beat.last);
        if (n > 0) assert.equal(beat.first, (beats[n - 1]?.last ?? 0) + 1);
        assert.equal(beatAt(beats, beat.first), n);
        assert.equal(beatAt(beats, beat.last), n);
      }
    }
  });

  it('tells the story of a small program', () => {
    const trace = helloTrace();
    const [history, index] = [openHistory(trace), indexTrace(trace)];
    const story = beatsOf(trace).map(beat => captionOf(history, index, beat.lead).headline);
    assert.deepEqual(story, [
      'The main script `hello.ts` begins.',
      'The main script prints `start`.',
      "Line 8 runs: `load(2).then(user => console.log('got', user))`",
      'The main script calls `load(2)`.',
      '`load(2)` prints `load 2`.',
      'A timer is set: `resolve` in 20 ms.',
      '`load(2)` is suspended at line 3: it waits for `sleep(20)`.',
      '`then user => console.log(…)` waits for `load(2)`.',
      "`() => console.log('tick')` is put into the tick queue.",
      'A timer is set: `() => {…}` in 12 ms.',
      'The main script prints `end`.',
      'The main script is done.',
      'A tick runs: `() => …`.',
      '`() => …` prints `tick`.',
      '`() => …` returns.',
      'Nothing to do: the loop sleeps 11.99 ms, until 12 ms.',
      'A timer’s callback runs: `() => {…}`.',
      "`() => console.log('micro')` is put into the microtask queue.",
      '`() => {…}` returns.',
      'A microtask runs: `() => …`.',
      '`() => …` prints `micro`.',
      '`() => …` returns.',
      'Nothing to do: the loop sleeps 8 ms, until 20 ms.',
      'A timer’s callback starts: `resolve`.',
      "The promise `sleep(20)` is fulfilled with `'user 2'`.",
      "`load(2)` is back on the stack at line 3 with `'user 2'`.",
      'Line 4 runs in `load(2)`: `return user`',
      "`load(2)` returns `'user 2'`.",
      'A `then` callback runs: `user => console.log(…)`.',
      '`user => console.log(…)` prints `got user 2`.',
      '`user => console.log(…)` returns.',
      'The program ends with exit code 0.',
    ]);
  });

  it('says both depths of every step', () => {
    for (const trace of [helloTrace(), lostTrace()]) {
      const [history, index] = [openHistory(trace), indexTrace(trace)];
      for (let step = -1; step < trace.events.length; step++) {
        const caption = captionOf(history, index, step);
        for (const text of [caption.headline, caption.rule, caption.mechanics]) {
          assert.match(text, /\S.*[.`’)?]$/, `step ${step}`);
          assert.doesNotMatch(text, /undefined|NaN|``|\[object/, `step ${step}`);
        }
      }
    }
  });
});

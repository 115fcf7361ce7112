import assert from 'node:assert/strict';
import { lineStarts } from '../../../src/base/text';
import { highlightLines } from '../../../src/player/highlight';
import { axisOf, beatUnder, positionOf, roundNumbers, spanAround, ticksOf } from '../../../src/player/timeline/axis';
import { barsOf } from '../../../src/player/timeline/bars';
import { walkLanes } from '../../../src/player/timeline/lane-walk';
import { extentOf, lanesInSight } from '../../../src/player/timeline/lanes';
import { isHostMessage } from '../../../src/player/messages';
import { findLandmark, linesThatRun, nextBeat, previousBeat, runToLine } from '../../../src/player/navigation';
import { unpackBytes } from '../../../src/player/packing';
import { expandTrace } from '../../../src/trace/compact';
import { renderPage, webviewHtml } from '../../../src/player/page';
import { momentAt, openRecording } from '../../../src/player/player-state';
import { promiseChains } from '../../../src/player/promise-chains';
import type { PromiseChain } from '../../../src/player/promise-chains';
import { stripColumns } from '../../../src/player/strip-marks';
import { lineMarks } from '../../../src/player/views/source-marks';
import { wordsInEnglish } from '../../../src/player/words/en';
import { helloTrace, lostTrace, manyTrace } from '../trace/programs';

const hello = openRecording(helloTrace(), 'hello.ts');
const last = hello.trace.events.length - 1;
const suspended = hello.trace.events.findIndex(event => event.kind === 'frame-suspended');

describe('player: navigation', () => {
  it('goes forward and back over the same beats', () => {
    const forward = [-1];
    for (let step = -1; step < last;) forward.push(step = nextBeat(hello, step));
    const back = [last];
    for (let step = last; step >= 0;) back.push(step = previousBeat(hello, step));
    assert.deepEqual(back.toReversed(), forward);
    assert.equal(nextBeat(hello, last), last);
  });

  it('finishes a beat that was entered event by event', () => {
    const beat = hello.beats.find(({ first, last: end }) => end > first + 1);
    assert.ok(beat !== undefined);
    assert.equal(nextBeat(hello, beat.first), beat.last);
  });

  it('finds awaits, prints and tasks in both directions, and says when there are no more', () => {
    const found = findLandmark(hello, -1, 'await', 1);
    assert.ok(found !== undefined && found >= suspended);
    assert.equal(findLandmark(hello, found, 'await', 1), undefined);
    assert.equal(findLandmark(hello, last, 'await', -1), found);
    const prints: number[] = [];
    for (let step = findLandmark(hello, -1, 'print', 1); step !== undefined; step = findLandmark(hello, step, 'print', 1)) {
      prints.push(step);
    }
    assert.equal(prints.length, 6);
  });

  it('runs to a line, from there on or from the start, and never to one that does not run', () => {
    const fourth = runToLine(hello, -1, 0, 4);
    assert.ok(fourth !== undefined);
    assert.equal(hello.index.place(momentAt(hello, fourth).state.stack?.frame.here)?.start.line, 4);
    assert.equal(runToLine(hello, last, 0, 4), fourth);
    assert.equal(runToLine(hello, -1, 0, 6), undefined);
    assert.deepEqual([...linesThatRun(hello, 0)].sort((a, b) => a - b), [2, 3, 4, 7, 8, 9, 10, 11, 13]);
  });
});

describe('player: what a moment shows', () => {
  it('marks the running line and the parked one', () => {
    const marks = lineMarks(momentAt(hello, suspended), 0, wordsInEnglish);
    assert.deepEqual([...marks].filter(([, mark]) => mark.running).map(([line]) => line), [8]);
    assert.deepEqual(marks.get(3), { parked: true, notes: ['load(2)'] });
  });

  it('draws promises as a chain, from what is waited for to who waits', () => {
    const popped = hello.trace.events.findIndex(event => event.kind === 'frame-popped' && event.frame === 1);
    const { chains } = promiseChains(momentAt(hello, popped).state, hello.index);
    assert.deepEqual(chains.map(labels), [['sleep(20)', 'load(2)', 'then user => console.log(…)']]);
  });

  it('ends a lost rejection with nobody', () => {
    const lost = openRecording(lostTrace(), 'lost.ts');
    const { state } = momentAt(lost, lost.trace.events.length - 1);
    const { chains } = promiseChains(state, lost.index);
    assert.deepEqual(chains.map(chain => [chain.node.label, chain.node.lost]), [['save()', true]]);
  });

  it('gives each thread of logic a lane, running, suspended or queued', () => {
    const { lanes } = walkLanes(hello);
    assert.deepEqual(lanes.map(lane => lane.label), ['hello.ts', 'load(2)', `() => console.log('tick')`, '() => {…}', `() => console.log('micro')`]);
    const states = lanes.map(lane => lane.stretches.map(stretch => stretch.state).join(' '));
    assert.deepEqual(states, [
      'running below running', 'running suspended ready running ready running', 'ready running', 'waiting running', 'ready running',
    ]);
    for (const { stretches } of lanes) {
      for (const [n, stretch] of stretches.entries()) {
        assert.ok(stretch.from >= (stretches[n - 1]?.to ?? 0) && stretch.to > stretch.from);
      }
    }
  });

  it('has one lane running at a time', () => {
    for (const recording of [hello, openRecording(lostTrace(), 'lost.ts'), openRecording(manyTrace(2000), 'many.ts')]) {
      const { lanes } = walkLanes(recording);
      const running = new Uint8Array(recording.beats.length);
      for (const { stretches } of lanes) {
        for (const { state, from, to } of stretches) if (state === 'running') for (let beat = from; beat < to; beat++) running[beat] = (running[beat] ?? 0) + 1;
      }
      // The beat in which one ends and the next begins belongs to both.
      assert.ok(running.every(count => count <= 2));
      assert.ok(running.filter(count => count === 2).length <= recording.beats.length / 4);
    }
  });

  it('draws a line from who called to who began, and none from a rejection that nobody handles', () => {
    const { lanes, edges } = walkLanes(openRecording(lostTrace(), 'lost.ts'));
    assert.deepEqual(edges.map(edge => [edge.kind, edge.from.label, edge.to.label]), [['fork', 'lost.ts', 'save()']]);
    assert.deepEqual(lanes.map(lane => [lane.label, lane.end]), [['lost.ts', undefined], ['save()', 'lost']]);
  });

  it('draws the lanes that are in sight, and counts the others', () => {
    const { lanes } = walkLanes(openRecording(manyTrace(2000), 'many.ts'));
    const whole = lanesInSight(lanes, 0, Infinity);
    assert.deepEqual([whole.shown.length, whole.more], [60, lanes.length - 60]);
    const last = lanes.at(-1);
    assert.ok(last !== undefined);
    const [, to] = extentOf(last);
    assert.ok(lanesInSight(lanes, to, to).shown.every(lane => extentOf(lane)[1] >= to));
    assert.deepEqual(lanesInSight(lanes, to + 1, to + 1), { shown: [], more: 0 });
  });

  it('puts beats on the axis, in steps and in time, and finds them again', () => {
    for (const kind of ['steps', 'time'] as const) {
      const axis = axisOf(hello, kind);
      assert.equal(positionOf(axis, 0), 0);
      assert.equal(positionOf(axis, hello.beats.length), kind === 'steps' ? hello.beats.length : hello.trace.virtualMs);
      for (let beat = 0; beat < hello.beats.length; beat++) {
        assert.equal(positionOf(axis, beatUnder(axis, positionOf(axis, beat))), positionOf(axis, beat));
      }
      const near = spanAround(axis, 4, axis.length);
      assert.ok(Math.abs(near.to - axis.length) < 1e-9 && Math.abs(near.to - near.from - axis.length / 4) < 1e-9);
    }
    assert.deepEqual(roundNumbers({ from: 3, to: 21 }, 5), [5, 10, 15, 20]);
    const axis = axisOf(hello, 'steps');
    const ticks = ticksOf(hello, axis, { from: 0, to: axis.length }, 2);
    assert.deepEqual(ticks.map(({ at }) => Math.round(at)), [0, 12, 20]);
  });

  it('draws a lane of thousands of stretches with as many bars as there is room for', () => {
    const lane = { index: 0, agent: 0, label: '', color: 'async', touched: true, isCalled: true, stretches: Array.from({ length: 20_000 }, (_, n) => (
      { state: n % 2 === 0 ? 'running' : 'suspended', from: n, to: n + 1, label: '' } as const)) } as const;
    const axis = { kind: 'steps', positions: Float64Array.from({ length: 20_001 }, (_, n) => n), length: 20_000 } as const;
    const whole = barsOf({ ...lane, stretches: [...lane.stretches] }, axis, { from: 0, to: 20_000 }, 1000);
    assert.ok(whole.length <= 500 && whole.length > 300, String(whole.length));
    const near = barsOf({ ...lane, stretches: [...lane.stretches] }, axis, { from: 10_000, to: 10_010 }, 1000);
    assert.deepEqual(near.slice(1, 4).map(bar => [bar.state, bar.x, bar.width]), [['running', 0, 100], ['suspended', 100, 100], ['running', 200, 100]]);
  });

  it('puts every beat into a column of the strip', () => {
    for (const recording of [hello, openRecording(manyTrace(5000), 'many.ts')]) {
      const columns = stripColumns(recording, 200);
      assert.ok(columns.length <= 200);
      assert.equal(columns[0]?.first, 0);
      assert.equal(columns.at(-1)?.last, recording.beats.length - 1);
      assert.ok(columns.every((column, n) => n === 0 || column.first === (columns[n - 1]?.last ?? 0) + 1));
      assert.ok(columns.some(column => column.prints) && columns.some(column => column.suspends));
    }
  });
});

function labels(chain: PromiseChain): readonly string[] {
  return [chain.node.label, ...chain.next.flatMap(labels)];
}

describe('player: colours of the source', () => {
  const text = 'const a = `x\ny ${b}`; // end\nasync function f() { await g(1.5); }\r\n/* two\nlines */ "s\\"t"';
  it('keeps every character in its line and place', () => {
    const starts = lineStarts(text);
    const lines = highlightLines(text, starts);
    assert.deepEqual(lines.map(pieces => pieces.map(piece => piece.text).join('')), text.split(/\r?\n/));
    for (const { start, text: part } of lines.flat()) assert.equal(text.slice(start, start + part.length), part);
  });

  it('knows words, strings, comments, numbers and calls', () => {
    const styles = new Map(highlightLines(text, lineStarts(text)).flat().map(piece => [piece.text, piece.style]));
    assert.deepEqual(['const', 'await', '`x', '// end', '1.5', 'g', '"s\\"t"'].map(word => styles.get(word)),
      ['keyword', 'async', 'string', 'comment', 'number', 'call', 'string']);
  });
});

describe('player: pages and messages', () => {
  const hostile = '</script><script>alert(1)</script><!--\u2028';

  it('lets nothing of a trace end its element', async () => {
    const trace = { ...helloTrace(), files: [{ path: hostile, text: hostile }] };
    const html = await renderPage({ trace, script: `"</script>"; "<!--"`, style: 'a{}', title: hostile });
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.equal(html.match(/<\/script/g)?.length, 2);
    assert.doesNotMatch(html, /<!--/);
    const json = /id="loopscope-trace"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    assert.deepEqual(JSON.parse(json), trace);
  });

  it('packs what is long, and reads it as it was', async () => {
    const trace = manyTrace(3000);
    const html = await renderPage({ trace, script: '', style: '', title: '' });
    const [, type, text = ''] = /<script type="([^"]*)" id="loopscope-trace"[^>]*>(.*?)<\/script>/s.exec(html) ?? [];
    assert.equal(type, 'application/loopscope-trace+deflate');
    assert.ok(text.length < JSON.stringify(trace).length / 20);
    assert.deepEqual(expandTrace(await unpackBytes(text)), trace);
    await assert.rejects(unpackBytes(text.slice(0, -8)));
  });

  it('forbids all that the page does not bring, with another nonce each time', async () => {
    const parts = { trace: helloTrace(), script: '', style: '', title: '' };
    const [one, two] = [await renderPage(parts), await renderPage(parts)].map(html => /nonce-(\w+)/.exec(html)?.[1]);
    assert.ok(one !== undefined && one !== two);
    for (const html of [await renderPage(parts), webviewHtml({ scriptUri: 's', styleUri: 't', cspSource: 'c:', nonce: 'n' })]) {
      assert.match(html, /default-src 'none'/);
      assert.doesNotMatch(html, /unsafe-/);
    }
  });

  it('tells messages of the host from others', () => {
    assert.ok(isHostMessage({ kind: 'busy', message: 'x' }));
    for (const other of [undefined, null, 'trace', {}, { kind: 'step' }, { kind: 'constructor' }]) assert.equal(isHostMessage(other), false);
  });
});

import assert from 'node:assert/strict';
import { lineStarts } from '../../../src/base/text';
import { highlightLines } from '../../../src/player/highlight';
import { lanesOf } from '../../../src/player/lanes';
import { isHostMessage } from '../../../src/player/messages';
import { findLandmark, linesThatRun, nextBeat, previousBeat, runToLine } from '../../../src/player/navigation';
import { renderPage, webviewHtml } from '../../../src/player/page';
import { momentAt, openRecording } from '../../../src/player/player-state';
import { promiseChains } from '../../../src/player/promise-chains';
import type { PromiseChain } from '../../../src/player/promise-chains';
import { stripColumns } from '../../../src/player/strip-marks';
import { lineMarks } from '../../../src/player/views/source-marks';
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
    const marks = lineMarks(momentAt(hello, suspended), 0);
    assert.deepEqual([...marks].filter(([, mark]) => mark.running).map(([line]) => line), [8]);
    assert.deepEqual(marks.get(3), { parked: true, notes: ['load(2)'] });
  });

  it('draws promises as a chain, from what is waited for to who waits', () => {
    const popped = hello.trace.events.findIndex(event => event.kind === 'frame-popped' && event.frame === 1);
    const { chains } = promiseChains(momentAt(hello, popped).state, id => hello.index.collector(id));
    assert.deepEqual(chains.map(labels), [['sleep(20)', 'load(2)', 'then user => console.log(…)']]);
  });

  it('ends a lost rejection with nobody', () => {
    const lost = openRecording(lostTrace(), 'lost.ts');
    const { state } = momentAt(lost, lost.trace.events.length - 1);
    const { chains } = promiseChains(state, id => lost.index.collector(id));
    assert.deepEqual(chains.map(chain => [chain.node.label, chain.node.lost]), [['save()', true]]);
  });

  it('gives each thread of logic a lane, running, suspended or queued', () => {
    const { lanes } = lanesOf(hello, 40);
    const load = lanes.find(lane => lane.label === 'load(2)');
    assert.deepEqual(load?.stretches.map(stretch => stretch.state), ['running', 'suspended', 'running']);
    const tick = lanes.find(lane => lane.label === `() => console.log('tick')`);
    assert.deepEqual(tick?.stretches.map(stretch => stretch.state), ['queued', 'running']);
    for (const { stretches } of lanes) {
      for (const [n, stretch] of stretches.entries()) {
        assert.ok(stretch.from >= (stretches[n - 1]?.to ?? 0) && stretch.to >= stretch.from);
      }
    }
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

  it('lets nothing of a trace end its element', () => {
    const trace = { ...helloTrace(), files: [{ path: hostile, text: hostile }] };
    const html = renderPage({ trace, script: `"</script>"; "<!--"`, style: 'a{}', title: hostile });
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.equal(html.match(/<\/script/g)?.length, 2);
    assert.doesNotMatch(html, /<!--/);
    const json = /id="loopscope-trace"[^>]*>(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    assert.deepEqual(JSON.parse(json), trace);
  });

  it('forbids all that the page does not bring, with another nonce each time', () => {
    const parts = { trace: helloTrace(), script: '', style: '', title: '' };
    const [one, two] = [renderPage(parts), renderPage(parts)].map(html => /nonce-(\w+)/.exec(html)?.[1]);
    assert.ok(one !== undefined && one !== two);
    for (const html of [renderPage(parts), webviewHtml({ scriptUri: 's', styleUri: 't', cspSource: 'c:', nonce: 'n' })]) {
      assert.match(html, /default-src 'none'/);
      assert.doesNotMatch(html, /unsafe-/);
    }
  });

  it('tells messages of the host from others', () => {
    assert.ok(isHostMessage({ kind: 'busy', message: 'x' }));
    for (const other of [undefined, null, 'trace', {}, { kind: 'step' }, { kind: 'constructor' }]) assert.equal(isHostMessage(other), false);
  });
});

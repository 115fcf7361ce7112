/** Why this file exists: every way of moving, bound to its key, on a player without a page. */
import assert from 'node:assert/strict';
import { controls, perform } from '../../../src/player/controls';
import { showTrace } from '../../../src/player/host';
import { nextBeat, presentFrame, stepOut, stepOver } from '../../../src/player/navigation';
import { createPlayer, openRecording } from '../../../src/player/player-state';
import type { Player } from '../../../src/player/player-state';
import { searchBeats } from '../../../src/player/search';
import { helloTrace } from '../trace/programs';

const hello = openRecording(helloTrace(), 'hello.ts');

function opened(): Player {
  const player = createPlayer({ speed: 1, mechanics: false, theme: 'auto', view: 'both', axis: 'steps', presenter: false });
  showTrace(player, helloTrace(), 'hello.ts');
  return player;
}

function stackAt(step: number): string {
  const { stack } = hello.history.stateAt(step);
  return stack === undefined ? '' : hello.index.frameLabel(stack.frame.frame);
}

/** The step at the end of the beat in which a line of the main script runs first. */
function atLine(line: number): number {
  const beat = hello.beats.find(({ last }) => {
    const { stack } = hello.history.stateAt(last);
    return hello.index.place(stack?.frame.here)?.start.line === line;
  });
  assert.ok(beat !== undefined);
  return beat.last;
}

describe('player: ways of moving', () => {
  it('steps over a call: on to where the caller goes on', () => {
    const line8 = atLine(8);
    const over = stepOver(hello, line8, 1);
    assert.ok(over > line8 + 1);
    assert.equal(stackAt(over), 'hello.ts');
    assert.equal(stackAt(nextBeat(hello, line8)), 'load(2)');
    assert.ok(hello.trace.events.slice(line8, over).some(event => event.kind === 'frame-suspended'));
  });

  it('steps over a whole task on an empty stack, and back', () => {
    const empty = hello.beats.findIndex(({ last }) => hello.history.stateAt(last).stack === undefined);
    const from = hello.beats[empty]?.last ?? 0;
    const over = stepOver(hello, from, 1);
    assert.equal(stackAt(over), '');
    assert.equal(hello.trace.events.slice(from + 1, over + 1).filter(event => event.kind === 'task-started').length, 1);
    assert.equal(stepOver(hello, over, -1), from);
  });

  it('steps out to where the call leaves the stack', () => {
    const inside = hello.beats.find(({ last }) => stackAt(last) === 'load(2)');
    assert.ok(inside !== undefined);
    const out = stepOut(hello, inside.last);
    assert.equal(stackAt(out), 'hello.ts');
    assert.equal(hello.history.stateAt(out).suspended.size, 1);
  });

  it('follows a function to its next resume, and a promise to its fate', () => {
    const player = opened();
    perform(player, 'next-await');
    const frame = presentFrame(hello, player.step.value);
    perform(player, 'next-resume');
    assert.equal(player.moment.value?.event?.kind, 'frame-resumed');
    assert.equal(presentFrame(hello, player.step.value), frame);
    player.followed.value = { kind: 'promise', id: 1 };
    perform(player, 'next-promise');
    const beat = hello.beats[player.moment.value.beat];
    assert.ok(hello.trace.events.slice(beat?.first, (beat?.last ?? 0) + 1).some(event => event.kind === 'promise-settled' && event.promise === 1));
  });

  it('goes back to where the reader was, and forward again; single steps are no jumps', () => {
    const player = opened();
    const [start] = [player.step.value];
    perform(player, 'next-print');
    const first = player.step.value;
    perform(player, 'forward');
    perform(player, 'forward');
    const walked = player.step.value;
    perform(player, 'last');
    perform(player, 'undo');
    assert.equal(player.step.value, walked);
    perform(player, 'undo');
    assert.equal(player.step.value, start);
    perform(player, 'undo');
    assert.equal(player.step.value, start);
    perform(player, 'redo');
    assert.equal(player.step.value, walked);
    assert.ok(first < walked);
  });

  it('keeps bookmarks in order and goes from one to the next, round and round', () => {
    const player = opened();
    perform(player, 'next-bookmark');
    assert.match(player.remark.value, /no bookmark/);
    for (const name of ['next-print', 'bookmark', 'last', 'bookmark', 'first'] as const) perform(player, name);
    const [one, other] = player.bookmarks.value;
    assert.ok(one !== undefined && other !== undefined && one < other);
    const visited: number[] = [];
    for (let n = 0; n < 3; n++) {
      perform(player, 'next-bookmark');
      visited.push(player.moment.value?.beat ?? -1);
    }
    assert.deepEqual(visited, [one, other, one]);
    perform(player, 'bookmark');
    assert.deepEqual(player.bookmarks.value, [other]);
  });

  it('chooses a passage by its two ends, in either order, and clears it', () => {
    const player = opened();
    perform(player, 'last');
    perform(player, 'passage');
    perform(player, 'next-bookmark');
    perform(player, 'previous-print');
    perform(player, 'passage');
    const { from, to } = player.passage.value ?? {};
    assert.ok(from !== undefined && to === hello.beats.length - 1 && from < to);
    perform(player, 'passage');
    assert.equal(player.passage.value, undefined);
  });

  it('finds labels, code, values and printed lines', () => {
    const prints = searchBeats(hello, 'GOT USER 2');
    assert.equal(prints.length, 1);
    assert.ok(searchBeats(hello, 'load(2)').length >= 3);
    assert.deepEqual(searchBeats(hello, '  '), []);
    assert.deepEqual(searchBeats(hello, 'no such word'), []);
  });

  it('has no key twice', () => {
    const keys = Object.values(controls).flatMap(control => control.keys);
    assert.equal(new Set(keys).size, keys.length);
  });
});

import assert from 'node:assert/strict';
import { storyOf, subjectLabel } from '../../../src/trace/story';
import type { Episode } from '../../../src/trace/story';
import { indexTrace } from '../../../src/trace/trace-index';
import { helloTrace, lostTrace } from './programs';

const hello = indexTrace(helloTrace());
function kinds(story: readonly Episode[]): readonly string[] {
  return story.map(({ kind }) => kind);
}

describe('trace: the story of a token', () => {
  it('tells of a call from its beginning to its end, with what it waited for', () => {
    const story = storyOf(hello, { kind: 'frame', id: 2 });
    assert.equal(subjectLabel(hello, { kind: 'frame', id: 2 }), 'load(2)');
    assert.deepEqual(kinds(story), ['called', 'suspended', 'resumed', 'returned']);
    assert.deepEqual(story.map(episode => 'by' in episode ? episode.by : 'what' in episode ? episode.what : 'value' in episode ? episode.value : ''),
      ['hello.ts', 'sleep(20)', `'user 2'`, `'user 2'`]);
  });

  it('tells of a timer who set it, when it is due, and when it ran', () => {
    const timer = hello.trace.events.find(event => event.kind === 'task-queued' && event.label === '() => {…}');
    assert.ok(timer?.kind === 'task-queued');
    const [queued, started, finished, ...others] = storyOf(hello, { kind: 'task', id: timer.task });
    assert.ok(queued?.kind === 'queued' && queued.by === 'hello.ts' && queued.due === 12 && queued.queue === 'timers');
    assert.deepEqual([started?.kind, finished?.kind, others.length], ['started', 'finished', 0]);
    assert.ok(started !== undefined && started.at >= 12);
  });

  it('tells of a promise how its error was lost', () => {
    const lost = indexTrace(lostTrace());
    assert.deepEqual(kinds(storyOf(lost, { kind: 'promise', id: 1 })), ['created', 'rejected', 'unhandled']);
    assert.deepEqual(kinds(storyOf(lost, { kind: 'promise', id: 1 }, 2)), ['created', 'rejected']);
  });
});

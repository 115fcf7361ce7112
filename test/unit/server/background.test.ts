/**
 * Why this file exists: the project is read in the background whatever its size, until memory is short or it is told to
 * stop.
 */
import assert from 'node:assert/strict';
import type { AnalysisAnswers } from '../../../src/server/analysis-messages';
import { Background, type BackgroundNeeds } from '../../../src/server/background';

type Step = AnalysisAnswers['prepare'];

function step(done: number, total: number, isFull = false): Step {
  return { done, total, changesCallers: false, isFull };
}

/** A background whose files are read by `answer`, and what is seen of it. */
function backgroundOf(answer: (asked: number) => Step) {
  const logged: string[] = [];
  let stop: (() => void) | undefined;
  const seen = { asked: 0, logged, ended: 0, cancel: () => { stop?.(); } };
  const progress = {
    begin: () => undefined,
    report: () => undefined,
    done: () => { seen.ended += 1; },
    token: { onCancellationRequested: (listener: () => void) => { stop = listener; } },
  };
  const needs = {
    connection: { window: { createWorkDoneProgress: () => Promise.resolve(progress) } },
    documents: { onEvent: () => undefined, all: () => [{ path: '/a.ts' }] },
    client: { ask: () => Promise.resolve(answer((seen.asked += 1))) },
    log: { info: (text: string) => { seen.logged.push(text); }, warn: (text: string) => { seen.logged.push(text); } },
    done: () => undefined,
    canShowProgress: () => true,
  };
  // Only what is used of an editor, its documents and the thread is there.
  return { seen, background: new Background(needs as unknown as BackgroundNeeds) };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 400; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 20); });
  assert.ok(holds());
}

describe('reading in the background', function () {
  this.timeout(20_000);

  it('goes on beyond a thousand files, to the last', async () => {
    const { seen, background } = backgroundOf((asked) => (asked <= 3000 ? step(asked, 3000) : undefined));
    background.schedule();
    await until(() => seen.ended === 1);
    assert.equal(seen.asked, 3001);
    assert.deepEqual(seen.logged, []);
  });

  it('stops when memory is short, and says so', async () => {
    const { seen, background } = backgroundOf((asked) => step(asked, 3000, asked === 1200));
    background.schedule();
    await until(() => seen.ended === 1);
    assert.equal(seen.asked, 1200);
    assert.match(seen.logged.join('\n'), /1200 of 3000 files.*memory is short/);
  });

  it('stops when the reader cancels, and does not begin again', async () => {
    const { seen, background } = backgroundOf((asked) => {
      if (asked === 100) seen.cancel();
      return step(asked, 3000);
    });
    background.schedule();
    await until(() => seen.ended === 1);
    assert.equal(seen.asked, 100);
    background.schedule();
    await new Promise((resolve) => { setTimeout(resolve, 1700); });
    assert.equal(seen.asked, 100);
  });
});

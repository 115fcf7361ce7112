/**
 * Why this file exists: a misconception may be named only when it truly gives the reader's order. So every sample is
 * simulated, and the real loop must come out of the same replay as the wrong ones.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { models } from '../../../src/lessons/models';
import { judge, questionOf } from '../../../src/lessons/predict';
import { replay } from '../../../src/lessons/replay';
import { scoreOf } from '../../../src/lessons/score';
import { openSimulator, tracedText } from '../simulation/engine';

const folder = path.resolve('examples');

describe('lessons: predict first', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const { name, belief, sample } of models) {
    it(`tells the truth from "${name}" by its sample`, async () => {
      const score = scoreOf(await tracedText(simulator, sample.text, { name: 'sample.cts' }));
      assert.deepEqual(score.printed, sample.real);
      assert.deepEqual(replay(score), sample.real);
      assert.deepEqual(replay(score, belief), sample.believed);
      const question = questionOf(score.trace);
      assert.ok(question !== undefined);
      assert.deepEqual(judge(question, sample.real), { kind: 'right' });
      const verdict = judge(question, sample.believed);
      assert.ok(verdict.kind === 'wrong' && verdict.model !== undefined && verdict.firstDifference === 0);
    });
  }

  it('plays every example again as it was printed', async () => {
    const differing: string[] = [];
    for (const name of readdirSync(folder).filter(file => file.endsWith('.ts'))) {
      const score = scoreOf(await tracedText(simulator, readFileSync(path.join(folder, name), 'utf8'), { name }));
      if (replay(score).join('\n') !== score.printed.join('\n')) differing.push(name);
    }
    assert.deepEqual(differing, []);
  });

  it('names the misconception behind an order of a larger program, and none behind a random one', async () => {
    const text = `async function load(name: string) {
  console.log('begin', name);
  await null;
  console.log('end', name);
}
setTimeout(() => console.log('timer'), 0);
load('a');
load('b');
Promise.resolve().then(() => console.log('then'));
console.log('script');
`;
    const question = questionOf(await tracedText(simulator, text, { name: 'main.cts' }));
    assert.ok(question !== undefined);
    assert.deepEqual(question.real, ['begin a', 'begin b', 'script', 'end a', 'end b', 'then', 'timer']);
    assert.notDeepEqual(question.shuffled, question.real);
    assert.deepEqual(question.shuffled.toSorted(), question.real.toSorted());
    function named(order: readonly string[]): string {
      const verdict = question === undefined ? undefined : judge(question, order);
      return verdict?.kind === 'wrong' ? verdict.model?.name ?? 'none' : 'right';
    }
    assert.equal(named(['begin a', 'end a', 'begin b', 'end b', 'script', 'then', 'timer']), 'await-blocks');
    assert.equal(named(['timer', 'begin a', 'begin b', 'then', 'script', 'end a', 'end b']), 'callbacks-at-once');
    assert.equal(named(['begin a', 'begin b', 'then', 'script', 'end a', 'end b', 'timer']), 'then-at-once');
    assert.equal(named(['script', 'begin a', 'begin b', 'then', 'end a', 'end b', 'timer']), 'async-body-later');
    assert.equal(named(['timer', 'then', 'script', 'end b', 'end a', 'begin b', 'begin a']), 'none');
  });

  it('asks nothing of a run that prints one line, or too many', async () => {
    assert.equal(questionOf(await tracedText(simulator, `console.log('one');`)), undefined);
    assert.equal(questionOf(await tracedText(simulator, `for (let n = 0; n < 20; n++) console.log(n);`)), undefined);
    assert.equal(questionOf(await tracedText(simulator, `console.log('same'); console.log('same');`)), undefined);
  });
});

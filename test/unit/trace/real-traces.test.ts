/** Why this file exists: what holds for traces made by hand must hold for those that the simulation records. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { defaultLimits } from '../../../src/simulation/request';
import { createSimulator } from '../../../src/simulator/create-simulator';
import { beatsOf } from '../../../src/trace/beats';
import { compactTrace, expandTrace } from '../../../src/trace/compact';
import { captionOf } from '../../../src/trace/caption';
import { captionsInRussian, labelWordsInRussian } from '../../../src/trace/captions-ru';
import { openHistory } from '../../../src/trace/history';
import { brokenLaws } from '../../../src/trace/laws';
import { consoleLines, stackDepth } from '../../../src/trace/loop-state';
import { parseTrace } from '../../../src/trace/parse';
import { printState } from '../../../src/trace/print';
import { indexTrace } from '../../../src/trace/trace-index';
import type { Trace } from '../../../src/trace/trace';
import { randomTrace, stepsOfPrograms } from './random-program';

const folder = path.resolve('examples').replaceAll(path.sep, '/');
const files = readdirSync(folder).filter(name => name.endsWith('.ts'));

/** What every reader of traces relies on. */
function checkTrace(trace: Trace): void {
  assert.equal(parseTrace(JSON.parse(JSON.stringify(trace))).kind, 'parsed');
  assert.deepEqual(expandTrace(compactTrace(trace)), JSON.parse(JSON.stringify(trace)));
  assert.deepEqual(brokenLaws(trace), []);
  const [history, index] = [openHistory(trace), indexTrace(trace)];
  const russianIndex = indexTrace(trace, labelWordsInRussian);
  const last = history.stateAt(trace.events.length - 1);
  assert.equal(last.exitCode, trace.exitCode);
  const printed = trace.events.flatMap(event => event.kind === 'console-printed' ? event.text : []);
  assert.deepEqual(consoleLines(last).map(line => line.text), printed);
  for (const beat of beatsOf(trace)) {
    const { headline, rule, mechanics } = captionOf(history, index, beat.lead);
    const said = [headline, rule, mechanics].join('\n').replaceAll(/`[^`]*`/g, '');
    assert.doesNotMatch(said, /undefined|NaN|\[object|Line 0|line 0/, headline);
    assert.doesNotMatch(headline, /``/, headline);
    const inRussian = captionOf(history, russianIndex, beat.lead, captionsInRussian);
    for (const depth of [inRussian.headline, inRussian.rule, inRussian.mechanics]) {
      assert.match(depth, /[а-яё]/i, depth);
      assert.doesNotMatch(depth.replaceAll(/`[^`]*`/g, ''), /undefined|NaN|\[object|\b(?:the|is|runs|waits)\b/, depth);
    }
  }
}

describe('trace: what the simulation records of the examples', () => {
  const simulator = createSimulator(path.join(__dirname, 'simulator.js'));
  after(() => simulator.dispose());
  for (const name of files) {
    it(`${name} keeps the laws and can be told`, async function () {
      this.timeout(30_000);
      const reply = await simulator.simulate({
        entry: `${folder}/${name}`, start: { kind: 'file' }, host: 'node', limits: defaultLimits, record: true,
      });
      assert.ok(reply.kind === 'simulated' && reply.trace !== undefined);
      checkTrace(reply.trace);
    });
  }
});

describe('trace: random programs', () => {
  it('keep the laws; every state is the same however it is reached', () => {
    const someSteps = fc.array(fc.nat(), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(stepsOfPrograms, someSteps, fc.boolean(), (steps, places, isAhead) => {
      const trace = randomTrace(steps);
      checkTrace(trace);
      const history = openHistory(trace);
      if (isAhead) assert.equal(history.foldAhead(), false); // none of these is so long that once is not enough
      for (const place of places) {
        const step = place % trace.events.length;
        assert.equal(printState(history.stateAt(step)), printState(openHistory(trace).stateAt(step)));
      }
      assert.equal(stackDepth(history.stateAt(trace.events.length - 1)), 0);
    }), { numRuns: 60, seed: 4 });
  });

  it('break a law when an event that others rest on is taken out', () => {
    fc.assert(fc.property(stepsOfPrograms, fc.nat(), (steps, place) => {
      const trace = randomTrace(steps);
      const resting = trace.events.flatMap((event, step) =>
        ['frame-pushed', 'task-started', 'program-ended'].includes(event.kind) ? step : []);
      const without = resting[place % resting.length];
      assert.notDeepEqual(brokenLaws({ ...trace, events: trace.events.filter((_, step) => step !== without) }), []);
    }), { numRuns: 60, seed: 4 });
  });
});

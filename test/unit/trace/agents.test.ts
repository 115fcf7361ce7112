/** Why this file exists: a trace of several agents: a machine for each, messages that tie them, laws for each. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { walkLanes } from '../../../src/player/timeline/lane-walk';
import { openRecording } from '../../../src/player/player-state';
import { openHistory } from '../../../src/trace/history';
import { brokenLaws } from '../../../src/trace/laws';
import { seenBy, stackDepth } from '../../../src/trace/loop-state';
import { parseTrace } from '../../../src/trace/parse';
import type { Trace, TraceEvent } from '../../../src/trace/trace';
import { openSimulator, tracedText } from '../simulation/engine';

describe('trace: agents', () => {
  const simulator = openSimulator();
  let trace: Trace;
  before(async function () {
    this.timeout(20_000);
    const text = readFileSync(path.resolve('test/fixtures/simulation/workers/wait-in-worker-wakes.cjs'), 'utf8');
    trace = await tracedText(simulator, text, { name: 'main.cjs' });
  });
  after(() => simulator.dispose());

  const at = (kind: TraceEvent['kind']): number => trace.events.findIndex(event => event.kind === kind);

  it('is a trace, and keeps the laws', () => {
    assert.equal(parseTrace(JSON.parse(JSON.stringify(trace))).kind, 'parsed');
    assert.deepEqual(brokenLaws(trace), []);
  });

  it('shows the machine of the agent whose event it is, and that of another one', () => {
    const state = openHistory(trace).stateAt(at('agent-blocked'));
    assert.deepEqual([state.agent, stackDepth(state) > 0, stackDepth(seenBy(state, 0))], [1, true, 0]);
    assert.deepEqual(state.agents.map(({ agent, status }) => [agent, status]), [[0, 'started'], [1, 'blocked']]);
    const woken = openHistory(trace).stateAt(at('agent-unblocked'));
    assert.equal(seenBy(woken, 0).task, undefined);
  });

  it('ties each message that arrives to the one that was posted before', () => {
    const arrived = trace.events.flatMap((event, step) => event.kind === 'message-arrived' ? [{ ...event, step }] : []);
    assert.ok(arrived.length >= 3);
    for (const { message, step } of arrived) {
      const posted = trace.events.findIndex(event => event.kind === 'message-posted' && event.message === message);
      assert.ok(posted >= 0 && posted < step, `message ${String(message)}`);
    }
  });

  it('has lanes of the worker below those of the main program, and edges between them', () => {
    const { lanes, edges } = walkLanes(openRecording(trace, 'agents'));
    const agents = lanes.map(lane => lane.agent);
    assert.deepEqual(agents, agents.toSorted((a, b) => a - b));
    assert.ok(agents.includes(1) && edges.some(({ from, to }) => from.agent !== to.agent));
  });

  it('breaks a law where a blocked agent acts, a message comes from nobody, a worker acts after its end', () => {
    const without = (kind: TraceEvent['kind']): Trace => ({ ...trace, events: trace.events.filter(event => event.kind !== kind) });
    assert.match(brokenLaws(without('agent-unblocked')).join('\n'), /agent 1 is blocked/);
    assert.match(brokenLaws(without('message-posted')).join('\n'), /was never posted/);
    const ended = trace.events[at('worker-ended')];
    assert.ok(ended !== undefined);
    const early = { ...trace, events: trace.events.toSpliced(at('agent-blocked'), 0, ended) };
    assert.match(brokenLaws(early).join('\n'), /worker 1 has ended/);
  });
});

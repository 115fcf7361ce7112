import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { brokenLaws } from '../../../src/trace/laws';
import type { Trace, TraceEvent } from '../../../src/trace/trace';
import { openSimulator, ranText, tracedText } from './engine';

type Skipped = Extract<TraceEvent, { kind: 'turns-skipped' }>;

/** What was left out, and how often the statement of a line was recorded. */
function summary(trace: Trace, line: number): { skipped: string[]; recorded: number } {
  const text = trace.files[0]?.text ?? '';
  const lineOf = (site: number): number => text.slice(0, trace.sites[site]?.start).split('\n').length;
  const skipped = trace.events
    .filter((event): event is Skipped => event.kind === 'turns-skipped')
    .map(({ site, count, unit }) => `line ${String(lineOf(site))}: ${String(count)} ${unit}`);
  const recorded = trace.events.filter(event => event.kind === 'statement-reached' && lineOf(event.site) === line).length;
  return { skipped, recorded };
}

describe('simulation: long loops are recorded for their first and last turns', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  function check(name: string, text: string, line: number, skipped: readonly string[], recorded: number): void {
    it(name, async () => {
      const trace = await tracedText(simulator, text);
      assert.deepEqual(summary(trace, line), { skipped, recorded });
      assert.deepEqual(brokenLaws(trace), []);
      assert.equal(trace.outcome.kind, 'completed');
    });
  }

  check('for', 'let sum = 0;\nfor (let i = 0; i < 1000; i++) {\n  sum += i;\n}', 3, ['line 2: 780 turns'], 220);
  check('while, left by a break', 'let i = 0;\nwhile (true) {\n  if (++i === 500) break;\n}', 3, ['line 2: 280 turns'], 221);
  check('do', 'let i = 0;\ndo {\n  i++;\n} while (i < 300);', 3, ['line 2: 80 turns'], 220);
  check('for of, left by a labelled continue', 'outer: for (const a of [1]) {\n  for (const b of Array(600).keys()) {\n    if (b === 599) continue outer;\n  }\n}', 3,
    ['line 2: 380 turns'], 221);
  check('a loop of few turns', 'let sum = 0;\nfor (let i = 0; i < 200; i++) {\n  sum += i;\n}', 3, [], 200);
  check('a loop that is a little longer', 'let sum = 0;\nfor (let i = 0; i < 210; i++) {\n  sum += i;\n}', 3, ['line 2: 10 turns'], 200);
  check('an inner loop counts the turns of all its executions', 'let n = 0;\nfor (let i = 0; i < 30; i++) {\n  for (let j = 0; j < 10; j++) {\n    n++;\n  }\n}', 4,
    Array<string>(10).fill('line 3: 10 turns'), 200);
  check('turns of unequal length', 'let n = 0;\nfor (let i = 0; i < 2000; i++) {\n  if (i % 10 === 0) n += [1, 2].map(x => x).length;\n}', 3, ['line 2: 1780 turns'], 220 + 22 * 3);
  check('a function that is called very often', 'let n = 0;\nfunction f(): void {\n  n++;\n}\nfor (let i = 0; i < 3; i++) Array(1000).fill(0).forEach(f);', 3,
    ['line 2: 1000 calls'], 2000);
  check('a loop in a recursion', 'let n = 0;\nfunction f(depth: number): void {\n  for (let i = 0; i < 2; i++) {\n    n++;\n    if (depth > 0) f(depth - 1);\n  }\n}\nf(8);', 4,
    Array<string>(6).fill('line 3: 1 turns'), 200);

  const awaiting = 'async function f() {\n  for (let i = 0; i < 1000; i++) {\n    await i;\n  }\n}\nf();';
  check('turns whose awaits come straight back', awaiting, 3, ['line 2: 779 awaiting-turns'], 221);
  check('the same in the body of a module', 'export {};\nfor (let i = 0; i < 1000; i++) {\n  await i;\n}', 3, ['line 2: 779 awaiting-turns'], 221);
  check('awaits of promises that have their answer', 'async function f() {\n  const p = Promise.reject(1);\n  for (let i = 0; i < 1000; i++) {\n    await p.catch(() => i);\n    await Promise.resolve(i);\n  }\n}\nf();', 5, [], 1000);
  check('with an inner loop', 'async function f() {\n  for (let i = 0; i < 1000; i++) {\n    await i;\n    for (let j = 0; j < 3; j++) {\n      await j;\n    }\n  }\n}\nf();', 3,
    ['line 2: 780 awaiting-turns'], 220);
  check('another function that awaits meanwhile', `${awaiting}\nf();`, 3, [], 2000);
  check('awaits of timers', 'async function f() {\n  for (let i = 0; i < 300; i++) {\n    await new Promise(r => setTimeout(r));\n  }\n}\nf();', 3, [], 600);
  check('left by an error', 'async function f() {\n  for (let i = 0; i < 1000; i++) {\n    if (await i === 900) throw null;\n  }\n}\nf().catch(() => 0);', 3, ['line 2: 680 awaiting-turns'], 222);

  it('runs the same, whether turns that await are recorded or not', async () => {
    const text = readFileSync('test/fixtures/simulation/async/awaits-in-long-loops.ts', 'utf8');
    const trace = await tracedText(simulator, text);
    const { stdout } = await ranText(simulator, text);
    const printed = trace.events.flatMap(event => (event.kind === 'console-printed' ? [event.text] : [])).join('');
    assert.equal(printed, stdout);
    assert.equal(trace.events.some(event => event.kind === 'turns-skipped' && event.unit === 'awaiting-turns'), true);
    assert.deepEqual(brokenLaws(trace), []);
  });

  it('leaves the names of the runtime alone inside a loop', async () => {
    const trace = await tracedText(simulator, "const text = 'ab';\nfor (const x of [1]) console.log({ ...text, x });");
    assert.deepEqual(trace.events.flatMap(event => (event.kind === 'console-printed' ? [event.text] : [])), ["{ '0': 'a', '1': 'b', x: 1 }\n"]);
  });

  it('prints the same, whether recorded or not', async () => {
    const text = 'let a = 0;\nfor (let i = 0; i < 5000; i++) {\n  a += Date.now() % 7;\n  if (i % 1000 === 0) console.log(i, performance.now());\n}\nconsole.log(a);';
    const trace = await tracedText(simulator, text);
    const printed = trace.events.flatMap(event => (event.kind === 'console-printed' ? [event.text] : [])).join('');
    const plain = await tracedText(simulator, text, { limits: { events: 1 } });
    assert.equal(trace.steps, plain.steps);
    assert.equal(trace.virtualMs, plain.virtualMs);
    assert.match(printed, /^0 .*\n1000 .*\n2000 .*\n3000 .*\n4000 .*\n\d+\n$/);
  });
});

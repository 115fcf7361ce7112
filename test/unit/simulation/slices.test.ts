/**
 * Why this file exists: a simulation may begin with one function or a selection: what is needed comes along, nothing
 * else runs, and every place in the trace is the user's own.
 */
import assert from 'node:assert/strict';
import type { Start } from '../../../src/simulation/request';
import type { Trace } from '../../../src/trace/trace';
import { openSimulator, ranText, simulateText, tracedText } from './engine';

const text = `import { setTimeout as sleep } from 'node:timers/promises';
console.log('side effect of the file');
const factor = 3;
const unused = console.log('unused declaration');
interface User { id: number; name: string }
function double(n: number): number {
  return n * 2;
}
async function load(user: User, retries = 2): Promise<string> {
  console.log('load', user, retries);
  await sleep(5);
  for (const turn of [1, 2]) {
    console.log('turn', turn, double(factor));
  }
  return user.name;
}
class Store {
  constructor(readonly path: string) {}
  async save(rows: number[]): Promise<number> {
    await null;
    console.log('save', this.path, rows);
    return rows.length;
  }
  static make(): Store {
    console.log('make');
    return new Store('made');
  }
}
function* numbers(): Generator<number> {
  console.log('first');
  yield 1;
  console.log('second');
}
const later = async (n: number): Promise<void> => {
  const inner = async (m: number): Promise<number> => {
    console.log('inner', m, n);
    return m;
  };
  await inner(n);
};
void load({ id: 7, name: 'real' });
`;

describe('simulation: starting in the middle', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  const printed = async (start: Start, source = text): Promise<string> => {
    const { stdout, stderr, outcome } = await ranText(simulator, source, { start });
    assert.equal(outcome, 'completed', stderr);
    return stdout;
  };

  function range(first: string, last: string, source = text): Start {
    const start = source.indexOf(first);
    const end = source.indexOf(last, start) + last.length;
    assert.ok(start >= 0 && end > start, `the text does not hold ${first} … ${last}`);
    return { kind: 'range', start, end };
  }

  async function refusal(start: Start, source = text): Promise<string> {
    const reply = await simulateText(simulator, source, { start });
    assert.ok(reply.kind === 'refused', 'it was not refused');
    assert.doesNotMatch(reply.message, /\n|at \S+ \(|undefined/);
    return reply.message;
  }

  it('a function by name runs alone, with values made from its types', async () => {
    const made = "load { id: 1, name: 'name' } 2\nturn 1 6\nturn 2 6\n";
    assert.equal(await printed({ kind: 'function', name: 'load' }), made);
  });

  it('a function by an offset in it', async () => {
    assert.equal(await printed({ kind: 'function', offset: text.indexOf('return n * 2') }), '');
    assert.match(await printed({ kind: 'function', offset: text.indexOf("console.log('load'") }), /^load \{/);
  });

  it('takes the values it is given', async () => {
    const start: Start = { kind: 'function', name: 'load', args: ["{ id: 5, name: 'given' }", '9'] };
    assert.match(await printed(start), /^load \{ id: 5, name: 'given' \} 9\n/);
  });

  it('a method gets an object of its class; a static one its class', async () => {
    assert.equal(await printed({ kind: 'function', name: 'Store.save' }), 'save path [ 1, 2 ]\n');
    assert.equal(await printed({ kind: 'function', name: 'Store.make' }), 'make\n');
  });

  it('a generator is asked for all it has', async () => {
    assert.equal(await printed({ kind: 'function', name: 'numbers' }), 'first\nsecond\n');
  });

  it('a function inside another gets what it uses from around it', async () => {
    assert.equal(await printed({ kind: 'function', name: 'inner' }), 'inner 1 1\n');
  });

  it('statements at the top of the file run with the declarations they use', async () => {
    assert.match(await printed(range('void load', "'real' });")), /^load \{ id: 7, name: 'real' \} 2\nturn 1 6\n/);
  });

  it('statements inside a function run with values for its parameters', async () => {
    const { stdout } = await ranText(simulator, text, { start: range("console.log('load'", 'await sleep(5);') });
    assert.equal(stdout, "load { id: 1, name: 'name' } 2\n");
  });

  it('statements inside a loop get the variables of its first turn', async () => {
    assert.equal(await printed(range("console.log('turn'", '(factor));')), 'turn 1 6\n');
  });

  it('part of a statement stands for the whole', async () => {
    assert.equal(await printed(range('turn of [1, 2]', "'turn'")), 'turn 1 6\nturn 2 6\n');
  });

  it('takes values for the parameters around a selection', async () => {
    const start: Start = { ...range("console.log('load'", 'retries);'), values: { user: '5', retries: "'many'" } } as Start;
    assert.equal(await printed(start), 'load 5 many\n');
  });

  it('says which values it would make', async () => {
    const entry = '/nowhere/a.ts';
    const asked = (start: Start): Promise<unknown> => simulator.parameters(entry, start, { [entry]: text });
    assert.deepEqual(await asked({ kind: 'function', name: 'load' }), [
      { name: 'user', type: 'User', expression: "{ id: 1, name: 'name' }" },
      { name: 'retries', type: 'unknown', expression: '2' },
    ]);
    assert.deepEqual(await asked(range('return user.name', ';')), [{ name: 'user', type: 'User', expression: "{ id: 1, name: 'name' }" }]);
    assert.deepEqual(await asked({ kind: 'file' }), []);
    assert.deepEqual(await asked({ kind: 'function', name: 'nobody' }), []);
  });

  it('refuses in one clear sentence what it cannot start', async () => {
    assert.match(await refusal({ kind: 'function', name: 'nobody' }), /no function 'nobody'/);
    assert.match(await refusal({ kind: 'function', offset: text.indexOf('const factor') + 2 }), /no function here/);
    assert.match(await refusal({ kind: 'range', start: 5, end: 5 }), /The selection/);
    assert.match(await refusal({ kind: 'range', start: 10_000, end: 20_000 }), /The selection/);
    const blank = text.indexOf('\nconst factor');
    assert.match(await refusal({ kind: 'range', start: blank, end: blank + 1 }), /The selection/);
    const loop = 'async function f() {\n  for (const x of [1]) {\n    if (x) break;\n  }\n}\n';
    assert.match(await refusal(range('if (x)', 'break;', loop), loop), /Select the whole loop/);
  });

  it('refuses what does not parse, with its place', async () => {
    const reply = await simulateText(simulator, 'async function f() {\n  await (;\n}\n', { start: { kind: 'function', name: 'f' } });
    assert.ok(reply.kind === 'refused');
    assert.equal(reply.line, 2);
  });

  for (const [name, start] of [
    ['a function', { kind: 'function', name: 'load' }],
    ['a method', { kind: 'function', name: 'Store.save' }],
    ['an inner function', { kind: 'function', name: 'inner' }],
    ['a selection in a function', range("console.log('load'", 'return user.name;')],
    ['a selection at the top', range('void load', "'real' });")],
  ] as const) {
    it(`every place of the trace of ${name} lies in the user's text, and only played statements are told`, async () => {
      const trace = await tracedText(simulator, text, { start });
      assert.equal(trace.files[0]?.text, text);
      for (const place of reachedTexts(trace)) {
        assert.ok(text.includes(place), place);
        assert.doesNotMatch(place, /side effect|unused|^const factor|^interface|\$value|selection\(/);
      }
      assert.ok(reachedTexts(trace).length >= 2);
    });
  }

  it('a selection shows the very statements that were selected', async () => {
    const trace = await tracedText(simulator, text, { start: range("console.log('load'", 'await sleep(5);') });
    assert.deepEqual(reachedTexts(trace), ["console.log('load', user, retries);", 'await sleep(5);']);
  });
});

/** The user's text of each statement that was reached, in order. */
function reachedTexts(trace: Trace): string[] {
  return trace.events.flatMap((event) => {
    if (event.kind !== 'statement-reached') return [];
    const site = trace.sites[event.site];
    const file = site && trace.files[site.file];
    return site !== undefined && file !== undefined ? [file.text.slice(site.start, site.end)] : [];
  });
}

/**
 * Why this file exists: functions of TypeScript sources that ship inside npm packages are played as they stand, with
 * values made for them, from the command line's request and from the editor's cursor.
 */
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultLimits } from '../../../src/simulation/request';
import { brokenLaws } from '../../../src/trace/laws';
import type { Trace } from '../../../src/trace/trace';
import { TestEditor } from '../server/editor';
import { openSimulator, ranText, tracedText } from './engine';

interface Played {
  readonly package: string;
  /** Below the package. */
  readonly file: string;
  /** As --entry takes it. */
  readonly name: string;
  /** Where the editor's cursor stands. */
  readonly cursor: string;
  /** How the call begins that is played, and where else it leads. */
  readonly calls: readonly string[];
}

const functions: readonly Played[] = [
  {
    package: 'rxjs', file: 'src/internal/firstValueFrom.ts', name: 'firstValueFrom', cursor: 'const hasConfig',
    calls: ['firstValueFrom(Observable', 'new SafeSubscriber(', 'subscribe('],
  },
  {
    package: 'rxjs', file: 'src/internal/observable/innerFrom.ts', name: 'process', cursor: 'for await (const value of asyncIterable)',
    calls: ['new Subscriber(', 'process(', 'next({', 'complete()'],
  },
  {
    package: '@tanstack/query-core', file: 'src/query.ts', name: 'Query.fetch', cursor: '// Silently cancel current fetch',
    calls: ['new Query(', 'fetch(', 'createRetryer('],
  },
  {
    package: 'zod', file: 'src/v3/types.ts', name: 'ZodType.safeParseAsync', cursor: 'const maybeAsyncResult = this._parse',
    calls: ['safeParseAsync(', '_parse('],
  },
];

describe('functions in sources of packages', function () {
  this.timeout(120_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  function isPlayed(trace: Trace, calls: readonly string[]): void {
    assert.deepEqual(trace.outcome, { kind: 'completed' });
    assert.deepEqual(brokenLaws(trace), []);
    const labels = trace.events.flatMap((event) => event.kind === 'frame-pushed' ? [event.label] : []);
    for (const call of calls) assert.ok(labels.some((label) => label.startsWith(call)), `${call} is not among ${labels.join(' | ')}`);
    assert.ok(trace.files.every(({ origin }) => origin !== 'made-up'), 'all of it is real');
  }

  for (const { package: name, file, name: entry, calls } of functions) {
    it(`${entry} of ${name} is played by its name`, async () => {
      const request = { entry: path.resolve('node_modules', name, file), start: { kind: 'function', name: entry } } as const;
      const reply = await simulator.simulate({ ...request, limits: defaultLimits, record: true });
      assert.ok(reply.kind === 'simulated' && reply.trace !== undefined, JSON.stringify(reply).slice(0, 500));
      isPlayed(reply.trace, calls);
    });
  }

  it('statusOf, written with the types of undici, is played; undici is made up where it cannot run', async () => {
    const request = { entry: path.resolve('test/fixtures/packages/status-of.ts'), start: { kind: 'function', name: 'statusOf' } } as const;
    const reply = await simulator.simulate({ ...request, limits: { ...defaultLimits, wallMs: 60_000 }, record: true });
    assert.ok(reply.kind === 'simulated' && reply.trace !== undefined, JSON.stringify(reply).slice(0, 500));
    assert.deepEqual(reply.trace.outcome, { kind: 'completed' });
    assert.equal(reply.stdout, '200 {}\n');
    assert.deepEqual(reply.trace.standIns, ['undici']);
    const asked = reply.trace.outside?.map(({ key, by }) => `${key} ${by}`) ?? [];
    assert.match(asked.join('\n'), /^undici\.request made-up\nundici\.\S+\.json made-up$/);
  });

  it('values are made of types that other files declare, and classes constructed that are imported as types', async () => {
    const files = {
      'shop.ts': `export interface Order { id: number; name: string; lines: Line[]; save(): Promise<string> }
interface Line { price: number }
export class Store { constructor(readonly name: string, readonly first: Order) {} async load(id: number) { return this.name + id + this.first.name; } }
export abstract class Base { constructor(readonly size: number) {} abstract run(): number; async twice() { return this.run() * 2 * this.size; } }
`,
      'main.ts': `import { Base } from './shop';
import type { Order, Store } from './shop';
export async function show(order: Order, store: Store) {
  console.log(order.lines, await order.save(), await store.load(order.id));
}
abstract class Middle extends Base { async thrice() { return (await this.twice()) + this.run(); } }
class Own extends Middle { run() { return 4; } }
`,
    };
    const text = files['main.ts'];
    const show = await ranText(simulator, text, { files, start: { kind: 'function', name: 'show' } });
    assert.equal(show.stdout, "[ { price: 1 }, { price: 2 } ] save name1name\n");
    const thrice = await tracedText(simulator, text, { files, start: { kind: 'function', name: 'Middle.thrice' } });
    assert.ok(thrice.events.some((event) => event.kind === 'frame-popped' && event.value === '12'));
  });

  describe('from the editor', () => {
    let editor: TestEditor;
    before(async () => {
      editor = await TestEditor.start({});
      for (const { package: name } of functions) {
        const [from, to] = [path.resolve('node_modules', name), path.join(editor.folder, 'node_modules', name)];
        for (const part of ['src', 'package.json']) cpSync(path.join(from, part), path.join(to, part), { recursive: true });
      }
    });
    after(() => editor.stop());

    for (const { package: name, file, name: entry, cursor, calls } of functions) {
      it(`${entry} of ${name} is played where the cursor stands`, async () => {
        const place = `node_modules/${name}/${file}`;
        await editor.open(place, readFileSync(path.join(editor.folder, place), 'utf8'));
        const reply = await editor.simulate(place, { kind: 'cursor', position: editor.at(place, cursor) });
        assert.ok(reply.kind === 'simulated', JSON.stringify(reply).slice(0, 500));
        isPlayed(reply.trace, calls);
      });
    }
  });
});

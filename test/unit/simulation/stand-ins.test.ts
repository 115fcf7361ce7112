/**
 * Why this file exists: packages that cannot run are made up from their types, and no others; what they answer is
 * plausible, comes after a modelled time, is what the scenario says, and is told to be made up.
 */
import assert from 'node:assert/strict';
import { parseTrace } from '../../../src/trace/parse';
import { brokenLaws } from '../../../src/trace/laws';
import type { Scenario } from '../../../src/trace/scenario';
import type { Trace } from '../../../src/trace/trace';
import { openSimulator, ranText, simulateText, tracedText } from './engine';
import { packageOf } from './made-up-package';

const types = `
import { EventEmitter } from 'events';
export type State = 'open' | 'closed';
export interface Order { id: number; customerName: string; state: State; createdAt: string; tags: string[]; paid: boolean; note?: string | null; shipped: Date }
export interface Page<T> { items: T[]; total: number; next(): Promise<Page<T>> }
export declare class Client extends EventEmitter {
  constructor(address: string);
  readonly address: string;
  connect(): Promise<void>;
  find<T = Order>(query: string): Promise<Page<T>>;
  get(id: number, callback: (error: Error | null, order: Order) => void): void;
  scan(): AsyncIterable<Order>;
  where(text: string): this;
  static create(): Client;
  private secret(): string;
}
export declare function version(): string;
export declare function all(): Promise<Order[]>;
export declare enum Level { Low = 1, High = 'high' }
export declare const settings: { readonly retries: number; load(name: string): Promise<Map<string, number>> };
export default Client;
`;
const files = packageOf('shop', types);

describe('simulation: packages that are made up from their types', function () {
  this.timeout(60_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function printed(text: string, more: Record<string, string> = {}, name = 'main.mts'): Promise<string> {
    const { stdout, stderr } = await ranText(simulator, text, { name, files: { ...files, ...more } });
    return stdout === '' ? stderr : stdout;
  }

  async function traced(text: string, whatIf: Scenario = {}): Promise<Trace> {
    return tracedText(simulator, text, { name: 'main.mts', files, whatIf });
  }

  it('answer with plausible values of their types', async () => {
    const text = `import { all, version, Level, settings } from 'shop';
console.log(version(), Level.Low, Level.High);
console.log(await all());
console.log(await settings.load('a'));
`;
    assert.equal(await printed(text), `version 1 high
[
  {
    id: 1,
    customerName: 'customerName 1',
    state: 'open',
    createdAt: '2025-01-01T00:00:00.000Z',
    tags: [ 'tag 1', 'tag 2' ],
    paid: true,
    note: 'note 1',
    shipped: 2025-01-01T00:00:00.000Z
  },
  {
    id: 2,
    customerName: 'customerName 2',
    state: 'open',
    createdAt: '2025-01-01T00:00:00.000Z',
    tags: [ 'tag 1', 'tag 2' ],
    paid: true,
    note: 'note 2',
    shipped: 2025-01-01T00:00:00.000Z
  }
]
Map(1) { 'key' => 1 }
`);
  });

  it('have classes with methods, emitters, chains, callbacks, iterables and generics as the program uses them', async () => {
    const text = `import Client, { Client as Same } from 'shop';
interface User { email: string }
const client = new Client('x');
client.on('change', (n) => console.log('change', n));
client.emit('change', 7);
console.log(client instanceof Same, client.where('a').where('b') === client, Same.create() instanceof Client, 'secret' in client);
console.log(await client.connect());
const page = await client.find<User>('all');
console.log(page.items, page.total, (await page.next()).items.length);
client.get(1, (error, order) => console.log(error, order.id));
for await (const order of client.scan()) console.log(order.id);
`;
    assert.equal(await printed(text), `change 7
true true true false
undefined
[
  { email: 'someone1@example.com' },
  { email: 'someone2@example.com' }
] 2 2
null 1
1
2
`);
  });

  it('are imported by CommonJS and JavaScript too, and where the types say that the module is one value', async () => {
    const whole = packageOf('whole', `declare function whole(name: string): Promise<string>;
declare namespace whole { function part(): number; interface Options { a: number } }
export = whole;
`, "exports.part = undefined;\nrequire('http2').connect('x');\n");
    assert.equal(await printed("const whole = require('whole');\nwhole('a').then((v) => console.log(v, whole.part()));\n", whole, 'main.cjs'), 'whole 1\n');
    assert.equal(await printed("import whole, { part } from 'whole';\nconsole.log(await whole('a'), part());\n", whole), 'whole 1\n');
    assert.equal(await printed("const { Client } = require('shop');\nconsole.log(typeof new Client('x').connect);\n", {}, 'main.cjs'), 'function\n');
  });

  it('answer after 20 ms, among timers, and the same each time', async () => {
    const text = `import { all } from 'shop';
setTimeout(() => console.log('10 ms'), 10);
setTimeout(() => console.log('30 ms'), 30);
all().then((orders) => console.log('answer', orders.length));
console.log('asked');
`;
    const trace = await traced(text);
    assert.deepEqual(trace, await traced(text));
    assert.deepEqual(brokenLaws(trace), []);
    assert.equal(parseTrace(JSON.parse(JSON.stringify(trace))).kind, 'parsed');
    assert.deepEqual(trace.events.flatMap((each) => each.kind === 'console-printed' ? [each.text.trim()] : []), ['asked', '10 ms', 'answer 2', '30 ms']);
    const told = trace.events.find((each) => each.kind === 'task-queued' && each.origin === 'answer');
    assert.ok(told !== undefined && told.at >= 20 && told.at < 25, `told at ${String(told?.at)}`);
    assert.ok(trace.virtualMs >= 30 && trace.virtualMs < 35);
  });

  it('are marked as made up in the trace, and told once on stderr', async () => {
    const real = { 'node_modules/real/package.json': '{"name":"real"}', 'node_modules/real/index.js': 'exports.two = 2;\n' };
    const text = "import { all } from 'shop';\nimport real from 'real';\nawait all();\nawait all();\nconsole.log(real.two);\n";
    const reply = await ranText(simulator, text, { name: 'main.mts', files: { ...files, ...real }, record: true });
    assert.equal(reply.stderr, 'loopscope: shop is made up from its types; say in main.scenario.json what it answers.\n');
    assert.equal(reply.exitCode, 0);
    assert.ok(reply.trace !== undefined);
    assert.deepEqual(reply.trace.standIns, ['shop']);
    assert.deepEqual(reply.trace.files.map(({ path, origin }) => [path, origin]), [
      ['main.mts', undefined], ['node_modules/real/index.js', 'package'], ['node_modules/shop/made-up.mjs', 'made-up'],
    ]);
    const [asked, ...others] = reply.trace.outside ?? [];
    assert.deepEqual(others, []);
    assert.deepEqual([asked?.kind, asked?.key, asked?.by, asked?.count], ['call', 'shop.all', 'made-up', 2]);
    assert.deepEqual(Object.keys(asked?.answer ?? {}), ['latencyMs']); // its dates are no JSON
  });

  it('answer what the scenario says: values, latencies, failures, one after the other', async () => {
    const text = `import { all, version, Client } from 'shop';
const started = performance.now();
const ms = () => Math.round(performance.now() - started);
for (let i = 0; i < 3; i++) await all().then((v) => console.log(v), (e) => console.log(e.name, e.message, e.code));
new Client('x').get(1, (error, order) => console.log(error?.message, order));
try { version(); } catch (error) { console.log(String(error)); }
await new Client('y').connect();
console.log(ms() >= 500 && ms() < 520);
`;
    const calls = {
      'shop.all': [{ returns: [{ id: 9 }], latencyMs: 100 }, { fails: { name: 'DbError', message: 'gone', code: 'E1' }, latencyMs: 200 }],
      'shop.Client.get': { fails: 'not found' },
      'shop.version': { fails: 'no version' },
      'shop.Client.connect': { latencyMs: 0 },
    };
    const { stdout } = await ranText(simulator, text, { name: 'main.mts', files: { ...files, 'main.scenario.json': JSON.stringify({ calls }) } });
    assert.equal(stdout, '[ { id: 9 } ]\nDbError gone E1\nDbError gone E1\nError: no version\ntrue\nnot found undefined\n');
    const trace = await traced("import { all } from 'shop';\nawait all();\n", { calls: { 'shop.all': { returns: 1 } } });
    assert.deepEqual(trace.outside?.map(({ key, by, answer }) => [key, by, answer]), [['shop.all', 'scenario', { returns: 1 }]]);
  });

  it('stand in for addons, for what lacks a dependency, and for types alone; without types nothing does', async () => {
    const sum = 'export declare function sum(a: number, b: number): number;\n';
    const text = "import { sum } from 'sums';\nconsole.log(sum(1, 2));\n";
    const addon = { ...packageOf('sums', sum, "exports.sum = require('./build/sums.node').sum;\n"), 'node_modules/sums/build/sums.node': '\u007fELF' };
    assert.equal(await printed(text, addon), '1\n');
    assert.equal(await printed(text, packageOf('sums', sum, "import missing from 'not-there';\nexport const sum = missing;\n")), '1\n');
    const alone = { 'node_modules/@types/sums/package.json': '{"name":"@types/sums","types":"index.d.ts"}', 'node_modules/@types/sums/index.d.ts': sum };
    assert.equal(await printed(text, alone), '1\n');
    const untyped = Object.fromEntries(Object.entries(packageOf('sums', sum)).filter(([name]) => !name.endsWith('.d.ts')));
    const reply = await simulateText(simulator, text, { name: 'main.mts', files: untyped });
    assert.ok(reply.kind === 'simulated' && reply.outcome === 'unsupported' && reply.exitCode === 125);
    assert.match(reply.stderr, /node_modules\/sums\/index\.js:2: connect of node:http2 is not modelled yet/);
  });

  it('are no packages that run: what is imported and not used does not matter', async () => {
    const code = "const http2 = require('http2');\nexports.sum = (a, b) => a + b;\nexports.open = () => http2.connect('x');\n";
    const sums = packageOf('sums', 'export declare function sum(a: number, b: number): number;\nexport declare function open(): void;\n', code);
    assert.equal(await printed("import { sum } from 'sums';\nconsole.log(sum(1, 2));\n", sums), '3\n');
    assert.equal(await printed("import { sum, open } from 'sums';\nopen();\nconsole.log(sum(1, 2));\n", sums), '1\n');
  });

  it('stand in where a package connects to somebody who is not there; the program itself is refused', async () => {
    const code = "exports.ask = () => new Promise((resolve, reject) => require('net').connect(5999, '127.0.0.1').on('error', reject));\n";
    const text = "import { ask } from 'db';\nawait ask().then((v) => console.log(v), (e) => console.log(e.code));\n";
    const db = packageOf('db', 'export declare function ask(): Promise<string>;\n', code);
    assert.equal(await printed(text, db), 'ask\n');
    const untyped = Object.fromEntries(Object.entries(db).filter(([name]) => !name.endsWith('.d.ts')));
    assert.equal(await printed(text, untyped), 'ECONNREFUSED\n');
    assert.equal(await printed("require('net').connect(5999, '127.0.0.1').on('error', (e) => console.log(e.code));\n", {}, 'main.cjs'), 'ECONNREFUSED\n');
  });

  it('are not asked for packages that are named like a module of Node, with a slash', async () => {
    const own = { 'node_modules/process/package.json': '{"name":"process"}', 'node_modules/process/index.js': "exports.own = 'yes';\n" };
    assert.equal(await printed("console.log(require('process/').own, typeof require('process').nextTick);\n", own, 'main.cjs'), 'yes function\n');
  });

  it('stand for the package that the program imports, not for one below it', async () => {
    const below = packageOf('below', 'export declare function deep(): string;\n', "exports.deep = () => require('http2').connect('x');\n");
    const above = packageOf('above', 'export declare function call(): Promise<string>;\n', "exports.call = async () => require('below').deep();\n");
    const text = "import { call } from 'above';\nconsole.log(await call());\n";
    const trace = await tracedText(simulator, text, { name: 'main.mts', files: { ...below, ...above } });
    assert.deepEqual(trace.standIns, ['above']);
  });

  it('answer commands by their class, and stand namespaces that name themselves', async () => {
    const store = packageOf('store', `declare namespace store { export { store, store as again, Client, Get, List };
  class Get { constructor(key: string); readonly answers?: { found: string } }
  class List { readonly answers?: { names: string[] } }
  class Client { send<A extends object>(command: { readonly answers?: A }): Promise<A>;
    send<A extends object>(command: { readonly answers?: A }, callback: (error: Error, answer: A) => void): void } }
declare function store(): store.Client;
export = store;
`, "exports.Client = exports.Get = exports.List = undefined;\nrequire('http2').connect('x');\n");
    const text = `const { Client, Get, List } = require('store');
const client = new Client();
client.send(new List()).then((all) => console.log(all.names));
client.send(new Get('a')).then((one) => console.log(one.found));
`;
    assert.equal(await printed(text, store, 'main.cjs'), "[ 'name 1', 'name 2' ]\nfound\n");
  });

  it('answer in tasks of a page, and so do services that the scenario knows', async () => {
    const text = `import { all } from 'shop';
setTimeout(() => console.log('10 ms'), 10);
setTimeout(() => console.log('30 ms'), 30);
all().then((orders) => console.log('answer', orders.length));
fetch('https://api.example.com/a?b=1', { method: 'POST' }).then((r) => r.json()).then((v) => console.log(v.ok));
fetch('https://gone.example.com/').catch((e) => console.log(String(e)));
`;
    const http = { 'POST https://api.example.com/:name': { json: { ok: 1 }, latencyMs: 15 }, 'https://gone.example.com/': { fails: 'ECONNREFUSED', latencyMs: 1 } };
    const { stdout } = await ranText(simulator, text, { name: 'main.mts', files, host: 'browser', whatIf: { http } });
    assert.equal(stdout, 'TypeError: Failed to fetch\n10 ms\n1\nanswer 2\n30 ms\n');
  });

  it('hold in workers', async () => {
    const text = `import { Worker, isMainThread } from 'node:worker_threads';
import { all } from 'shop';
if (isMainThread) new Worker(process.argv[1]);
else console.log((await all()).length);
`;
    assert.equal(await printed(text), '2\n');
  });
});

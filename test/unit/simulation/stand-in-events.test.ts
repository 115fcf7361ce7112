/**
 * Why this file exists: emitters and streams of packages that are made up come to life: events that are listened to are
 * told once, in a sensible order and as the scenario says, streams bring values and end, builders are awaited.
 */
import assert from 'node:assert/strict';
import type { Scenario } from '../../../src/trace/scenario';
import type { Trace } from '../../../src/trace/trace';
import { brokenLaws } from '../../../src/trace/laws';
import { openSimulator, ranText, tracedText } from './engine';
import { fixturePackage, nodeTypes } from './made-up-package';

const files = { ...fixturePackage('broker'), ...fixturePackage('lines'), ...fixturePackage('store'), ...nodeTypes() };

describe('simulation: emitters and streams that are made up', function () {
  this.timeout(60_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function printed(text: string, whatIf: Scenario = {}): Promise<string> {
    const { stdout, stderr } = await ranText(simulator, text, { name: 'main.mts', files, whatIf });
    return stdout === '' ? stderr : stdout;
  }

  async function traced(text: string, whatIf: Scenario = {}): Promise<Trace> {
    return tracedText(simulator, text, { name: 'main.mts', files, whatIf });
  }

  const client = `import { Client } from 'broker';
const client = new Client('x');
const ms = () => Math.round(performance.now() - started);
const started = performance.now();
client.on('close', (hadError) => console.log('close', hadError));
client.on('message', (topic, message) => console.log('message', topic, message.id, message.topic));
client.on('error', (error) => console.log('error', error.message));
client.on('reconnecting', (attempt) => console.log('reconnecting', attempt));
client.on('unknown', () => console.log('unknown'));
client.on('ready', () => console.log('ready'));
client.on('connect', () => console.log('connect'));
`;

  it('tell what is listened to, once, what begins first and what ends last', async () => {
    assert.equal(await printed(client), 'connect\nready\nmessage topic 1 topic\nclose false\n');
    const trace = await traced(client);
    assert.deepEqual(trace, await traced(client));
    assert.deepEqual(brokenLaws(trace), []);
    const told = trace.events.flatMap((each) => each.kind === 'task-queued' && each.origin === 'answer' ? [[each.label, Math.round(each.at)]] : []);
    assert.deepEqual(told.map(([label]) => label), ['broker.Client.connect', 'broker.Client.ready', 'broker.Client.message', 'broker.Client.close']);
    const times = told.map(([, at]) => 10 * Math.floor(Number(at) / 10));
    assert.deepEqual(times, [20, 40, 60, 160]);
    assert.deepEqual(trace.outside?.map(({ kind, key, by, count }) => [kind, key, by, count]), [
      ['event', 'broker.Client.connect', 'made-up', 1], ['event', 'broker.Client.ready', 'made-up', 1],
      ['event', 'broker.Client.message', 'made-up', 1], ['event', 'broker.Client.close', 'made-up', 1],
    ]);
    const [first] = trace.outside;
    assert.deepEqual(first?.answer, { latencyMs: 20 });
  });

  it('tell nothing that nobody listens to, and what is listened to later', async () => {
    const text = `import { Client } from 'broker';
import { once } from 'node:events';
const client = new Client('x');
await once(client, 'connect');
console.log(await client.publish('a', 'b'));
client.once('message', (topic) => console.log(topic));
`;
    assert.equal(await printed(text), '1\ntopic\n');
    assert.equal(await printed("import { Client } from 'broker';\nnew Client('x');\nconsole.log('end');\n"), 'end\n');
  });

  it('tell what generic emitters, classes upon classes and other kinds of emitters declare', async () => {
    const text = `import { Queue, Typed, connect } from 'broker';
const typed = new Typed();
typed.on('job', (name, attempt) => console.log('typed', name, attempt));
const queue = new Queue('x');
queue.on('job', (name) => console.log('queue', name));
const channel = connect('y');
const stop = channel.on('data', (text) => console.log('never', text));
channel.on('open', () => { console.log('open', typeof stop); stop(); });
`;
    assert.equal(await printed(text), 'typed name 1\nqueue name\nopen function\n');
  });

  it('tell listeners that are handed over, after the call has answered', async () => {
    const text = `import { Client } from 'broker';
const client = new Client('x');
console.log(await client.consume('jobs', (message) => console.log('job', message?.id)));
`;
    assert.equal(await printed(text), "{ tag: 'tag' }\njob 1\n");
    const events = { 'broker.Client.consume': [{ with: [{ id: 5 }] }, { with: [{ id: 6 }] }] };
    assert.equal(await printed(text, { events }), "{ tag: 'tag' }\njob 5\njob 6\n");
  });

  it('tell events where they are event targets, to listeners and to handlers', async () => {
    const text = `import { Line, follow } from 'lines';
const line = new Line('wss://example.org');
line.onmessage = (event) => console.log('on', event.type, event.data, event instanceof Event, line.onmessage !== null);
line.addEventListener('close', ({ code, reason }) => console.log('close', code, reason));
line.addEventListener('open', (event) => console.log('open', event.type));
line.addEventListener('error', () => console.log('error'));
const never = () => console.log('never');
line.addEventListener('message', never);
line.removeEventListener('message', never);
console.log(typeof line.send('x'), line.onclose);
const feed = follow('x');
feed.addEventListener('news', (event) => console.log('news', event.title));
`;
    assert.equal(await printed(text), 'undefined null\nopen open\nnews title\non message data true true\nclose 1 reason\n');
    const events = { 'lines.Line.message': [{ with: [{ data: 'a' }] }, { with: [{ data: 'b' }], latencyMs: 5 }], 'lines.Line.close': [], 'lines.Feed.news': [] };
    assert.equal(await printed(text, { events }), 'undefined null\nopen open\non message a true true\non message b true true\n');
    const refused = { 'lines.Line.open': { fails: 'refused' }, 'lines.Feed.news': [] };
    assert.equal(await printed(text, { events: refused }), 'undefined null\nerror\nclose 1 reason\n');
    assert.deepEqual(brokenLaws(await traced(text)), []);
  });

  it('tell what the scenario says: values, times, errors, several, none', async () => {
    const events = {
      'broker.Client.message': [{ with: ['a', { id: 7, topic: 'a' }], latencyMs: 1 }, { with: ['b', { id: 8, topic: 'b' }] }],
      'broker.Client.close': [], 'broker.Client.reconnecting': { with: [3] },
    };
    assert.equal(await printed(client, { events }), 'connect\nready\nmessage a 7 a\nmessage b 8 b\nreconnecting 3\n');
    const refused = { 'broker.Client.connect': { fails: { message: 'refused', code: 'E1' }, latencyMs: 5 } };
    assert.equal(await printed(client, { events: refused }), 'error refused\nclose false\n');
    const lone = "import { Client } from 'broker';\nnew Client('x');\n";
    const reply = await ranText(simulator, lone, { name: 'main.mts', files, whatIf: { events: { 'broker.Client.error': { fails: 'gone' } } } });
    assert.deepEqual([reply.exitCode, reply.outcome], [1, 'uncaught']);
    assert.match(reply.stderr, /Error: gone/);
    const trace = await traced(client, { events: { 'broker.Client.connect': { latencyMs: 500 } } });
    assert.deepEqual(trace.outside?.[0], { kind: 'event', key: 'broker.Client.connect', by: 'scenario', count: 1, site: trace.outside?.[0]?.site, answer: { latencyMs: 500 } });
  });

  it('have streams that bring two values and end', async () => {
    const text = `import store from 'store';
const db = store({});
db.on('query', (text) => console.log('query', text));
const rows = db('users').rows();
rows.on('fields', (names) => console.log(names));
for await (const row of rows) console.log(row);
for await (const row of db('users').stream()) console.log(row.email);
for await (const row of db('users').scan()) console.log(row.id);
const reader = db('users').web().getReader();
console.log(await reader.read(), await reader.read(), await reader.read());
db('users').blob().on('data', (part) => console.log(String(part))).on('end', () => console.log('end')).on('close', () => console.log('close'));
`;
    assert.equal(await printed(text), `query text
[ 'name 1', 'name 2' ]
{ id: 1, email: 'someone1@example.com' }
{ id: 2, email: 'someone2@example.com' }
someone1@example.com
someone2@example.com
1
2
{ value: { id: 1, email: 'someone1@example.com' }, done: false } { value: { id: 2, email: 'someone2@example.com' }, done: false } { value: undefined, done: true }
blob 1
blob 2
end
close
`);
    const one = "import store from 'store';\nfor await (const row of store({})('users').rows()) console.log(row);\n";
    assert.equal(await printed(one, { events: { 'store.RowStream.data': [{ with: [{ id: 9 }] }] } }), '{ id: 9 }\n');
    const broken = `import store from 'store';
try { for await (const row of store({})('users').rows()) console.log(row.id); } catch (error) { console.log(error.message); }
`;
    assert.equal(await printed(broken, { events: { 'store.RowStream.data': [{ with: [{ id: 9 }] }, { fails: 'cut' }] } }), '9\ncut\n');
  });

  it('have builders that are chained and awaited', async () => {
    const text = `import store from 'store';
interface User { name: string; age: number }
const db = store({});
console.log(await db<User>('users').where('name', 'a').where('age', 1));
console.log(await db<User>('users').where('name', 'a').first());
console.log(await db('users').count());
console.log(await Promise.all([db<User>('a').first(), db<User>('b').count()]));
db('users').then((rows) => console.log(rows.length));
`;
    assert.equal(await printed(text), `[ { name: 'name 1', age: 1 }, { name: 'name 2', age: 2 } ]
{ name: 'name', age: 1 }
1
[ { name: 'name', age: 1 }, 1 ]
2
`);
  });
});

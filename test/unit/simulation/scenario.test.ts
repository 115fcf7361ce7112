/** Why this file exists: a scenario is read as it is written, or refused at the place that is wrong; runs follow it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readScenario } from '../../../src/simulation/lower/scenario-file';
import { scenarioOf, scenarioPathOf, type Scenario } from '../../../src/trace/scenario';
import { parseTrace } from '../../../src/trace/parse';
import { requestKey } from '../../../src/trace/request-key';
import { openSimulator, ranText, simulateText, tracedText } from './engine';

describe('simulation: scenarios', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  function fault(text: string): string {
    const read = readScenario('/p/a.scenario.json', text);
    return 'message' in read ? `${read.line}:${read.column} ${read.message}` : 'none';
  }

  it('are read as they are written', () => {
    const scenario = {
      calls: { 'pg.Client.query': [{ returns: { rows: [{ id: -1 }] }, latencyMs: 3 }, { fails: { message: 'gone', code: '57P01' } }], 'x.y': { fails: 'no' } },
      http: { 'GET https://api.example.com/users/:id': { status: 404, headers: { etag: 'a' }, json: [null, true] } },
      commands: { 'git status': { stdout: 'clean\n', exitCode: 0 } },
      events: { 'pg.Client.notification': [{ with: [{ channel: 'a' }], latencyMs: 5 }, { fails: 'gone' }], 'pg.Client.end': [] },
      threads: 8, seed: 7, now: '2026-02-03T04:05:06+01:00',
    };
    assert.deepEqual(readScenario('/p/a.scenario.json', JSON.stringify(scenario, null, 2)), scenario);
    assert.deepEqual(readScenario('/p/a.scenario.json', ' \n'), {});
  });

  it('are refused in one line, at the place that is wrong', () => {
    const faults: readonly (readonly [text: string, words: RegExp])[] = [
      ['{ "calls": ', /^1:\d+ The scenario is no JSON: /],
      ['[]', /^1:1 .*the scenario must be an object\.$/],
      ['{\n  "call": {}\n}', /^2:3 .*the scenario has no "call"; there is \$schema, calls, events, http, commands, threads, ioUring, seed, now\.$/],
      ['{ "calls": { "a.b": { "latency": 1 } } }', /^1:23 .*calls\["a\.b"\] has no "latency"/],
      ['{ "calls": { "a.b": [{}, { "latencyMs": -1 }] } }', /^1:41 .*calls\["a\.b"\]\[1\]\.latencyMs must be milliseconds, from 0 on\.$/],
      ['{ "calls": { "a.b": [] } }', /a list without an answer\.$/],
      ['{ "calls": { "a.b": { "fails": { "code": "X" } } } }', /calls\["a\.b"\]\.fails needs a message\.$/],
      ['{ "calls": { "a b": {} } }', /"a b" is no call/],
      ['{ "http": { "GET /users": {} } }', /^1:13 .*"GET \/users" is no request: write it like/],
      ['{ "http": { "GET https://a.b": { "status": 99 } } }', /status from 200 to 599\.$/],
      ['{ "http": { "https://a.b": { "json": 1, "text": "1" } } }', /a body is one of them\.$/],
      ['{ "commands": { "git": { "exitCode": "0" } } }', /exit code from 0 to 255\.$/],
      ['{ "ioUring": 1 }', /must be true or false\.$/],
      ['{ "events": { "a.b": { "with": 1 } } }', /with must be a list of what listeners are given\.$/],
      ['{ "events": { "ab": {} } }', /"ab" is no event: write it like "package\.Class\.event"\.$/],
      ['{ "seed": -1 }', /a whole number from 0 to 4294967295\.$/],
      ['{ "now": "2025-01-01T10:00" }', /a time from 1970 to 2200, like "2025-01-01T00:00:00Z"\.$/],
      ['{ "threads": 0 }', /^1:14 .*from 1 to 1024\.$/],
    ];
    for (const [text, words] of faults) assert.match(fault(text), words, text);
  });

  it('have a schema for the editor that knows the same sections', () => {
    const schema = JSON.parse(readFileSync('media/schema/scenario.json', 'utf8')) as { properties: object };
    assert.deepEqual(Object.keys(schema.properties), ['$schema', 'calls', 'events', 'http', 'commands', 'threads', 'ioUring', 'seed', 'now']);
  });

  it('are asked for requests by method and address', () => {
    const answers = {
      'GET https://a.b/users/:id': 1, 'GET https://a.b/users/7': 2, 'POST https://a.b/users?draft=1': 3,
      'https://a.b/files/*': 4, 'GET https://a.b': 5,
    };
    const keyOf = (method: string, url: string): string | undefined => requestKey(answers, method, url);
    assert.equal(keyOf('GET', 'https://a.b/users/7'), 'GET https://a.b/users/7');
    assert.equal(keyOf('GET', 'https://a.b/users/8?full=1#top'), 'GET https://a.b/users/:id');
    assert.equal(keyOf('GET', 'https://a.b/users/'), undefined);
    assert.equal(keyOf('POST', 'https://a.b/users?draft=1'), 'POST https://a.b/users?draft=1');
    assert.equal(keyOf('POST', 'https://a.b/users'), undefined);
    assert.equal(keyOf('DELETE', 'https://a.b/files/x/y'), 'https://a.b/files/*');
    assert.equal(keyOf('GET', 'https://a.b/'), 'GET https://a.b');
  });

  it('stand beside the program, whatever its extension', () => {
    assert.equal(scenarioPathOf('/p/a.b.mts'), '/p/a.b.scenario.json');
    assert.equal(scenarioPathOf('/p/a.jsx'), '/p/a.scenario.json');
  });

  it('seed what chance brings, and say when the program starts', async () => {
    const text = `const { randomBytes } = require('crypto');
const { mkdtempSync } = require('fs');
console.log(new Date().toISOString().slice(0, 19), Math.floor(performance.timeOrigin / 1000));
console.log(Math.random(), randomBytes(4).toString('hex'), mkdtempSync('a-'));
`;
    const printed = async (whatIf: Scenario): Promise<string[]> =>
      (await ranText(simulator, text, { name: 'main.cjs', whatIf })).stdout.split('\n');
    const [usual, seeded] = [await printed({}), await printed({ seed: 1 })];
    const [again, other] = [await printed({ seed: 1 }), await printed({ seed: 2 })];
    assert.deepEqual(seeded, again);
    assert.deepEqual(new Set([usual[1], seeded[1], other[1]]).size, 3);
    const parts = [usual, seeded, other].map((each) => (each[1] ?? '').split(' '));
    for (const place of [0, 1, 2]) assert.equal(new Set(parts.map((each) => each[place])).size, 3, `part ${place}`);
    assert.equal(usual[0], '2025-01-01T00:00:00 1735689599');
    assert.equal((await printed({ now: '2030-05-06T07:08:09+01:00' }))[0], '2030-05-06T06:08:09 1904278088');
  });

  const sizes = "console.log(process.env.UV_THREADPOOL_SIZE);\nrequire('fs').stat('.', () => {});\n";

  it('are followed by a run, and told in its trace', async () => {
    const files = { 'main.scenario.json': '{ "threads": 2 }' };
    const trace = await tracedText(simulator, sizes, { name: 'main.cjs', files });
    assert.deepEqual(trace.scenario, { threads: 2 });
    assert.deepEqual(trace.events.flatMap((event) => event.kind === 'pool-opened' ? [event.threads] : []), [2]);
    assert.equal(parseTrace(JSON.parse(JSON.stringify(trace))).kind, 'parsed');
    const changed = await tracedText(simulator, sizes, { name: 'main.cjs', files, whatIf: { threads: 9 } });
    assert.deepEqual(changed.events.flatMap((event) => event.kind === 'pool-opened' ? [event.threads] : []), [9]);
    const plain = await tracedText(simulator, sizes, { name: 'main.cjs' });
    assert.ok(!('scenario' in plain) && !('outside' in plain));
  });

  it('hold for workers too', async () => {
    const text = "const { Worker } = require('worker_threads');\nnew Worker('console.log(process.env.UV_THREADPOOL_SIZE)', { eval: true });\n";
    const { stdout } = await ranText(simulator, text, { name: 'main.cjs', whatIf: { threads: 3 } });
    assert.equal(stdout, '3\n');
  });

  it('that are wrong refuse the run', async () => {
    const reply = await simulateText(simulator, sizes, { name: 'main.cjs', files: { 'main.scenario.json': '{ "threads": 0 }' } });
    assert.ok(reply.kind === 'refused' && reply.file?.endsWith('main.scenario.json') && reply.line === 1);
  });

  it('are written from what a run asked', () => {
    const text = scenarioOf([
      { kind: 'call', key: 'pg.Client.query', by: 'made-up', count: 2, answer: { returns: [], latencyMs: 20 } },
      { kind: 'call', key: 'pg.Client.end', by: 'made-up', count: 1 },
      { kind: 'http', key: 'GET https://a.b/users', by: 'nothing', count: 1 },
      { kind: 'command', key: 'git status', by: 'nothing', count: 1 },
    ]);
    assert.deepEqual(text, {
      calls: { 'pg.Client.query': { returns: [], latencyMs: 20 }, 'pg.Client.end': {} },
      http: { 'GET https://a.b/users': { status: 200, json: {}, latencyMs: 50 } },
      commands: { 'git status': { stdout: '', exitCode: 0 } },
    });
    assert.deepEqual(readScenario('/p/a.scenario.json', JSON.stringify(text)), text);
  });
});

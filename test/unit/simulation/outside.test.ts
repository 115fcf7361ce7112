/**
 * Why this file exists: commands and services outside are never asked: the scenario answers, and where it is silent the
 * run ends at the line and says what to write.
 */
import assert from 'node:assert/strict';
import { brokenLaws } from '../../../src/trace/laws';
import type { Scenario } from '../../../src/trace/scenario';
import { openSimulator, ranText, tracedText } from './engine';

/** What each of these asks for is not there: where it says so, and what it says. */
const unknown: readonly (readonly [text: string, line: number, words: RegExp])[] = [
  [`const { exec } = require('child_process');\nexec('git push', () => {});`, 2, /"git push" is not modelled.*main\.scenario\.json.*"commands"/],
  [`const { spawn } = require('child_process');\n\nspawn('sort', ['--parallel=2']);`, 3, /"sort --parallel=2" is not modelled/],
  [`require('child_process').execSync('echo $(date)');`, 1, /"echo \$\(date\)" is not modelled/],
  [`require('child_process').fork('x.js', { cwd: '/' });`, 1, /A process of Node in another folder is not modelled/],
  [`require('child_process').spawn(process.execPath, ['--inspect', 'x.js']);`, 1, /Node's option --inspect is not modelled/],
  [`require('http').get('http://example.com/a?b=1');`, 1, /GET http:\/\/example\.com\/a\?b=1 goes outside.*"http"/],
  [`require('net').connect(80, 'example.com');`, 1, /example\.com:80/],
  [`require('https').createServer({ pfx: 'x' });`, 1, /the option pfx of tls is not modelled/],
];

const scenario: Scenario = {
  commands: {
    'git status': { stdout: 'clean\n', stderr: 'a hint\n', exitCode: 1, latencyMs: 40 },
    'git log': { stdout: 'logged\n', exitCode: 1, latencyMs: 90 },
    deploy: [{ fails: 'ENOENT' }, { stdout: 'deployed' }],
  },
  http: {
    'GET https://api.test/users/:id': { json: { id: 7 }, latencyMs: 120, headers: { 'x-a': 'b' } },
    'POST https://api.test/users': { status: 201, text: 'made' },
    'GET https://down.test/': { fails: 'ECONNREFUSED', latencyMs: 30 },
    'GET https://reset.test/': { fails: 'ECONNRESET' },
    'GET https://unknown.test/': { fails: 'ENOTFOUND' },
  },
};

describe('simulation: the world outside', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const [text, line, words] of unknown) {
    it(`says at its line what is not there: ${text.split('\n').at(-1) ?? ''}`, async () => {
      const { stderr, exitCode, outcome } = await ranText(simulator, text, { name: 'main.js' });
      assert.deepEqual([exitCode, outcome], [125, 'unsupported'], stderr);
      assert.match(stderr, new RegExp(`main\\.js:${String(line)}: `));
      assert.match(stderr, words);
    });
  }

  it('commands are answered by the scenario, also in a shell and in turn', async () => {
    const text = `
      const { exec, spawn, execFileSync } = require('child_process');
      try { execFileSync('deploy', ['now']); } catch (error) { console.log(error.code); }
      console.log(execFileSync('deploy', ['now'], { encoding: 'utf8' }));
      const before = Date.now();
      exec('git status -s', (error, stdout, stderr) => console.log(error.code, stdout, stderr, Date.now() - before >= 40));
      exec('git log | sort || echo no', (error, stdout) => console.log(stdout));`;
    const { stdout, stderr } = await ranText(simulator, text, { name: 'main.js', whatIf: scenario });
    assert.equal(stdout, 'ENOENT\ndeployed\n1 clean\n a hint\n true\nlogged\n\n', stderr);
  });

  const asking = `
    const https = require('https');
    const ask = (url, options = {}) => new Promise((resolve) => {
      const before = Date.now();
      const req = https.request(url, options, (res) => {
        let text = '';
        res.on('data', (part) => { text += part; });
        res.on('end', () => resolve([res.statusCode, text, res.headers['x-a'], res.headers['content-type'], Date.now() - before]));
      });
      req.on('error', (error) => resolve([error.message, error.code]));
      req.end();
    });
    (async () => {
      console.log(await ask('https://api.test/users/7'));
      console.log((await ask('https://api.test/users', { method: 'POST' })).slice(0, 4));
      console.log(await ask('https://down.test/'));
      console.log(await ask('https://reset.test/'));
      console.log(await ask('https://unknown.test/'));
    })();`;
  const answered = [
    `[ 200, '{"id":7}', 'b', 'application/json; charset=utf-8', 120 ]`,
    `[ 201, 'made', undefined, 'text/plain; charset=utf-8' ]`,
    `[ 'connect ECONNREFUSED 192.0.2.1:443', 'ECONNREFUSED' ]`,
    `[ 'read ECONNRESET', 'ECONNRESET' ]`,
    `[ 'getaddrinfo ENOTFOUND unknown.test', 'ENOTFOUND' ]`,
  ];

  it('requests are answered by the scenario, after its latency', async () => {
    const { stdout, stderr } = await ranText(simulator, asking, { name: 'main.js', whatIf: scenario });
    assert.deepEqual(stdout.trimEnd().split('\n'), answered, stderr);
  });

  it('a trace tells the same, keeps the laws and knows who answered', async () => {
    const trace = await tracedText(simulator, asking, { name: 'main.js', whatIf: scenario });
    assert.deepEqual(brokenLaws(trace), []);
    const printed = trace.events.flatMap((event) => (event.kind === 'console-printed' ? [event.text] : []));
    assert.deepEqual(printed.join('').trimEnd().split('\n'), answered);
    assert.ok(trace.events.some((event) => event.kind === 'task-queued' && event.queue === 'messages' && event.origin === 'io'));
    assert.deepEqual(trace.outside?.map(({ kind, by }) => `${kind} ${by}`), Array(5).fill('http scenario'));
  });

  it('a server that nobody calls any more ends the run, and says so', async () => {
    const text = `process.on('exit', () => console.log('never'));\nrequire('http').createServer().listen(3000, () => console.log('up'));`;
    const { notes, outcome, exitCode } = await tracedText(simulator, text, { name: 'main.js' });
    assert.deepEqual([outcome.kind, exitCode], ['completed', 0]);
    assert.match(notes.map(({ message }) => message).join(), /goes on waiting for others, and there is nobody else/);
  });

  it('the order of a process and a timer of about its time is said to be open', async () => {
    const text = `require('child_process').spawn('true').on('exit', () => console.log('exit'));\nsetTimeout(() => console.log('timer'), 2);`;
    const { notes } = await tracedText(simulator, text, { name: 'main.js' });
    assert.ok(notes.some(({ kind, message }) => kind === 'order-unspecified' && message.startsWith('A process of its own')));
  });
});

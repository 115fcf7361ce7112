/**
 * Why this file exists: what a program makes of answers to its questions of names is what it makes of them in real
 * Node: there a server on this machine answers, here the scenario says the same.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startNameServer, type Names } from './name-server';
import { openSimulator, ranText } from './engine';

const names: Names = {
  'A example.com': ['93.184.216.34', '1.2.3.4'], 'AAAA example.com': ['2606:2800::1'], 'NS example.com': ['ns1.example.com'],
  'MX example.com': [{ exchange: 'mx.example.com', priority: 10 }], 'TXT example.com': [['v=spf1', '-all'], ['x']],
  'SRV example.com': [{ name: 's.example.com', port: 80, priority: 1, weight: 2 }], 'CNAME example.com': ['other.example.com'],
  'SOA example.com': [{ nsname: 'ns', hostmaster: 'root', serial: 1, refresh: 2, retry: 3, expire: 4, minttl: 5 }],
  'PTR 4.3.2.1.in-addr.arpa': ['four.example'], 'A broken.example': 'ESERVFAIL', 'A refused.example': 'EREFUSED', 'A empty.example': [],
  'A silent.example': 'silent', 'MX silent.example': 'silent',
};

const methods: Readonly<Record<string, string>> = {
  A: 'resolve4', AAAA: 'resolve6', NS: 'resolveNs', MX: 'resolveMx', TXT: 'resolveTxt', SRV: 'resolveSrv', CNAME: 'resolveCname', SOA: 'resolveSoa',
};

/** The same answers as a scenario says them. */
function calls(): Record<string, unknown> {
  const entries = Object.entries(names).flatMap(([question, answer]): [string, unknown][] => {
    const [kind = '', name = ''] = question.split(' ');
    const method = methods[kind];
    if (method === undefined) return [];
    const said = typeof answer !== 'string' ? { returns: kind === 'SOA' ? answer[0] : answer } : answer === 'silent' ? { latencyMs: 1e6 } : { fails: answer };
    return [[`dns.${method}(${name})`, said]];
  });
  const others = { 'dns.reverse(1.2.3.4)': { returns: ['four.example'] }, 'dns.resolvePtr': { fails: 'ENOTFOUND' }, 'dns.resolve4': { fails: 'ENOTFOUND' } };
  return { ...Object.fromEntries(entries), ...others };
}

const head = `
const dns = require('node:dns');
dns.setServers([SERVER]);
const tell = (label) => (...given) => { console.log(label, ...given.map((each) => (each instanceof Error ? [each.message, { ...each }] : each))); };
`;

const programs: Readonly<Record<string, string>> = {
  'records of all kinds, as promises': `
(async () => {
  for (const name of ['resolve4', 'resolve6', 'resolveMx', 'resolveTxt', 'resolveSrv', 'resolveCname', 'resolveNs', 'resolveSoa', 'resolvePtr'])
    await dns.promises[name]('example.com').then(tell(name), tell('failed'));
  tell('lifetimes')(await dns.promises.resolve4('example.com', { ttl: true }));
  tell('by kind')(await dns.promises.resolve('example.com', 'MX'), await dns.promises.resolve('example.com'));
  tell('reverse')(await dns.promises.reverse('1.2.3.4'));
})();`,
  'refusals, empty answers and no answer': `
(async () => {
  for (const name of ['missing.example', 'broken.example', 'refused.example', 'empty.example']) await dns.promises.resolve4(name).catch(tell(name));
  const resolver = new dns.promises.Resolver({ timeout: 60, tries: 1 });
  resolver.setServers([SERVER]);
  await resolver.resolve4('silent.example').catch(tell('no answer'));
  await resolver.resolve4('example.com').then(tell('still'));
})();`,
  'callbacks in the order of the answers': `
dns.resolve4('example.com', (error, found) => {
  tell('resolve4')(error, found);
  process.nextTick(() => console.log('tick'));
  Promise.resolve().then(() => console.log('job'));
  setImmediate(() => console.log('immediate'));
  dns.resolve('missing.example', (...given) => { tell('missing')(...given); dns.reverse('1.2.3.4', tell('reverse')); });
});
console.log('asked');`,
  'questions that are called off': `
const resolver = new dns.Resolver();
resolver.setServers([SERVER]);
resolver.resolve4('silent.example', (error) => { tell('A')(error); });
resolver.resolveMx('silent.example', (error) => { tell('MX')(error); });
setTimeout(() => { resolver.cancel(); console.log('called off'); Promise.resolve().then(() => console.log('job')); }, 20);`,
  'wrong arguments': `
const attempt = (run) => { try { run(); } catch (error) { tell('thrown')(error); } };
attempt(() => dns.resolve4('example.com'));
attempt(() => dns.resolve('example.com', 'XX', () => {}));
attempt(() => dns.resolve4(5, () => {}));
attempt(() => dns.reverse('nope', () => {}));
attempt(() => new dns.Resolver({ timeout: -5 }));
attempt(() => new dns.Resolver({ tries: 0 }));
dns.promises.reverse('nope').catch(tell('rejected'));`,
};

describe('simulation: questions of names', function () {
  this.timeout(60_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const [what, body] of Object.entries(programs)) {
    it(`tell as in Node: ${what}`, async () => {
      const server = await startNameServer(names);
      try {
        const real = `${head}${body}`.replaceAll('SERVER', `'127.0.0.1:${server.port}'`);
        const { stdout } = await promisify(execFile)(process.execPath, ['-e', real]);
        const text = `${head}${body}`.replaceAll('SERVER', "'127.0.0.1'");
        const scenario = { 'main.scenario.json': JSON.stringify({ calls: calls() }) };
        const ours = await ranText(simulator, text, { name: 'main.cjs', files: scenario });
        assert.equal(ours.stderr, '');
        assert.equal(ours.stdout, stdout);
      } finally {
        server.close();
      }
    });
  }

  it('end the run where the scenario is silent, and say what to write', async () => {
    const { outcome, stderr } = await ranText(simulator, "\nrequire('node:dns').resolveTxt('example.com', () => {});", { name: 'main.cjs' });
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /main\.cjs:2: .*the scenario can answer it, as "dns\.resolveTxt" of "calls"/);
  });
});

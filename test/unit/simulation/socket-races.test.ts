/**
 * Why this file exists: what comes over a connection may meet a timer that is due: that is said at the line, and only
 * where neither leads to the other.
 */
import assert from 'node:assert/strict';
import { brokenLaws } from '../../../src/trace/laws';
import type { Nudge } from '../../../src/trace/trace';
import { openSimulator, ranText } from './engine';

interface Race {
  readonly line: number;
  readonly otherOrder: readonly Nudge[] | undefined;
}

interface Ran {
  readonly lines: string[];
  readonly races: Race[];
}

describe('simulation: connections against timers', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function run(text: string, nudges: readonly Nudge[] = []): Promise<Ran> {
    const { stdout, trace } = await ranText(simulator, text, { name: 'main.cjs', record: true, nudges });
    assert.ok(trace);
    assert.deepEqual(brokenLaws(trace), []);
    const races = trace.notes.flatMap(({ kind, message, site, otherOrder }) => {
      if (kind !== 'order-unspecified' || !message.startsWith('What this brings over a connection')) return [];
      const start = trace.sites[site]?.start ?? 0;
      return [{ line: text.slice(0, start).split('\n').length, otherOrder }];
    });
    return { lines: stdout.trim().split('\n'), races };
  }

  const echo = (timers: string): string => `const net = require('net');
const server = net.createServer((socket) => socket.on('data', (data) => socket.end(data)));
server.listen(0, () => {
  const client = net.connect(server.address().port, () => client.write('x'));
  client.on('data', () => console.log('data'));
  client.on('close', () => server.close());
  ${timers}
});
`;

  it('are said to race where a timer is due about then, before or after', async () => {
    const later = await run(echo("setTimeout(() => console.log('timer'), 6);"));
    assert.deepEqual(later.lines, ['data', 'timer']);
    assert.ok(later.races.length > 0);
    const before = await run(echo("setTimeout(() => console.log('timer'), 1);"));
    assert.ok(before.races.length > 0);
  });

  it('are led to the other order', async () => {
    const { lines, races } = await run(echo("setTimeout(() => console.log('timer'), 5);"));
    assert.deepEqual(lines, ['data', 'timer']);
    const again = (nudges: readonly Nudge[]): Promise<Ran> => run(echo("setTimeout(() => console.log('timer'), 5);"), nudges);
    const found = races.flatMap(({ otherOrder }) => (otherOrder === undefined ? [] : [otherOrder]));
    const others = await Promise.all(found.map(again));
    assert.ok(others.some((other) => other.lines.join() === 'timer,data'), JSON.stringify(others.map((other) => other.lines)));
  });

  it('are not, where the timer is due much later, or one leads to the other', async () => {
    assert.deepEqual((await run(echo("setTimeout(() => console.log('timer'), 300);"))).races, []);
    const chained = `const http = require('http');
const server = http.createServer((req, res) => setTimeout(() => res.end('ok'), 40));
server.listen(0, () => {
  http.get({ port: server.address().port, agent: false }, (res) => {
    res.resume().on('end', () => setTimeout(() => server.close(() => console.log('closed')), 40));
  });
});
`;
    const { lines, races } = await run(chained);
    assert.deepEqual([lines, races], [['closed'], []]);
  });
});

/**
 * Why this file exists: values nobody thought of are printed as Node prints them. Seed and number come
 * from LOOPSCOPE_SEED and LOOPSCOPE_VALUES.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openSimulator, ranText } from './engine';
import { runAllInNode } from './node-oracle';
import { printing } from './random-values';

const seed = Number(process.env['LOOPSCOPE_SEED'] ?? 7);
const count = Number(process.env['LOOPSCOPE_VALUES'] ?? 300);

describe('simulation: random values', function () {
  this.timeout(60_000 + count * 100);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  /** All in one program: starting Node costs more than printing. */
  it(`are printed as Node prints them (${count} from seed ${seed})`, async () => {
    const statements = fc.sample(printing, { seed, numRuns: count });
    const text = statements
      .map((each, i) => `console.log('#${i}');\ntry { ${each}; } catch (e) { console.log('threw', e.name, e.message); }\n`)
      .join('');
    const program = { name: 'values', entry: '', files: [{ name: 'main.js', text }], comparesStderr: false };
    const node = (await runAllInNode([program])).get('values');
    const { stdout, stderr, outcome } = await ranText(simulator, text, { name: 'main.cjs', limits: { wallMs: 60_000 } });
    assert.equal(outcome, 'completed', stderr);
    // On its way through a pipe a lone surrogate becomes U+FFFD.
    const ours = printedBy(Buffer.from(stdout).toString());
    const theirs = printedBy(node?.stdout ?? '');
    const different = statements.filter((_, i) => ours.get(i) !== theirs.get(i));
    const shown = different.map((each) => `${each.slice(0, 200)}\n${firstDifference(ours, theirs, statements.indexOf(each))}`);
    assert.equal(different.length, 0, shown.join('\n'));
  });
});

/** What each statement printed, by its number. */
function printedBy(stdout: string): ReadonlyMap<number, string> {
  const parts = stdout.split(/^#(\d+)\n/m).slice(1);
  return new Map(parts.flatMap((part, i) => (i % 2 === 0 ? [[Number(part), parts[i + 1] ?? ''] as const] : [])));
}

/** Where the two part, with a little before and after. */
function firstDifference(a: ReadonlyMap<number, string>, b: ReadonlyMap<number, string>, index: number): string {
  const [ours, theirs] = [a.get(index) ?? '', b.get(index) ?? ''];
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at++;
  return [ours, theirs].map((text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60))).join('\n');
}

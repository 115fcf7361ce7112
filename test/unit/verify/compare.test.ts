/** Why this file exists: what counts as equal, as different and as a race, without running anything. */
import assert from 'node:assert/strict';
import { differenceOf } from '../../../src/verify/compare-printed';
import { compareRuns } from '../../../src/verify/compare-runs';
import type { NodeRun, Printed } from '../../../src/verify/verification';

function printed(stdout: string, stderr = '', exitCode = 0): Printed {
  return { stdout, stderr, exitCode };
}

function ran(stdout: string, how: NodeRun['how'] = 'ended'): NodeRun {
  return { ...printed(stdout), how };
}

/** Answers one text after the other; the last for ever. */
function nodePrinting(...texts: readonly string[]): { run: () => Promise<NodeRun>; count: () => number } {
  let runs = 0;
  return { run: () => Promise.resolve(ran(texts[Math.min(runs++, texts.length - 1)] ?? '')), count: () => runs };
}

describe('two outputs', () => {
  it('are equal when all of it is', () => {
    assert.equal(differenceOf(printed('a\nb\n', 'e\n', 3), printed('a\nb\n', 'e\n', 3)), undefined);
  });

  it('part at the first line that differs, shown with those around it', () => {
    const difference = differenceOf(printed('1\n2\n3\n4\nx\n6\n'), printed('1\n2\n3\n4\ny\n'));
    assert.deepEqual(difference, {
      stream: 'stdout', line: 5, node: 'x', simulation: 'y', before: ['2', '3', '4'], after: { node: ['6', ''], simulation: [''] },
    });
  });

  it('differ where one has nothing more', () => {
    const difference = differenceOf(printed('a\nb'), printed('a'));
    assert.deepEqual([difference?.line, difference?.node, difference?.simulation], [2, 'b', undefined]);
  });

  it('are compared without the frames of Node itself', () => {
    const own = 'Error: e\n    at f (/project/a.ts:1:2)\n';
    assert.equal(differenceOf(printed(`${own}    at Module._compile (node:internal/modules/cjs/loader:1521:14)\n`), printed(own)), undefined);
    assert.notEqual(differenceOf(printed(`${own}    at g (/project/a.ts:9:2)\n`), printed(own)), undefined);
  });

  it('differ on stderr and in the exit code as well', () => {
    assert.equal(differenceOf(printed('', 'one\n'), printed('', 'two\n'))?.stream, 'stderr');
    assert.equal(differenceOf(printed('', '', 1), printed('', '', 0))?.stream, 'exit code');
  });
});

describe('runs of real Node', () => {
  it('are one where it is equal', async () => {
    const node = nodePrinting('a');
    assert.equal((await compareRuns(printed('a'), node.run)).kind, 'equal');
    assert.equal(node.count(), 1);
  });

  it('are three where it differs', async () => {
    const node = nodePrinting('a');
    const { kind, race, difference } = await compareRuns(printed('b'), node.run);
    assert.deepEqual([kind, race, difference?.node, difference?.simulation], ['different', false, 'a', 'b']);
    assert.equal(node.count(), 3);
  });

  it('are a race when they differ among themselves', async () => {
    const one = await compareRuns(printed('b'), nodePrinting('a', 'b', 'a').run);
    assert.deepEqual([one.kind, one.race, one.difference], ['equal', true, undefined]);
    const none = await compareRuns(printed('c'), nodePrinting('a', 'b', 'a').run);
    assert.deepEqual([none.kind, none.race], ['different', true]);
  });

  it('are not repeated when one had to be stopped', async () => {
    let count = 0;
    const { kind } = await compareRuns(printed('a'), () => {
      count += 1;
      return Promise.resolve(ran('a', 'timed-out'));
    });
    assert.deepEqual([kind, count], ['different', 1]);
  });
});

/** Why this file exists: small programs of every kind print under the simulation what they print under real Node. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { defaultLimits } from '../../../src/simulation/request';
import type { SimulationReply } from '../../../src/simulation/request';
import { brokenLaws } from '../../../src/trace/laws';
import { openSimulator } from './engine';
import { knownDifferences } from './known-differences';
import { runAllInNode } from './node-oracle';
import type { NodeAnswer } from './node-oracle';
import { fixturePrograms } from './programs';
import type { FixtureProgram } from './programs';

/** How often Node is asked again before a difference counts. */
const again = 3;

/** A busy machine may need long for what is done in a second. */
const limits = { ...defaultLimits, wallMs: 60_000 };

interface Printed {
  readonly stdout: string;
  readonly exitCode: number | 'killed';
  readonly stderr: string | undefined;
}

describe('simulation: hand-written programs', () => {
  const simulator = openSimulator();
  const programs = fixturePrograms();
  let node: ReadonlyMap<string, NodeAnswer> = new Map();
  const plain = new Map<string, SimulationReply>();
  const recorded = new Map<string, SimulationReply>();

  before(async function () {
    this.timeout(900_000);
    [node] = await Promise.all([runAllInNode(programs), simulateAll()]);
  });

  after(() => simulator.dispose());

  async function simulateAll(): Promise<void> {
    for (const [answers, record] of [[plain, false], [recorded, true]] as const) {
      for (const { name, entry } of programs) {
        const request = { entry, start: { kind: 'file' }, host: 'node', limits, record } as const;
        answers.set(name, await simulator.simulate(request));
      }
    }
  }

  function both(program: FixtureProgram): readonly [Printed, Printed] {
    const { name } = program;
    return [printedBy(plain.get(name), program), printedInNode(node.get(name), program)];
  }

  /** On a busy machine Node's own timers may fall due in another order: then it is asked again. */
  async function comparedAgain(program: FixtureProgram): Promise<void> {
    const [ours, theirs] = both(program);
    for (let run = 0; run < again && !isDeepStrictEqual(ours, theirs); run += 1) {
      const answer = (await runAllInNode([program])).get(program.name);
      if (isDeepStrictEqual(ours, printedInNode(answer, program))) return;
    }
    assert.deepEqual(ours, theirs);
  }

  it('are at least 120, each with a name of its own', () => {
    assert.ok(programs.length >= 120, `${programs.length} programs`);
    assert.equal(new Set(programs.map(({ name }) => name)).size, programs.length);
  });

  it('has a note only for programs that are there', () => {
    const names = programs.map(({ name }) => name);
    assert.deepEqual(Object.keys(knownDifferences).filter((name) => !names.includes(name)), []);
  });

  for (const program of programs) {
    const note = knownDifferences[program.name];
    if (note === undefined) {
      it(`${program.name} prints what Node prints`, async () => {
        await comparedAgain(program);
      });
    } else {
      it(`${program.name} differs from Node: ${note}`, () => {
        const [ours, theirs] = both(program);
        assert.notDeepEqual(ours, theirs, 'It is equal now: take its note out of known-differences.ts');
      });
    }

    it(`${program.name} is told by a trace that keeps the laws, and prints the same recorded`, () => {
      const [without, reply] = [plain.get(program.name), recorded.get(program.name)];
      if (note !== undefined && reply?.kind === 'refused') {
        assert.deepEqual(reply, without);
        return;
      }
      assert.ok(reply?.kind === 'simulated' && reply.trace !== undefined, 'there is no trace');
      assert.deepEqual(brokenLaws(reply.trace), []);
      if (note === undefined) assert.deepEqual(outcomeOf(reply), outcomeOf(without));
    });
  }
});

function printedBy(reply: SimulationReply | undefined, program: FixtureProgram): Printed {
  if (reply === undefined) throw new Error(`${program.name} was not simulated`);
  if (reply.kind === 'refused') return { stdout: '', exitCode: 2, stderr: reply.message };
  const { stdout, exitCode, stderr } = reply;
  return { stdout, exitCode, stderr: program.comparesStderr ? wordsOf(stderr) : undefined };
}

function printedInNode(answer: NodeAnswer | undefined, program: FixtureProgram): Printed {
  if (answer === undefined) throw new Error(`${program.name} was not run`);
  return { ...answer, stderr: program.comparesStderr ? wordsOf(answer.stderr) : undefined };
}

/** What stays of stderr: neither the process's number nor the frames of stacks, half of which are Node's own. */
function wordsOf(stderr: string): string {
  return stderr.replaceAll(/\(node:\d+\)/g, '(node)').replaceAll(/\n {4}at [^\n]*?( \{)?(?=\n)/g, '$1');
}

function outcomeOf(reply: SimulationReply | undefined): object | undefined {
  if (reply?.kind !== 'simulated') return reply;
  const { stdout, stderr, exitCode, outcome } = reply;
  return { stdout, stderr, exitCode, outcome };
}

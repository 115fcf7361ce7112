/**
 * Why this file exists: the catalogue of faults that asynchronous code is known to have. Each is found by a rule of its
 * name, or ARCHITECTURE.md says what tells it instead, or why nothing does.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ruleIds } from '../../src/analysis/finding';

const catalogue = `
  floating-promise floating-promise-stored late-await-rejection-window promise-passed-to-nonhandler
  then-without-catch then-no-return nested-then promise-array-floating void-promise never-rejects
  swallowed-rejection missing-error-listener unhandled-callback-err promise-in-condition async-callback-void
  async-foreach async-predicate async-reduce async-timer-callback async-in-constructor async-getter-setter
  promise-spread async-iterable-misuse async-vue-computed test-promise-not-returned await-non-thenable
  async-without-await missing-async-contract return-await-lost-catch redundant-return-await async-executor
  explicit-constructor-antipattern executor-never-settles executor-settles-twice executor-return-value
  reject-non-error custom-promisify useless-promise-resolve thenable-object finally-hazard
  sequential-await-loop sequential-independent-awaits unbounded-concurrency check-then-act
  stale-read-modify-write order-violation lock-held-across-await resource-used-after-dispose race-no-cancel
  missing-abort-signal busy-wait-poll microtask-starvation zalgo-callback callback-called-twice dual-api
  blocking-call-in-async transitive-blocking-call blocking-callback-omitted cpu-bound-in-async redos
  sync-wait-on-async sync-in-hot-path threadpool-exhaustion boundary-sync-to-async boundary-await
  boundary-callback boundary-generator boundary-worker boundary-timer boundary-top-level-await
  boundary-async-context boundary-dispose boundary-maybe-async
`;

describe('the catalogue of faults', () => {
  it('is covered by rules, or by a reason', () => {
    const architecture = readFileSync('ARCHITECTURE.md', 'utf8');
    const entries = catalogue.trim().split(/\s+/);
    const rules = new Set<string>(ruleIds);
    assert.deepEqual(entries.filter((id) => !rules.has(id) && !architecture.includes(`\`${id}\``)), []);
  });

  it('names no rule in the reasons', () => {
    const table = /\| in the catalogue of faults[^]*?\n\n/.exec(readFileSync('ARCHITECTURE.md', 'utf8'))?.[0] ?? '';
    const named = [...table.matchAll(/^\| (`[^|]+)\|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([\w-]+)`/g)]);
    assert.ok(named.length > 0);
    assert.deepEqual(named.map(([, id = '']) => id).filter((id) => ruleIds.some((rule) => rule === id)), []);
  });
});

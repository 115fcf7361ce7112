import assert from 'node:assert/strict';
import { RestartPolicy } from '../../../src/extension/restart-policy';

describe('restart policy', () => {
  it('restarts at once, then ever later, then gives up', () => {
    const policy = new RestartPolicy();
    const delays = [0, 1, 2, 3, 4, 5].map((second) => policy.died(second * 1000));
    assert.deepEqual(delays, [0, 500, 1000, 2000, 4000, undefined]);
  });

  it('forgives deaths of long ago', () => {
    const policy = new RestartPolicy();
    for (const second of [0, 1, 2, 3, 4]) policy.died(second * 1000);
    assert.equal(policy.died(10 * 60_000), 0);
  });

  it('starts anew when a person asks for it', () => {
    const policy = new RestartPolicy();
    for (const second of [0, 1, 2, 3, 4, 5]) policy.died(second * 1000);
    policy.forget();
    assert.equal(policy.died(6000), 0);
  });
});

/** Why this file exists: tests of the player show what the simulation really records of a program. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { defaultLimits } from '../../../src/simulation/request';
import { createSimulator } from '../../../src/simulator/create-simulator';
import type { Trace } from '../../../src/trace/trace';

export interface Recorded {
  readonly trace: Trace;
  readonly stdout: string;
}

/** A recorder for the tests of the `describe` around it: it takes the path of a program. */
export function recorder(): (file: string) => Promise<Recorded> {
  const simulator = createSimulator(path.join(__dirname, 'simulator.js'));
  after(() => simulator.dispose());
  return async file => {
    const entry = path.resolve(file).replaceAll(path.sep, '/');
    const reply = await simulator.simulate({ entry, start: { kind: 'file' }, host: 'node', limits: defaultLimits, record: true });
    assert.ok(reply.kind === 'simulated' && reply.trace !== undefined);
    return { trace: reply.trace, stdout: reply.stdout };
  };
}

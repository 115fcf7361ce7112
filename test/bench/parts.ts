/** Why this file exists: the parts of the house that are measured, in one bundle. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bootEngine, type Engine } from '../../src/simulation/sandbox';
import type { Host } from '../../src/simulation/simulate';
import { compute } from '../../src/simulator/compute';
import { openWorkspace } from '../../src/simulator/workspace';

export { openProject } from '../../src/analysis/project';
export { renderPage } from '../../src/player/page';
export { repeatTrace } from './repeat-trace';
export { lowerProgram } from '../../src/simulation/lower/program';
export { slice } from '../../src/simulation/lower/start';
export { defaultLimits } from '../../src/simulation/request';
export { simulate } from '../../src/simulation/simulate';
export { createSimulator } from '../../src/simulator/create-simulator';
export { beatsOf } from '../../src/trace/beats';
export { openHistory } from '../../src/trace/history';

/** What a simulation in this process gets of the host. */
export const host: Host = { openWorkspace: (root) => openWorkspace(root, {}), compute };

/** The engine of the build in a folder. */
export async function engineOf(dist: string): Promise<Engine> {
  const module = await WebAssembly.compile(readFileSync(path.join(dist, 'quickjs.wasm')));
  const snapshot = readFileSync(path.join(dist, 'guest.snapshot'));
  return bootEngine(module, snapshot, (part) => readFileSync(path.join(dist, 'guest', `${part}.js`), 'utf8'));
}

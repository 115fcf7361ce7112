/** Why this file exists: the parts of the house that are measured, in one bundle. */
export { openProject } from '../../src/analysis/project';
export { renderPage } from '../../src/player/page';
export { repeatTrace } from './repeat-trace';
export { lowerProgram } from '../../src/simulation/lower/program';
export { slice } from '../../src/simulation/lower/start';
export { defaultLimits } from '../../src/simulation/request';
export { bootEngine } from '../../src/simulation/sandbox';
export { simulate } from '../../src/simulation/simulate';
export { createSimulator } from '../../src/simulator/create-simulator';
export { beatsOf } from '../../src/trace/beats';
export { openHistory } from '../../src/trace/history';

/**
 * The program inside the sandbox: it puts our promises, loop and console in place of the engine's and hands the host
 * seven functions.
 * Nothing of the host is passed in but seven functions: one asks for the run to be ended, one takes what is printed,
 * one lowers a text, one asks for other agents, one shares memory with them, one looks at a place in the program's own
 * folder, one computes bytes from bytes.
 */
import type { Scenario } from '../../trace/scenario';
import type { Nudge } from '../../trace/trace';
import type { WorkerStart } from '../agent-messages';
import { agent, host } from './agents';
import { installArrayFromAsync } from './array-from-async';
import { ForAwait } from './async-iteration';
import { callAsyncFunction, onAwait } from './async-function';
import { delegate } from './async-delegate';
import { callAsyncGenerator, onAwaitInGenerator, onYieldInAsyncGenerator } from './async-generator';
import { clock } from './clock';
import { installCollectionIterators } from './collection-iterators';
import { installConsole } from './console';
import { ending, endNow, printer } from './ending';
import { removeSurplus } from './engine-surplus';
import { installListSort } from './list-sort';
import { installNumberText } from './number-text';
import { installUnwritable } from './unwritable';
import { installValueWords } from './value-words';
import { hasKey, isInstance } from './operand-words';
import { remember } from './words';
import { orderKeys } from './key-order';
import { onConstant, onDeadZone, onNothingToTakeApart } from './bindings';
import { installErrors } from './errors';
import {
  brandAsync,
  brandAsyncGenerator,
  asyncPrototypes,
  brandMembers,
  installFunctions,
  spreadable,
} from './functions';
import { onLocals, siteNames } from './frames';
import { functionTexts, rememberClass } from './function-text';
import { installSloppyFunctions } from './sloppy-functions';
import { installGenerators, onGeneratorEnter, onGeneratorLeave, onYield } from './generators';
import { installGlobals, installStandIns } from './globals';
import { importDynamically } from './dynamic-import';
import { callMoved, ownName, placeOf, toKey } from './moved';
import { madeUp } from './made-up';
import { defineProgram, type ModuleSource } from './program-modules';
import { installJson } from './json';
import { installLocale } from './locale';
import { nameProbes } from './unseen-frames';
import { onEnter, onLeave, onLoopEnd, onReturn, onStatement, onThrow, onTurn, limitSteps } from './probes';
import { environment, joinEnvironment } from './environment';
import { installProcess, process, setUpPool } from './process';
import { defineNudges } from './loop/nudges';
import { installWorkers } from './modules/workers/install';
import { sharing } from './modules/workers/crossing';
import { installNamespaces } from './namespaces';
import { installPromise } from './promise-methods';
import { receivers } from './frame-names';
import { installProxy } from './proxies';
import { openNative, type AskNative } from './native';
import { openOutside, type AskOutside } from './outside';
import { beginProcess, faultOf } from './own-process';
import { preview } from './preview';
import { exitWith } from './process-exit';
import { recording } from './recorder';
import { chunk, report } from './report';
import { runner } from './run';
import { defineScenario } from './scenario';
import { shared } from './shared';
import { boundSteps, openGate, type Gate, type Thinned } from './thinning';
import { defineAwaits, defineMaps, type CodeMap } from './user-places';
import { evalText, indirectEval, installTextCode, nativeEval, openTextCode } from './text-code';
import { processHooks } from './ticks';
import { defineSeed } from './seeds';
import { installTime, startAt, startLater } from './time';
import { defineSources } from './errors-places';
import { uncaught } from './uncaught';
import { onWindowNames, writtenNames } from './window-names';
import { writing } from './written';
import { onThrowStatement } from './thrown-places';

interface Options {
  readonly record: boolean;
  readonly maxSteps: number;
  readonly maxTurns: number;
  readonly maxEvents: number;
  readonly siteNames: string[];
  readonly functionTexts: (string | null)[];
  readonly maps: CodeMap[];
  /** Triples of site, file and position: see user-places.ts. */
  readonly awaits: number[];
  /** Loops that the run before this one thinned out: their last turns are shown. */
  readonly thinned: Thinned[];
  readonly sources: { readonly path: string; readonly text: string }[];
  readonly nudges: Nudge[];
  /** What the world outside answers. */
  readonly scenario: Scenario;
  /** Of a worker: how it begins. */
  readonly worker: WorkerStart | null;
}

/** What the program's script gets: the probes it calls, by the names that the lowering uses. */
const probes = {
  s: onStatement,
  e: onEnter,
  x: onLeave,
  v: onReturn,
  q: onThrow,
  t: onTurn,
  u: onLoopEnd,
  a: callAsyncFunction,
  w: onAwait,
  b: callAsyncGenerator,
  i: onAwaitInGenerator,
  o: onYieldInAsyncGenerator,
  d: delegate,
  y: onGeneratorEnter,
  p: onYield,
  z: onGeneratorLeave,
  l: (iterable: unknown, spelled: string) => new ForAwait(iterable, spelled),
  f: brandAsync,
  h: brandAsyncGenerator,
  m: importDynamically, c: brandMembers, k: spreadable, g: onThrowStatement, j: onNothingToTakeApart, kc: onConstant,
  ta: remember,
  r: rememberClass,
  sc: callMoved,
  pl: placeOf,
  tk: toKey,
  on: ownName,
  ev: evalText,
  ge: indirectEval,
  lh: onLocals,
  uz: onDeadZone,
  mu: madeUp,
  id: (value: unknown) => value,
  in: hasKey,
  is: isInstance,
  rc: receivers,
  wn: onWindowNames,
  pn: writtenNames,
};

interface ProgramScript {
  readonly gate: Gate;
  readonly written: typeof writing.last;
  readonly modules: readonly ModuleSource[];
}

installProxy();
installCollectionIterators();
installPromise();
installArrayFromAsync();
installGenerators();
installFunctions();
installSloppyFunctions(globalThis);
installTextCode(asyncPrototypes);
installTime();
installProcess();
installConsole();
installGlobals();
installWorkers();
removeSurplus();
installValueWords();
installUnwritable();
installListSort();
installNumberText();
installLocale();
installNamespaces();
orderKeys();
installErrors();
nameProbes(Object.values(probes));
installJson();
installStandIns();

type Script = (given: typeof probes, directEval: typeof nativeEval) => ProgramScript;

function start(
  script: Script,
  optionsText: string,
  interrupt: () => void,
  print: typeof printer.print,
  lower: (text: string, flags: number) => string,
  askHost: (text: string) => string,
  share: typeof sharing.share,
  outside: AskOutside,
  native: AskNative,
): void {
  openOutside(outside);
  openNative(native);
  const options = JSON.parse(optionsText) as Options;
  ending.interrupt = interrupt;
  printer.print = print;
  host.ask = askHost;
  sharing.share = share;
  recording.on = options.record;
  recording.maxEvents = options.maxEvents;
  for (const name of options.siteNames) siteNames[siteNames.length] = name;
  for (const text of options.functionTexts) functionTexts[functionTexts.length] = text ?? undefined;
  defineMaps(options.maps);
  defineAwaits(options.awaits);
  defineSources(options.sources);
  defineNudges(options.nudges, options.worker === null);
  defineScenario(options.scenario);
  defineSeed(options.scenario.seed);
  if (options.scenario.now !== undefined) startAt(Date.parse(options.scenario.now));
  if (options.scenario.threads !== undefined || options.scenario.ioUring !== undefined) setUpPool(options.scenario);
  const { gate: own, written, modules } = script(probes, nativeEval);
  writing.last = written;
  // Steps are asked for with each event: those of text that became code only once there is some.
  const text = openTextCode(lower, { ...probes, src: modules[0] }, () => {
    clock.steps = gate.steps = (): number => own.steps() + text.steps();
  });
  const gate = {
    steps: own.steps,
    setLimit: (limit: number): void => {
      own.setLimit(limit);
      text.setLimit(limit);
    },
  };
  clock.steps = own.steps;
  openGate(gate, options.maxSteps, options.thinned);
  limitSteps((budget) => endNow({ kind: 'budget', message: budget, site: 0 }));
  defineProgram(modules);
  try {
    if (options.worker === null) runner.run(options.maxTurns);
    else beginAgent(options.worker, options.maxTurns);
  } catch (error) {
    endBroken(error);
  }
}

/** A worker, or a process, begins at a moment of the clock of all. */
function beginAgent(worker: WorkerStart, maxTurns: number): void {
  agent.id = worker.thread;
  agent.threadId = worker.threadId;
  agent.meets = true;
  startLater(worker.at);
  agent.until = worker.until ?? Infinity;
  clock.sleepUntil(worker.at);
  boundSteps(agent.until, worker.left);
  if (worker.process === null) {
    Object.assign(process, { env: environment(worker.env), pid: worker.pid });
    if (worker.sharedEnv !== null) joinEnvironment(worker.sharedEnv);
    runner.runWorker(maxTurns, worker);
  } else {
    beginProcess(worker, worker.process);
    runner.run(maxTurns, faultOf(worker));
  }
}

/** The program broke what the runtime stands on. Node ends such a program too, as well as it can. */
function endBroken(error: unknown): never {
  try {
    processHooks.uncaught(error, 'exception');
  } catch {
    const text = `Uncaught ${preview(error)}`;
    uncaught.error = { error, text };
    printer.print(2, `${text}\n`);
  }
  return exitWith(brokenCode);
}

/** Node's exit code when reporting an error fails itself. */
const brokenCode = 7;

const parts: Record<string, object> = {};

/** Before the program starts: a part is a function of the core's modules and the parts before it. */
function addPart(name: string, make: (core: typeof shared, others: typeof parts) => object): void {
  parts[name] = make(shared, parts);
}

(globalThis as unknown as Record<string, unknown>)['__loopscope'] = { start, report, chunk, addPart };

/**
 * Why this file exists: the only importer of the engine, QuickJS compiled to WebAssembly. One fresh engine a run, with
 * limits inside; what
 * runs in it can reach nothing of the host but one function that asks to be stopped.
 */
import { JSException, QuickJS, type JSValueHandle, type Snapshot } from 'quickjs-wasi';
import type { Limits } from './request';

/** What is compiled and prepared once and used for every run. */
export interface Engine {
  readonly module: WebAssembly.Module;
  /** The engine's memory just after the guest's own code ran. */
  readonly booted: Snapshot;
}

export interface RunOptions {
  readonly record: boolean;
  readonly limits: Limits;
  readonly siteNames: readonly string[];
  readonly functionTexts: readonly (string | null)[];
  /** For stacks: see guest/errors.ts. */
  readonly maps: readonly object[];
  /** Loops that a first run left out in part (guest/thinning.ts): this one shows how they end. */
  readonly thinned: readonly object[];
  /** For reports of uncaught errors: see guest/errors-places.ts. */
  readonly sources: readonly object[];
  /** Wall-clock milliseconds since any fixed moment; the face gives it, since nothing here may look at a clock. */
  readonly wallClock: () => number;
}

/** What the guest reports (guest/main.ts), and how the engine itself ended the run if it did. */
export interface RunReport {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly ending: {
    readonly kind: 'exit' | 'budget' | 'unsupported';
    readonly message: string;
    readonly site: number;
  } | null;
  readonly uncaught: string | null;
  readonly steps: number;
  readonly virtualMs: number;
  readonly notes: readonly {
    readonly kind: 'order-unspecified' | 'modelled' | 'recording-thinned';
    readonly site: number;
    readonly message: string;
  }[];
  readonly thinned: boolean;
  readonly thinnedLoops: readonly object[];
  readonly events: number;
  readonly strings: readonly string[];
  readonly rows: readonly Float64Array[];
}

export type RunResult =
  | { readonly kind: 'ran'; readonly report: RunReport; readonly spent: 'time' | 'memory' | 'stack' | undefined }
  | { readonly kind: 'broken'; readonly message: string };

/**
 * The engine's own stack is moved into its heap. 5 MiB of it hold about 17,000 simple calls (V8's default: 11,000) and
 * 2,200 nested calls of an async function; the rest is for the engine's helpers, which must still run when a program
 * has used up its share.
 */
const stackBytes = 8 * 1024 * 1024;
const stackLimit = 5 * 1024 * 1024;

/**
 * The parts of the WebAssembly instance that the package keeps private; its version is pinned and a test covers them.
 */
interface Internals {
  readonly exports: {
    readonly __stack_pointer: WebAssembly.Global;
    wasm_malloc(bytes: number): number;
    qjs_set_max_stack_size(bytes: number): void;
    qjs_get_runtime_ptr(): number;
    JS_UpdateStackTop(runtime: number): void;
  };
}

function internals(vm: QuickJS): Internals['exports'] {
  return (vm as unknown as Internals).exports;
}

/** Makes the stack of the engine large enough for deep recursion; must run on an idle engine. */
function growStack(vm: QuickJS): void {
  const exports = internals(vm);
  const base = exports.wasm_malloc(stackBytes);
  exports.__stack_pointer.value = (base + stackBytes - 64) & ~15;
  exports.JS_UpdateStackTop(exports.qjs_get_runtime_ptr());
  exports.qjs_set_max_stack_size(stackLimit);
}

/** Loads the guest once and keeps the engine's memory as it then is. */
export async function bootEngine(module: WebAssembly.Module, guest: string): Promise<Engine> {
  const vm = await QuickJS.create({ wasm: module, timezoneOffset: 0 });
  try {
    growStack(vm);
    vm.evalCode(guest, 'loopscope:guest').dispose();
    return { module, booted: vm.snapshot() };
  } finally {
    vm.dispose();
  }
}

/** What the engine asks again and again while it runs: whether to stop, and why it was told to. */
interface Watch {
  /** Reading what the guest reports is ours, not the program's: it is not limited. */
  phase: 'running' | 'stopping' | 'reading';
  spentTime: boolean;
}

/** Runs a program to its end or to a limit. Never throws for what the program does. */
export async function runInSandbox(engine: Engine, script: string, options: RunOptions): Promise<RunResult> {
  const watch: Watch = { phase: 'running', spentTime: false };
  const vm = await restore(engine, options, watch);
  const guest = vm.evalCode('(() => { const g = globalThis.__loopscope; delete globalThis.__loopscope; return g; })()');
  const stop = vm.newFunction('stop', () => {
    watch.phase = 'stopping';
    return vm.undefined;
  });
  const failure = execute(vm, guest, script, options, stop);
  const timedOut = watch.spentTime;
  watch.phase = 'reading';
  try {
    const bug = /^(?:parse|guest):(.*)$/s.exec(failure ?? '');
    if (bug !== null && !timedOut) return { kind: 'broken', message: bug[1] ?? '' };
    const spent = timedOut ? 'time' : failure === 'memory' || failure === 'stack' ? failure : undefined;
    return { kind: 'ran', report: readReport(vm, guest), spent };
  } catch {
    return { kind: 'ran', report: emptyReport, spent: timedOut ? 'time' : failure === 'stack' ? 'stack' : 'memory' };
  }
}

/** A fresh engine with the guest in it. */
async function restore(engine: Engine, options: RunOptions, watch: Watch): Promise<QuickJS> {
  const start = options.wallClock();
  const vm = await QuickJS.restore(engine.booted, {
    wasm: engine.module,
    memoryLimit: options.limits.memory + stackBytes,
    timezoneOffset: 0,
    interruptHandler: () => {
      if (watch.phase !== 'running') return watch.phase === 'stopping';
      watch.spentTime ||= options.wallClock() - start > options.limits.wallMs;
      return watch.spentTime;
    },
  });
  internals(vm).qjs_set_max_stack_size(stackLimit);
  return vm;
}

/** How the call ended: undefined when it returned. */
function execute(
  vm: QuickJS,
  guest: JSValueHandle,
  script: string,
  options: RunOptions,
  stop: JSValueHandle,
): string | undefined {
  let program: JSValueHandle;
  try {
    program = vm.evalCode(script, 'program');
  } catch (error) {
    return `parse:${error instanceof Error ? error.message : String(error)}`;
  }
  const { record, limits, siteNames, functionTexts, maps, thinned, sources } = options;
  const settings = JSON.stringify({
    record,
    maxSteps: limits.steps,
    maxTurns: limits.turns,
    maxEvents: limits.events,
    siteNames,
    functionTexts,
    maps,
    thinned,
    sources,
  });
  try {
    vm.callFunction(guest.getProp('start'), vm.undefined, program, vm.newString(settings), stop).dispose();
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof JSException && /out of memory/i.test(message)) return 'memory';
  if (error instanceof JSException) return message === 'interrupted' ? 'stopped' : `guest:${message}`;
  return /out of bounds|call stack/i.test(message) ? 'stack' : 'memory';
}

function readReport(vm: QuickJS, guest: JSValueHandle): RunReport {
  const text = vm.callFunction(guest.getProp('report'), vm.undefined).consume((handle) => handle.toString());
  const parsed = JSON.parse(text) as Omit<RunReport, 'rows'> & { chunks: number }; // written by guest/main.ts
  const chunkOf = guest.getProp('chunk');
  const rows = Array.from({ length: parsed.chunks }, (_, i) =>
    vm
      .newNumber(i)
      .consume(
        (index) =>
          new Float64Array(vm.callFunction(chunkOf, vm.undefined, index).consume((handle) => handle.toArrayBuffer())),
      ),
  );
  return { ...parsed, rows };
}

const emptyReport: RunReport = {
  stdout: '',
  stderr: '',
  exitCode: 0,
  ending: null,
  uncaught: null,
  steps: 0,
  virtualMs: 0,
  notes: [],
  thinned: false,
  thinnedLoops: [],
  events: 0,
  strings: [''],
  rows: [],
};

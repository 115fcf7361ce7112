/**
 * Why this file exists: the engine compiled, with the guest's core and the parts that a program needs in it: the memory
 * that each run begins with.
 */
import { QuickJS, type Snapshot } from 'quickjs-wasi';

/** What is compiled and prepared once and used for every run. */
export interface Engine {
  readonly module: WebAssembly.Module;
  /** The engine's memory just after the guest's own code ran. */
  readonly booted: Snapshot;
  /** The text of a part of the guest (guest/parts), by name. */
  readonly readPart: ReadPart;
  /** The memory with some parts loaded, by their names: what programs asked for lately. */
  readonly withParts: Map<string, Promise<Snapshot>>;
  /** What the last run began with. */
  latest?: Snapshot;
  /** Made while nothing else was to do, for the run that comes next. */
  spare?: Spare | undefined;
}

interface Spare {
  readonly booted: Snapshot;
  readonly ready: Promise<Fresh>;
}

/** An engine in which nothing has run yet. */
export interface Fresh {
  readonly vm: QuickJS;
  /** Asked again and again while something runs: true ends it. */
  readonly interrupt: { isDue: () => boolean };
}

export type ReadPart = (name: string) => string;

/**
 * The engine's own stack is moved into its heap. 5 MiB of it hold about 17,000 simple calls (V8's default: 11,000) and
 * 3,600 nested calls of an async function; the rest is for the engine's helpers, which must still run when a program
 * has used up its share.
 */
export const stackBytes = 8 * 1024 * 1024;
const stackLimit = 5 * 1024 * 1024;
/**
 * The parts of the WebAssembly instance that the package keeps private; its version is pinned and a test covers them.
 */
interface Internals {
  readonly exports: {
    readonly __stack_pointer: WebAssembly.Global;
    readonly memory: WebAssembly.Memory;
    wasm_malloc(bytes: number): number;
    wasm_free(pointer: number): void;
    qjs_get_array_buffer(value: number, length: number): number;
    qjs_set_memory_limit(bytes: number): void;
    qjs_set_max_stack_size(bytes: number): void;
    qjs_get_runtime_ptr(): number;
    JS_UpdateStackTop(runtime: number): void;
  };
}

export function internals(vm: QuickJS): Internals['exports'] {
  return (vm as unknown as Internals).exports;
}

/** An engine with this memory, its stack large enough for deep recursion; the stack is not kept in the memory. */
async function restore(module: WebAssembly.Module, booted: Snapshot): Promise<Fresh> {
  const interrupt = { isDue: () => false };
  const interruptHandler = (): boolean => interrupt.isDue();
  const vm = await QuickJS.restore(booted, { wasm: module, timezoneOffset: 0, interruptHandler });
  growStack(vm);
  return { vm, interrupt };
}

/** An engine with these parts in it, for one run. */
export async function freshEngine(engine: Engine, parts: readonly string[]): Promise<Fresh> {
  const booted = await memoryWith(engine, parts);
  const { spare } = engine;
  engine.spare = undefined;
  engine.latest = booted;
  return spare?.booted === booted ? spare.ready : restore(engine.module, booted);
}

/** Makes an engine like the last one ahead of time: the next run need not wait for the milliseconds that it takes. */
export async function prepareEngine(engine: Engine): Promise<void> {
  const booted = engine.latest ?? engine.booted;
  if (engine.spare?.booted !== booted) engine.spare = { booted, ready: restore(engine.module, booted) };
  await engine.spare.ready;
}

function growStack(vm: QuickJS): void {
  const exports = internals(vm);
  const base = exports.wasm_malloc(stackBytes);
  exports.__stack_pointer.value = (base + stackBytes - 64) & ~15;
  exports.JS_UpdateStackTop(exports.qjs_get_runtime_ptr());
  exports.qjs_set_max_stack_size(stackLimit);
}

/** Loads the guest once: the engine's memory as it then is, which the build keeps (build-snapshot.ts). */
export async function loadGuest(module: WebAssembly.Module, guest: string): Promise<Uint8Array> {
  const vm = await QuickJS.create({ wasm: module, timezoneOffset: 0 });
  try {
    vm.evalCode(guest, guestFile).dispose();
    return QuickJS.serializeSnapshot(vm.snapshot());
  } finally {
    vm.dispose();
  }
}

/** An engine from what the build made: `snapshot` is `loadGuest`'s answer for the same module. */
export function bootEngine(module: WebAssembly.Module, snapshot: Uint8Array, readPart: ReadPart): Engine {
  return { module, booted: QuickJS.deserializeSnapshot(snapshot), readPart, withParts: new Map() };
}

/** What the guest's own functions are told by, in stacks and where their text is asked for; of a part with its name. */
const guestFile = 'loopscope:guest';

/** How many memories with parts are kept: each is as large as the whole engine's. */
const keptMemories = 4;

/** The engine's memory with these parts loaded. */
function memoryWith(engine: Engine, parts: readonly string[]): Promise<Snapshot> {
  const { booted, withParts } = engine;
  if (parts.length === 0) return Promise.resolve(booted);
  const key = [...parts].sort().join(' ');
  const memory = withParts.get(key) ?? loadParts(engine, parts);
  withParts.delete(key); // the last one asked for stands last
  withParts.set(key, memory);
  const [oldest] = withParts.keys();
  if (withParts.size > keptMemories && oldest !== undefined) withParts.delete(oldest);
  return memory;
}

async function loadParts({ module, booted, readPart }: Engine, parts: readonly string[]): Promise<Snapshot> {
  const vm = await QuickJS.restore(booted, { wasm: module, timezoneOffset: 0 });
  const loaded = new Set<string>();
  const load = (name: string): void => {
    if (loaded.has(name)) return;
    loaded.add(name);
    const text = readPart(name);
    const needs = /^\/\/ needs: (.*)\n/.exec(text)?.[1] ?? ''; // written by the build
    for (const needed of needs.split(' ')) if (needed !== '') load(needed);
    const made = vm.evalCode(text, `${guestFile}/${name}`);
    const add = vm.evalCode('__loopscope.addPart');
    vm.callFunction(add, vm.undefined, vm.newString(name), made).dispose();
  };
  try {
    for (const name of parts) load(name);
    return vm.snapshot();
  } finally {
    vm.dispose();
  }
}

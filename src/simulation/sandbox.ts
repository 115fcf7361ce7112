/**
 * Why this file exists: it runs a program in QuickJS compiled to WebAssembly. One fresh engine an agent, with limits
 * inside; what runs in it can reach seven functions of the host: to be stopped, to print, to lower a text, to ask for
 * other agents, to share memory with them, to look at a file of the program's folder, to have bytes computed.
 */
import { JSException, type JSValueHandle, type QuickJS } from 'quickjs-wasi';
import { putIn, takeOut, type Region } from './agents/shared-memory';
import type { Limits } from './request';
import { emptyReport, type RunReport, type RunResult } from './run-report';
import type { Compute, Computation } from './computing';
import type { Workspace } from './workspace';
import { freshEngine, internals, type Engine } from './sandbox/engine';

export { bootEngine, loadGuest, prepareEngine, type Engine } from './sandbox/engine';

export interface RunOptions {
  /** As JSON: what the guest is told (guest/main.ts). */
  readonly settings: string;
  /** Parts of the guest that the program may ask for. */
  readonly parts: readonly string[];
  readonly limits: Limits;
  /** Lowers text that the program turns into code; a string in, an object that is handed over as JSON out. */
  readonly lowerText: (text: string, flags: number) => object;
  /** What the program may see of the disk: see guest/outside.ts. */
  readonly workspace: Workspace;
  /** What real Node computes in native code: see guest/native.ts. */
  readonly compute: Compute;
  /** Wall-clock milliseconds since any fixed moment; the face gives it, since nothing here may look at a clock. */
  readonly wallClock: () => number;
  /** What the agent asks for, and is answered once it may go on: agent-messages.ts. */
  readonly ask: (question: string) => string;
  /** The memory that an agent shares, by its number. */
  readonly sharedMemory: (number: number, length: number) => SharedArrayBuffer;
  /** Told how many bytes this engine has grown by; answers what all agents have together. */
  readonly memoryOfAll: (own: number) => number;
  /** Told of everything printed as it is printed, so that it outlives a run that has to be killed. */
  readonly onPrinted: OnPrinted;
}

export type OnPrinted = (stream: 'stdout' | 'stderr', text: string) => void;

/** UTF-16 units that a program may print, stdout and stderr together: they are held by the host, outside its heap. */
export const maxPrinted = 64 * 1024 * 1024;
/**
 * The engine's own wall stands an eighth above the program's limit: the watch on the whole memory comes first and ends
 * the run for good, where the engine's error can be caught.
 */
const wallAboveLimit = 1.125;
/** A limit under which every allocation fails; 0 would be none. */
const nothing = 1;
/** Bytes above the wall: enough to make one error and unwind. */
const forLastError = 1024 * 1024;
/**
 * The engine looks for cycles of garbage when a quarter of the memory is in use, not from its first megabyte on; then
 * each time that a half more is in use.
 */
const firstCollection = 0.25;

/** What the engine asks again and again while it runs: whether to stop, and why it was told to. */
interface Watch {
  /** Reading what the guest reports is ours, not the program's: it is not limited. */
  phase: 'running' | 'stopping' | 'reading';
  spent: 'time' | 'memory' | 'output' | undefined;
  /** The engine's memory when the run began. */
  bootedBytes: number;
}

/** Runs a program to its end or to a limit. Never throws for what the program does. */
export async function runInSandbox(engine: Engine, script: string, options: RunOptions): Promise<RunResult> {
  const watch: Watch = { phase: 'running', spent: undefined, bootedBytes: 0 };
  const vm = await limitedEngine(engine, options, watch);
  const guest = vm.evalCode('(() => { const g = globalThis.__loopscope; delete globalThis.__loopscope; return g; })()');
  const regions: Region[] = [];
  const failure = execute(vm, guest, script, options, {
    stop: stopFunction(vm, watch),
    print: printFunction(vm, watch, options),
    lower: vm.newFunction('lower', (text, flags) =>
      vm.newString(JSON.stringify(options.lowerText(text.toString(), flags.toNumber()))),
    ),
    ...agentFunctions(vm, watch, regions, options),
    outside: outsideFunction(vm, options.workspace),
    native: nativeFunction(vm, options.compute),
  });
  const { spent } = watch;
  takeOut(internals(vm).memory.buffer, regions);
  watch.phase = 'reading';
  internals(vm).qjs_set_memory_limit(0);
  try {
    const bug = /^(?:parse|guest):(.*)$/s.exec(failure ?? '');
    if (bug !== null && spent === undefined) return { kind: 'broken', message: bug[1] ?? '' };
    const ended = failure === 'memory' || failure === 'stack' ? failure : undefined;
    return { kind: 'ran', report: readReport(vm, guest), spent: spent ?? ended };
  } catch {
    return { kind: 'ran', report: emptyReport, spent: spent ?? (failure === 'stack' ? 'stack' : 'memory') };
  }
}

/**
 * Ends the run: the engine's next look at its limits stops it. It looks every 10,000 turns and calls; until then a
 * program that catches whatever is thrown is given no memory, so that what takes long, filling it, fails at once.
 */
function stopNow(vm: QuickJS, watch: Watch, spent?: Watch['spent']): void {
  watch.phase = 'stopping';
  watch.spent ??= spent;
  internals(vm).qjs_set_memory_limit(nothing);
}

/** The engine looks: it is told to stop, and has the memory for the error that no program can catch. */
function raise(vm: QuickJS, limits: Limits, watch: Watch): true {
  internals(vm).qjs_set_memory_limit(heapWall(limits, watch) + forLastError);
  return true;
}

function stopFunction(vm: QuickJS, watch: Watch): JSValueHandle {
  return vm.newFunction('stop', () => {
    stopNow(vm, watch);
    return vm.undefined;
  });
}

/** What crosses to other agents is text, and memory that is copied when an agent stops and before it goes on. */
function agentFunctions(
  vm: QuickJS,
  watch: Watch,
  regions: Region[],
  options: RunOptions,
): { readonly ask: JSValueHandle; readonly share: JSValueHandle } {
  const exports = internals(vm);
  const limited = (): void => {
    if (watch.phase === 'running') exports.qjs_set_memory_limit(heapWall(options.limits, watch));
  };
  const ask = vm.newFunction('ask', (question) => {
    if (watch.phase !== 'running') return vm.newString('{}');
    exports.qjs_set_memory_limit(0); // the engine makes a copy for us
    const text = question.toString();
    takeOut(exports.memory.buffer, regions);
    const isOver = isTooMuch(vm, watch, options);
    const answer = options.ask(text);
    putIn(exports.memory.buffer, regions);
    const handle = vm.newString(answer);
    limited();
    if (isOver) stopNow(vm, watch, 'memory');
    return handle;
  });
  const share = vm.newFunction('share', (number, buffer) => {
    const length = exports.wasm_malloc(4);
    const address = exports.qjs_get_array_buffer(buffer.ptr, length);
    const size = new DataView(exports.memory.buffer).getUint32(length, true);
    exports.wasm_free(length);
    if (address === 0 || size === 0) return vm.undefined;
    const common = new Uint8Array(options.sharedMemory(number.toNumber(), size), 0, size);
    const region = { address, common };
    // Whoever makes it says what is in it; whoever is given it sees that.
    if (isBlank(new Uint8Array(exports.memory.buffer, address, size))) putIn(exports.memory.buffer, [region]);
    else takeOut(exports.memory.buffer, [region]);
    regions.push(region);
    return vm.undefined;
  });
  return { ask, share };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((each) => each === 0);
}

/** What is printed leaves the sandbox at once: neither a full heap nor a killed thread can lose it. */
function printFunction(vm: QuickJS, watch: Watch, { onPrinted, limits }: RunOptions): JSValueHandle {
  let size = 0;
  return vm.newFunction('print', (...args) => {
    const [number, content] = args;
    if (watch.phase !== 'running' || number === undefined || content === undefined) return vm.undefined;
    const exports = internals(vm);
    exports.qjs_set_memory_limit(0); // the engine makes a copy for us
    const text = content.toString();
    exports.qjs_set_memory_limit(heapWall(limits, watch));
    const stream = number.toNumber() === 2 ? 'stderr' : 'stdout';
    size += text.length;
    if (size > maxPrinted) stopNow(vm, watch, 'output');
    else onPrinted(stream, text);
    return vm.undefined;
  });
}

/** A look at a place of the program's folder, as JSON; or the bytes of a file, null where they cannot be had. */
function outsideFunction(vm: QuickJS, workspace: Workspace): JSValueHandle {
  return vm.newFunction('outside', (path, wantsBytes) => {
    const place = path.toString();
    if (wantsBytes.toNumber() === 0) return vm.newString(JSON.stringify(workspace.look(place)));
    const bytes = workspace.read(place);
    return bytes === undefined ? vm.newString('null') : vm.newArrayBuffer(bytes);
  });
}

/** Bytes from bytes, or as JSON why there are none. */
function nativeFunction(vm: QuickJS, compute: Compute): JSValueHandle {
  return vm.newFunction('native', (what, ...given) => {
    const bytes = given.filter((each) => each.isArrayBuffer).map((each) => each.toUint8Array());
    const answer = compute(JSON.parse(what.toString()) as Computation, bytes); // written by guest/native.ts
    return answer instanceof Uint8Array ? vm.newArrayBuffer(answer) : vm.newString(JSON.stringify(answer));
  });
}

/** What the guest has taken before the program runs, its stack too, is not the program's. */
function heapWall(limits: Limits, { bootedBytes }: Watch): number {
  return Math.floor(limits.memory * wallAboveLimit) + bootedBytes;
}

/** A fresh engine with the guest in it, and the limits of this run. */
async function limitedEngine(engine: Engine, options: RunOptions, watch: Watch): Promise<QuickJS> {
  const { limits, wallClock } = options;
  const start = wallClock();
  const { vm, interrupt } = await freshEngine(engine, options.parts);
  interrupt.isDue = () => {
    if (watch.phase === 'reading') return false;
    if (watch.phase === 'stopping') return raise(vm, limits, watch);
    if (wallClock() - start > limits.wallMs) stopNow(vm, watch, 'time');
    else if (isTooMuch(vm, watch, options)) stopNow(vm, watch, 'memory');
    return watch.spent !== undefined && raise(vm, limits, watch);
  };
  watch.bootedBytes = internals(vm).memory.buffer.byteLength;
  internals(vm).qjs_set_memory_limit(heapWall(limits, watch));
  vm.gcThreshold = limits.memory * firstCollection;
  return vm;
}

/** All agents together have more than the program may. */
function isTooMuch(vm: QuickJS, watch: Watch, options: RunOptions): boolean {
  const grown = internals(vm).memory.buffer.byteLength - watch.bootedBytes;
  return options.memoryOfAll(grown) > options.limits.memory;
}

/** How the call ended: undefined when it returned. */
function execute(
  vm: QuickJS,
  guest: JSValueHandle,
  script: string,
  options: RunOptions,
  host: Readonly<Record<'stop' | 'print' | 'lower' | 'ask' | 'share' | 'outside' | 'native', JSValueHandle>>,
): string | undefined {
  let program: JSValueHandle;
  try {
    program = vm.evalCode(script, 'program');
  } catch (error) {
    return `parse:${error instanceof Error ? error.message : String(error)}`;
  }
  try {
    const start = guest.getProp('start');
    const { stop, print, lower, ask, share, outside, native } = host;
    const given = [program, vm.newString(options.settings), stop, print, lower, ask, share, outside, native];
    vm.callFunction(start, vm.undefined, ...given).dispose();
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // The engine throws null where it has no memory for an error; what the program throws the guest has caught.
  if (error instanceof JSException && /out of memory|^<null>$/i.test(message)) return 'memory';
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

/** Why this file exists: the one place that executes the user's code: in a process of real Node that can be stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NodeRun } from './verification';

export interface NodeRequest {
  /** The executable. */
  readonly node: string;
  /** Absolute path of the JavaScript to run. */
  readonly file: string;
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Bytes of output after which it is stopped. */
  readonly mostOutput?: number;
}

const defaultMostOutput = 32 * 1024 * 1024;

/** Runs a file to its end. Aborting kills it and rejects with the signal's reason. Rejects where there is no Node. */
export async function runNode(request: NodeRequest, signal?: AbortSignal): Promise<NodeRun> {
  signal?.throwIfAborted();
  // Into a pipe Node prints without waiting, and what the pipe did not take is lost when the program ends at once; into
  // a file, as into a terminal, all of it is printed.
  const folder = await mkdtemp(path.join(tmpdir(), 'loopscope-verify-'));
  const outputs = await Promise.all([open(path.join(folder, 'stdout'), 'w+'), open(path.join(folder, 'stderr'), 'w+')]);
  try {
    return await run(request, outputs, signal);
  } finally {
    await Promise.all(outputs.map((each) => each.close()));
    await rm(folder, { recursive: true, force: true });
  }
}

/** stdout and stderr. */
type Outputs = readonly [FileHandle, FileHandle];

/** How often is looked whether it has printed too much. */
const lookMs = 100;

async function run(request: NodeRequest, outputs: Outputs, signal: AbortSignal | undefined): Promise<NodeRun> {
  const { node, file, cwd, timeoutMs, mostOutput = defaultMostOutput } = request;
  // A process group of its own, so that what the program starts can be ended with it.
  const detached = process.platform !== 'win32';
  const stdio = ['ignore', ...outputs.map(({ fd }) => fd)] as const;
  const child = spawn(node, ['--enable-source-maps', file], { cwd, env: plainEnvironment(), stdio: [...stdio], detached });
  let stopped: NodeRun['how'] | undefined;
  function stop(why: NodeRun['how']): void {
    stopped = why;
    killTree(child);
  }
  const abort = (): void => { killTree(child); };
  const timer = setTimeout(() => { stop('timed-out'); }, timeoutMs);
  const looker = setInterval(() => {
    void printedBytes(outputs).then((bytes) => { if (bytes > mostOutput) stop('printed-too-much'); });
  }, lookMs);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const exitCode = await ended(child);
    signal?.throwIfAborted();
    const how = stopped ?? ((await printedBytes(outputs)) > mostOutput ? 'printed-too-much' : 'ended');
    const [stdout, stderr] = [await textOf(outputs[0], mostOutput), await textOf(outputs[1], mostOutput)];
    return { stdout, stderr, exitCode, how };
  } finally {
    clearTimeout(timer);
    clearInterval(looker);
    signal?.removeEventListener('abort', abort);
  }
}

async function printedBytes(outputs: Outputs): Promise<number> {
  const stats = await Promise.all(outputs.map((each) => each.stat()));
  return stats.reduce((sum, { size }) => sum + size, 0);
}

/** The first bytes of a file as text. */
async function textOf(file: FileHandle, most: number): Promise<string> {
  const { size } = await file.stat();
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, most)), 0, Math.min(size, most), 0);
  return buffer.toString('utf8', 0, bytesRead);
}

/** What a debugger or a terminal sets for Node would change what the program prints. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const unwanted = ['NODE_OPTIONS', 'FORCE_COLOR', 'ELECTRON_RUN_AS_NODE', 'NODE_INSPECT_RESUME_ON_START', 'VSCODE_INSPECTOR_OPTIONS'];
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.includes(name)));
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // 128 + the signal's number is what a shell says; which signal it was does not matter here.
    child.once('exit', (code) => { resolve(code ?? 128); });
  });
}

function killTree(child: ChildProcess): void {
  try {
    if (child.pid !== undefined && process.platform !== 'win32') process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    child.kill('SIGKILL'); // the group is gone already
  }
}

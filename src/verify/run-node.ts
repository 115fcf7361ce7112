/** Why this file exists: the one place that executes the user's code: in a process of real Node that can be stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { NodeRun } from './verification';

export interface NodeRequest {
  /** The executable. */
  readonly node: string;
  /** Absolute path of the JavaScript to run. */
  readonly file: string;
  readonly cwd: string;
  readonly timeoutMs: number;
  /** Characters of output after which it is stopped. */
  readonly mostOutput?: number;
}

const defaultMostOutput = 32 * 1024 * 1024;

/** Runs a file to its end. Aborting kills it and rejects with the signal's reason. Rejects where there is no Node. */
export async function runNode(request: NodeRequest, signal?: AbortSignal): Promise<NodeRun> {
  signal?.throwIfAborted();
  const { node, file, cwd, timeoutMs, mostOutput = defaultMostOutput } = request;
  // A process group of its own, so that what the program starts can be ended with it.
  const detached = process.platform !== 'win32';
  const args = ['--enable-source-maps', file];
  const child = spawn(node, args, { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'], detached });
  let how: NodeRun['how'] = 'ended';
  function stop(why: NodeRun['how']): void {
    how = why;
    killTree(child);
  }
  const abort = (): void => { killTree(child); };
  const timer = setTimeout(() => { stop('timed-out'); }, timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const printed = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        printed[name] += text;
        if (printed.stdout.length + printed.stderr.length > mostOutput) stop('printed-too-much');
      });
    }
    const exitCode = await ended(child);
    signal?.throwIfAborted();
    return { ...printed, exitCode, how };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
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
    child.once('close', (code) => { resolve(code ?? 128); });
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

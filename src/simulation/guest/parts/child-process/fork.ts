/** Why this file exists: `fork`: another process of Node with a channel for messages. Node 20: lib/child_process.js. */
import { checkObject, codedError, invalidType } from '../../node-errors';
import { NativeError, get, isArray } from '../../primordials';
import { process } from '../../process';
import { pathOf } from '../fs/part';
import type { ChildProcess } from './child';
import { invalidValue, type SpawnOptions } from './options';
import { spawn } from './spawn';

export interface ForkOptions extends SpawnOptions {
  readonly execPath?: unknown;
  readonly execArgv?: unknown;
  readonly silent?: unknown;
}

export function fork(...given: unknown[]): ChildProcess {
  const path = pathOf(given[0], 'modulePath');
  const { args, options } = argumentsOf(given);
  const { execPath, execArgv } = options;
  const before = isArray(execArgv) ? execArgv : (get(process, 'execArgv') as readonly unknown[]); // Node's own
  return spawn(Boolean(execPath) ? execPath : get(process, 'execPath'), [...before, path, ...args], { ...options, shell: false, stdio: stdioOf(options) });
}

/** `(path, options)` and `(path, args, options)`. */
function argumentsOf([, second, third]: readonly unknown[]): { args: readonly unknown[]; options: ForkOptions } {
  const isOptions = typeof second === 'object' && second !== null && !isArray(second);
  const options = isOptions ? second : third;
  if (!isOptions && second !== undefined && second !== null && !isArray(second)) throw invalidType('args', 'an instance of Array', second);
  if (options !== undefined && options !== null) checkObject(options, 'options');
  return { args: isArray(second) ? second : [], options: options ?? {} };
}

/** Three streams as one word says, and the channel. */
function stdioOf({ stdio, silent }: ForkOptions): readonly unknown[] {
  if (typeof stdio === 'string') {
    if (!['ignore', 'pipe', 'overlapped', 'inherit'].includes(stdio)) throw invalidValue('stdio', `'${stdio}'`);
    return [stdio, stdio, stdio, 'ipc'];
  }
  if (!isArray(stdio)) return silent ? ['pipe', 'pipe', 'pipe', 'ipc'] : ['inherit', 'inherit', 'inherit', 'ipc'];
  if (stdio.includes('ipc')) return stdio;
  const words = "Forked processes must have an IPC channel, missing value 'ipc' in options.stdio";
  throw codedError(NativeError, 'ERR_CHILD_PROCESS_IPC_REQUIRED', words);
}

/** Why this file exists: the frames of Node's loaders that several files name. Node 20.20: lib/internal/modules. */
import { agent } from './agents';
import type { ModuleSource } from './program-modules';

export const importingModule = 'ModuleLoader.import (node:internal/modules/esm/loader:606:24)';
export const instantiating = 'ModuleJob.run (node:internal/modules/esm/module_job:320:5)';

/** Of CommonJS. */
export const file = 'node:internal/modules/cjs/loader';

/** In a worker these functions have lost the names that they were assigned to. */
export function loading(): readonly string[] {
  const load = agent.threadId === 0 ? 'Module._load' : 'Function._load';
  return [`Module.load (${file}:1266:32)`, `${load} (${file}:1091:12)`];
}

/** `extension`: `.js` or `.json`. */
export function byExtension(extension: string, place: string): readonly string[] {
  const owner = agent.threadId === 0 ? 'Module._extensions' : 'Object';
  return [`${owner}.${extension} (${file}:${place})`, ...loading()];
}

const toPort = [
  '[nodejs.internal.kHybridDispatch] (node:internal/event_target:831:20)',
  'MessagePort.<anonymous> (node:internal/per_context/messageport:23:28)',
];
const running = 'Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12)';

/** Of the file that is run first; `isText`: what a worker was made of is one. */
export function entering(isText: boolean): readonly string[] {
  if (agent.threadId === 0) return [running, 'node:internal/main/run_main_module:28:49'];
  const started = (place: string): string => `MessagePort.<anonymous> (node:internal/main/worker_thread:${place})`;
  return isText ? [started('173:9'), ...toPort] : [running, started('192:26'), ...toPort];
}

/** What a worker was made of, where it is no file. */
export function isText({ path }: ModuleSource): boolean {
  return agent.threadId !== 0 && path.endsWith('/[worker eval].cjs');
}

/** Of a worker's text. */
export const evaluating = [
  'runScriptInThisContext (node:internal/vm:209:10)',
  'node:internal/process/execution:118:14',
  '[worker eval]-wrapper:6:24',
  'runScript (node:internal/process/execution:101:62)',
  'evalScript (node:internal/process/execution:133:3)',
] as const;

/**
 * Why this file exists: whether TypeScript 7 can answer here: its client, the platform's binary, and both of the same
 * build.
 */
import { accessSync, chmodSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as ClientModule from './client';

declare const __dirname: string;

export type Client = typeof ClientModule;

export interface Native {
  readonly client: Client;
  /** Absolute path of the executable, its `lib.*.d.ts` beside it. */
  readonly executable: string;
}

/** Set in tests: the folder to look for the executable in, and nowhere else. */
export const folderVariable = 'LOOPSCOPE_TYPESCRIPT_NATIVE';

/** The native checker; undefined where it is not installed, or not for this platform. Never throws. */
export function locateNative(): Native | undefined {
  const file = path.join(__dirname, 'typescript-native/client.js');
  if (!existsSync(file)) return undefined;
  try {
    // Our own bundle of `client.ts`.
    const client = createRequire(file)(file) as Client;
    const executable = candidates(client.version).find(isExecutable);
    return executable === undefined ? undefined : { client, executable };
  } catch {
    return undefined;
  }
}

/** In the package that is installed, beside us; in a checkout, in node_modules. */
function candidates(version: string): readonly string[] {
  const named = process.env[folderVariable];
  if (named !== undefined) return [path.join(named, executableName())];
  const installed = installedFolder(version);
  const folders = [path.join(__dirname, 'typescript-native', platform()), ...(installed === undefined ? [] : [installed])];
  return folders.map((folder) => path.join(folder, executableName()));
}

/** Client and binary speak an unversioned protocol: they must be of one build. */
function installedFolder(version: string): string | undefined {
  try {
    const require = createRequire(path.join(__dirname, 'cli.js'));
    const manifest = require.resolve(`@typescript/typescript-${platform()}/package.json`);
    const found: unknown = JSON.parse(readFileSync(manifest, 'utf8'));
    const same = typeof found === 'object' && found !== null && 'version' in found && found.version === version;
    return same ? path.join(path.dirname(manifest), 'lib') : undefined;
  } catch {
    return undefined;
  }
}

function platform(): string {
  return `${process.platform}-${process.arch}`;
}

function executableName(): string {
  return process.platform === 'win32' ? 'tsc.exe' : 'tsc';
}

function isExecutable(file: string): boolean {
  if (!existsSync(file)) return false;
  // Unpacking may have lost the mode.
  return mayExecute(file) || (attempt(() => chmodSync(file, 0o755)) && mayExecute(file));
}

function mayExecute(file: string): boolean {
  return attempt(() => accessSync(file, constants.X_OK));
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/**
 * Why this file exists: answers about types depend on more than the project's own texts: on its options, on the
 * packages that are installed, and on us. Where any of it changed, nothing that was kept is used.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { ConfigFile } from '../config';
import { isDeclarationFile } from './declaration-file';

declare const __filename: string;

/** Rises when what is written means something else. */
const format = 1;

/** What package managers leave behind wherever they installed something. */
const traces = [
  'package.json',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  '.pnp.cjs',
  'node_modules/@types',
  'node_modules/.package-lock.json',
  'node_modules/.modules.yaml',
  'node_modules/.yarn-state.yml',
];

/** Equal for two runs whose answers about the same texts are the same. */
export function fingerprint(config: ConfigFile, engine: string): string {
  const options = { ...config.options, configFile: undefined };
  const declarations = config.fileNames.filter(isDeclarationFile).map(stampOf);
  const parts: unknown[] = [format, stampOf(__filename), ts.version, engine, config.path, options, declarations];
  for (let folder = config.directory; ; folder = path.posix.dirname(folder)) {
    parts.push(...traces.flatMap((name) => stampOf(path.posix.join(folder, name)) ?? []));
    if (folder === path.posix.dirname(folder)) break;
  }
  return digestOf(JSON.stringify(parts));
}

export function digestOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}

function stampOf(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat && `${file} ${String(stat.size)} ${String(stat.mtimeMs)}`;
}

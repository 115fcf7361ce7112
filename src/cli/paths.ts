/**
 * Why this file exists: what a person names on the command line becomes absolute paths, and absolute paths become what
 * they would name.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { isSourceFileName, listedBy, sourceFilesBelow } from '../analysis/types/config';
import { UsageError } from './usage-error';

/** Absolute, with forward slashes. */
export function absolute(name: string): string {
  return path.resolve(name).replaceAll('\\', '/');
}

/** Relative to the working directory where it lies below it, else absolute; always forward slashes. */
export function shown(file: string): string {
  const relative = path.relative(process.cwd(), file).replaceAll('\\', '/');
  return relative === '' || relative.startsWith('../') || path.isAbsolute(relative) ? file : relative;
}

/**
 * The files that PATHs name: a file itself; for a folder, what its own tsconfig lists, else every source file below it.
 * Without a PATH, those of the tsconfig, or of the working directory.
 */
export function filesNamed(names: readonly string[], tsconfig: string | undefined): readonly string[] {
  if (names.length === 0 && tsconfig !== undefined) return listedBy(tsconfig);
  const files = new Set((names.length === 0 ? ['.'] : names).flatMap((name) => filesOf(name)));
  return [...files].sort();
}

function filesOf(name: string): readonly string[] {
  const file = absolute(name);
  if (!existsSync(file)) throw new UsageError(`Cannot find ${name}.`);
  if (!statSync(file).isDirectory()) {
    if (!isSourceFileName(file)) throw new UsageError(`${name} is not a TypeScript or JavaScript file.`);
    return [file];
  }
  const tsconfig = `${file === '/' ? '' : file}/tsconfig.json`;
  const listed = existsSync(tsconfig) ? listedBy(tsconfig) : [];
  return listed.length > 0 ? listed : sourceFilesBelow(file);
}

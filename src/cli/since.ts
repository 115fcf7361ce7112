/**
 * Why this file exists: `--since REV` checks what changed since a revision and what depends on it, so that CI need not
 * look at everything for a small change.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Project } from '../analysis/project-options';
import { absolute } from './paths';
import { UsageError } from './usage-error';

/** Those of `files` that changed since the work tree parted from `revision`, and those that need them, also in turn. */
export function changedSince(revision: string, files: readonly string[], project: Project): readonly string[] {
  const changed = changedFiles(revision);
  if (changed.some((file) => concernsAll.test(file))) return files;
  const importers = importersOf(files, project);
  const open = changed.filter((file) => importers.has(file) || files.includes(file));
  const found = new Set(open);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const importer of importers.get(next) ?? []) {
      if (found.has(importer)) continue;
      found.add(importer);
      open.push(importer);
    }
  }
  return files.filter((file) => found.has(file));
}

/** A change of these may change the answer for any file. */
const concernsAll = /\/(tsconfig[^/]*|jsconfig|package|package-lock|loopscope)\.json$/;

function importersOf(files: readonly string[], project: Project): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of files) {
    for (const imported of project.imports(file)) {
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [file]);
      else known.push(file);
    }
  }
  return importers;
}

/** Absolute paths: committed since, changed in the work tree, or not tracked yet. */
function changedFiles(revision: string): readonly string[] {
  const top = absolute(git('rev-parse', '--show-cdup').trim() || '.');
  const commit = tried('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`)?.trim();
  if (commit === undefined) throw new UsageError(`git knows no revision "${revision}".`);
  // A shallow clone may lack the commit where both part; the revision itself then answers.
  const base = tried('merge-base', commit, 'HEAD')?.trim() ?? commit;
  const tracked = git('diff', '--name-only', '--no-renames', '-z', base, '--', ':/');
  const untracked = git('ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', ':/');
  return [tracked, untracked].flatMap((list) => list.split('\0')).filter((name) => name !== '').map((name) => path.posix.join(top, name));
}

function git(...args: readonly string[]): string {
  const output = tried(...args);
  if (output === undefined) throw new UsageError(`--since needs git and a repository: git ${args[0] ?? ''} failed here.`);
  return output;
}

function tried(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  return status === 0 ? stdout : undefined;
}

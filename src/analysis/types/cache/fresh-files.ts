/** Why this file exists: a file may be answered from what was kept as long as nothing that it depends on changed. */
import { isDeclarationFile } from './declaration-file';
import type { KeptFile } from './kept';

/** `digestNow` answers the digest of a file as it is now; undefined when it is gone. */
export function freshFiles(
  kept: Readonly<Record<string, KeptFile>>,
  now: readonly string[],
  digestNow: (file: string) => string | undefined,
): Set<string> {
  const entries = Object.entries(kept);
  const changed = entries.filter(([file, { digest }]) => digestNow(file) !== digest);
  // What reaches every file may have changed any answer.
  if (changed.some(([, { isGlobal }]) => isGlobal)) return new Set();
  const added = now.filter((file) => !Object.hasOwn(kept, file) && !isDeclarationFile(file));
  const names = new Set(added.map(importName));
  const stale = new Set(changed.map(([file]) => file));
  // A new file may be what an import of its name now means.
  for (const [file, { specifiers }] of entries) if (specifiers.some((name) => names.has(name))) stale.add(file);
  spread(stale, importersIn(entries));
  return new Set(Object.keys(kept).filter((file) => !stale.has(file)));
}

/** Adds whatever imports a file of the set, directly or not. */
export function spread(files: Set<string>, importers: ReadonlyMap<string, readonly string[]>): void {
  // A set that grows while it is walked is walked to its end.
  for (const file of files) for (const importer of importers.get(file) ?? []) files.add(importer);
}

export function importersIn(
  entries: readonly (readonly [string, Pick<KeptFile, 'imports'>])[],
): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const [file, { imports }] of entries) {
    for (const imported of imports) {
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [file]);
      else known.push(file);
    }
  }
  return importers;
}

/** The last part of what an import says: `./a/b.js` and `./a/b` are `b`, and so is the file `a/b/index.ts`. */
export function importName(path: string): string {
  const parts = path.replace(/(\.d)?\.[cm]?[jt]sx?$/, '').split('/');
  const last = parts.at(-1) ?? '';
  return last === 'index' ? (parts.at(-2) ?? '') : last;
}

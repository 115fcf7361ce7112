/**
 * Why this file exists: which file of the project a relative import means is mostly plain from the names of the files.
 * The server would answer with the symbol of the whole module, once for each import of each file.
 */

/** By the extension that a specifier has: what the file may have in its place, in TypeScript's order. */
const replaced: readonly (readonly [RegExp, readonly string[]])[] = [
  [/\.d\.[cm]?ts$/, []],
  [/\.[cm]?tsx?$/, ['$&']],
  [/\.js$/, ['.ts', '.tsx']],
  [/\.jsx$/, ['.tsx', '.ts']],
  [/\.mjs$/, ['.mts']],
  [/\.cjs$/, ['.cts']],
  [/\.json$/, []],
  [/(?<=[^/.])$/, ['.ts', '.tsx']],
];

/**
 * The file of the project that `file` imports by `specifier`; undefined where only the type checker knows. `isOwn`: it
 * is one of the project's files, which declaration files are not. What stands first in TypeScript's order and is there
 * is imported, and so it is one of the project's.
 */
export function importedFile(
  file: string,
  specifier: string,
  isOwn: (file: string) => boolean,
): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const path = joined(file.slice(0, file.lastIndexOf('/')), specifier);
  const [extension, names] = replaced.find(([each]) => each.test(path)) ?? [];
  return extension && names?.map((name) => path.replace(extension, name)).find(isOwn);
}

function joined(folder: string, relative: string): string {
  const parts = folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

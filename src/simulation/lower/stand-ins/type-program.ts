/**
 * Why this file exists: TypeScript's checker over the files of a program, for what stands in for packages. It is made
 * only where a package cannot run; declaration files are kept for the next time.
 */
import ts from 'typescript';
import type { ReadText } from '../../request';
import type { SourceText } from '../lower-file';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.full.d.ts'],
  types: ['node'],
  strict: true,
  allowJs: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
  jsx: ts.JsxEmit.Preserve,
};

/** Trees of files that no program changes, by path. */
const kept = new Map<string, ts.SourceFile>();

/** `files` are as the program has them; what they import is read, so many imports away from them. */
export function typeProgramOf(
  files: readonly SourceText[],
  directory: string,
  read: ReadText,
  mostSteps = Infinity,
): ts.Program {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const textOf = (path: string): string | undefined => texts.get(path) ?? read(path);
  const libraries = ts
    .getDefaultLibFilePath(options)
    .replaceAll('\\', '/')
    .replace(/[^/]*$/, '');
  const host: ts.CompilerHost = {
    getSourceFile: (path) => {
      const text = textOf(path);
      return text === undefined ? undefined : treeOf(path, text, path.startsWith(libraries));
    },
    getDefaultLibFileName: () => `${libraries}lib.esnext.full.d.ts`,
    getDefaultLibLocation: () => libraries,
    writeFile: () => undefined,
    getCurrentDirectory: () => directory,
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (path) => textOf(path) !== undefined,
    readFile: textOf,
    resolveModuleNameLiterals: (literals, from) => literals.map(({ text }) => resolved(text, from)),
  };
  const steps = new Map(files.map(({ path }) => [path, 0]));
  const cache = ts.createModuleResolutionCache(directory, (name) => name, options);
  const resolved = (name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations => {
    const step = (steps.get(from) ?? 0) + 1;
    if (step > mostSteps) return { resolvedModule: undefined };
    const found = ts.resolveModuleName(name, from, options, host, cache);
    const path = found.resolvedModule?.resolvedFileName;
    if (path !== undefined && !steps.has(path)) steps.set(path, step);
    return found;
  };
  return ts.createProgram({ rootNames: [...texts.keys()], options, host });
}

function treeOf(path: string, text: string, isLibrary: boolean): ts.SourceFile {
  const isKept = isLibrary || path.includes('/node_modules/');
  const known = isKept ? kept.get(path) : undefined;
  if (known?.text === text) return known;
  const tree = ts.createSourceFile(
    path,
    text,
    { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
  );
  if (isKept) kept.set(path, tree);
  return tree;
}

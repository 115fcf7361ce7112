/** Why this file exists: which tsconfig a file belongs to, what it says, and what holds for a file that none names. */
import ts from 'typescript';
import { ProjectError } from '../project-options';

export interface ConfigFile {
  /** Absent for an inferred project. */
  readonly path?: string;
  readonly directory: string;
  readonly options: ts.CompilerOptions;
  readonly fileNames: readonly string[];
  /** Paths of the tsconfigs it references. */
  readonly references: readonly string[];
}

const sourceExtensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** Reads a tsconfig. Throws `ProjectError` when it is missing or does not parse. */
export function readConfig(path: string): ConfigFile {
  if (!ts.sys.fileExists(path)) throw new ProjectError(`Cannot find ${path}.`);
  const read = ts.readConfigFile(path, (file) => ts.sys.readFile(file));
  if (read.error !== undefined) throw new ProjectError(`Cannot read ${path}: ${oneLine(read.error)}`);
  const directory = directoryOf(path);
  const parsed = ts.parseJsonConfigFileContent(read.config, ts.sys, directory, undefined, path);
  const problem = parsed.errors.find(
    (error) => error.category === ts.DiagnosticCategory.Error && !tolerated.has(error.code),
  );
  if (problem !== undefined) throw new ProjectError(`Cannot use ${path}: ${oneLine(problem)}`);
  return {
    path,
    directory,
    options: analysisOptions(parsed.options),
    fileNames: parsed.fileNames.map(slashes),
    references: (parsed.projectReferences ?? []).map((reference) => slashes(ts.resolveProjectReferencePath(reference))),
  };
}

/** No inputs (18002, 18003) is an empty project. */
const tolerated: ReadonlySet<number> = new Set([18002, 18003]);

/** What holds for files outside of every tsconfig: modern, strict, JavaScript included. */
export function inferredConfig(directory: string, fileNames: readonly string[]): ConfigFile {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    jsx: ts.JsxEmit.Preserve,
  };
  return { directory, options: analysisOptions(options), fileNames, references: [] };
}

/** The nearest tsconfig.json or jsconfig.json above a file. */
export function nearestConfig(file: string): string | undefined {
  function find(name: string): string | undefined {
    return ts.findConfigFile(directoryOf(file), (path) => ts.sys.fileExists(path), name);
  }
  const found = [find('tsconfig.json'), find('jsconfig.json')].filter((path) => path !== undefined).map(slashes);
  return found.sort((a, b) => b.length - a.length)[0];
}

/**
 * The files of a tsconfig and of those it references, without declaration files. Throws `ProjectError` when it cannot
 * be used.
 */
export function listedBy(path: string): readonly string[] {
  const files = new Set<string>();
  const seen = new Set<string>();
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const config = readConfig(next);
    for (const file of config.fileNames) if (isSourceFileName(file) && !/\.d\.[mc]?ts$/.test(file)) files.add(file);
    open.push(...config.references);
  }
  return [...files].sort();
}

/** Every TypeScript and JavaScript file below a directory, dependencies and hidden folders left out. */
export function sourceFilesBelow(directory: string): readonly string[] {
  const excluded = ['**/node_modules', '**/dist', '**/.*', '**/*.min.js', '**/*.d.ts', '**/*.d.mts', '**/*.d.cts'];
  return ts.sys.readDirectory(directory, sourceExtensions, excluded, ['**/*']).map(slashes);
}

export function isSourceFileName(file: string): boolean {
  return sourceExtensions.some((extension) => file.endsWith(extension));
}

export function readText(file: string): string | undefined {
  return ts.sys.readFile(file);
}

export function directoryExists(path: string): boolean {
  return ts.sys.directoryExists(path);
}

export function directoryOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

function slashes(path: string): string {
  return path.replaceAll('\\', '/');
}

/** Nothing is emitted; TypeScript 5's habit of loading every `@types` package is kept, which 6 gave up. */
function analysisOptions(options: ts.CompilerOptions): ts.CompilerOptions {
  return {
    ...options,
    allowJs: true,
    noEmit: true,
    skipLibCheck: true,
    types: options.types ?? ['*'],
    incremental: false,
    composite: false,
    declaration: false,
    suppressOutputPathCheck: true,
  };
}

function oneLine(diagnostic: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').replace(/\s+/g, ' ');
}

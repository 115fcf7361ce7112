/**
 * Why this file exists: the files of the program as the lowering hands them over, by number; the first is the entry.
 */
import type { Callable } from './primordials';

/** One file of the program, as the lowering hands it over. */
export interface ModuleSource {
  readonly path: string;
  readonly format: 'commonjs' | 'module' | 'json';
  readonly site: number;
  /** The body: `(exports, require, module, __filename, __dirname)`, or a generator function of the import record. */
  readonly body: Callable | undefined;
  readonly json: string;
  /** Specifier → index of a file, or the name of a built-in module. */
  readonly requests: Readonly<Record<string, number | string>>;
  /** Where each specifier is asked for. */
  readonly requestSites: Readonly<Record<string, number>>;
  /** Requested modules of an ES module in source order. */
  readonly imports: readonly string[];
  readonly reexports: readonly { readonly name: string; readonly from: string; readonly imported: string }[];
  readonly stars: readonly string[];
  readonly hasTopLevelAwait: boolean;
  readonly usedNames: readonly { readonly from: string; readonly name: string }[];
}

/** How a CommonJS or JSON file is run; commonjs.ts says it: the two kinds of module need not know each other. */
export const commonJs: { require(index: number): unknown; isLoaded(index: number): boolean } = {
  require: () => undefined,
  isLoaded: () => false,
};

let sources: readonly ModuleSource[] = [];

export function defineProgram(program: readonly ModuleSource[]): void {
  sources = program;
}

export function sourceAt(index: number): ModuleSource {
  const source = sources[index];
  if (source === undefined) throw new Error(`Loopscope bug: no module ${index}`);
  return source;
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

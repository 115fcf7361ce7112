/**
 * Why this file exists: the files of the program as the lowering hands them over, by number; the first is the entry.
 */
import { NativeSyntaxError, type Callable } from './primordials';

/** The number of a file, the name of a built-in module, or why there is none. */
export type Requested =
  number | string | { readonly code: 'file' | 'package' | 'not-exported' | 'not-imported'; readonly detail: string };

/** One file of the program, as the lowering hands it over. */
export interface ModuleSource {
  readonly path: string;
  /** What its URL has after the path, from `?` or `#` on. */
  readonly query: string;
  /** What is wrong with its text; there is no body then. */
  readonly broken?: string;
  readonly index: number;
  readonly format: 'commonjs' | 'module' | 'json';
  readonly site: number;
  /** The body: `(exports, require, module, __filename, __dirname)`, or a generator function of the import record. */
  readonly body: Callable | undefined;
  readonly json: string;
  /** What each specifier means, by the way it is asked for. */
  readonly requests: Readonly<Record<'require' | 'import', Readonly<Record<string, Requested>>>>;
  /** Where each specifier is asked for. */
  readonly requestSites: Readonly<Record<string, number>>;
  /** Requested modules of an ES module in source order. */
  readonly imports: readonly string[];
  readonly reexports: readonly { readonly name: string; readonly from: string; readonly imported: string }[];
  /** `export * from`; of CommonJS, whose names Node's lexer takes over. */
  readonly stars: readonly string[];
  readonly hasTopLevelAwait: boolean;
  /** Names to be checked before anything runs, with where they are written; -1 for those that only the body uses. */
  readonly usedNames: readonly {
    readonly from: string;
    readonly name: string;
    readonly start: number;
    readonly end: number;
  }[];
  /** Of CommonJS: what Node's lexer sees of its exports. */
  readonly exportNames: readonly string[];
  /** Specifiers with the attribute that Node wants for JSON. */
  readonly jsonImports: readonly string[];
}

/** A file that does not parse is an error of whoever asks for it. */
export function checkText(source: ModuleSource): void {
  if (source.broken !== undefined) throw new NativeSyntaxError(source.broken);
}

/**
 * How a CommonJS or JSON file is read and run for an import; commonjs.ts says it: the two kinds of module need not know
 * each other. What `read` answers is handed to `run`, which answers the exports.
 */
export const commonJs: { read(index: number): object; run(index: number, module: object): unknown } = {
  read: (index) => ({ index }),
  run: () => undefined,
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

export function sourceOf(path: string, query = ''): ModuleSource | undefined {
  return sources.find((each) => each.path === path && (each.query === query || each.format !== 'module'));
}

export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

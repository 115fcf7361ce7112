/**
 * Why this file exists: the names that an ES module may import from a CommonJS file are those that Node's lexer finds
 * in its text, whatever the file exports as it runs. Node 20: lib/internal/modules/esm/translators.js.
 */
import { initSync, parse } from 'cjs-module-lexer';
import ts from 'typescript';

interface File {
  readonly path: string;
  readonly format: 'commonjs' | 'module' | 'json';
  readonly text: string;
  readonly requests: { readonly import: object; readonly require: object };
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  esModuleInterop: true,
};

/** The JavaScript that Node would run. */
function javaScriptOf(file: File): string {
  if (/\.[mc]?jsx?$/.test(file.path)) return file.text;
  return ts.transpileModule(file.text, {
    compilerOptions: options,
    fileName: `module${file.path.endsWith('x') ? '.tsx' : '.ts'}`,
  }).outputText;
}

export interface LexedNames {
  readonly names: string[];
  /** Specifiers of the files whose names are its own, too. */
  readonly reexports: string[];
}

/** Of each CommonJS file that some ES module or `import()` asks for, and of those whose names it passes on. */
export function exportNamesOf<F extends File>(files: readonly F[]): ReadonlyMap<F, LexedNames> {
  const lexed = new Map<F, LexedNames>();
  const imported = new Set(files.flatMap((file) => Object.values(file.requests.import) as unknown[]));
  for (const [index, file] of files.entries()) if (file.format === 'commonjs' && imported.has(index)) lex(file);
  return lexed;

  function lex(file: F): string[] {
    const known = lexed.get(file);
    if (known !== undefined) return known.names;
    const own: LexedNames = { names: [], reexports: [] };
    lexed.set(file, own);
    try {
      initSync();
      const { exports, reexports } = parse(javaScriptOf(file));
      own.names.push(...exports);
      own.reexports.push(...reexports);
      for (const specifier of reexports) {
        const target = (file.requests.require as Record<string, unknown>)[specifier];
        const other = typeof target === 'number' ? files[target] : undefined;
        if (other?.format === 'commonjs') own.names.push(...lex(other));
      }
    } catch {
      // What the lexer cannot read has no names but `default`, as in Node.
    }
    return own.names;
  }
}

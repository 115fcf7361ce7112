/** Why this file exists: our own tree of a file, parsed by TypeScript 6 alone, and what does not parse of it. */
import ts from 'typescript';

/** Comments say nothing that is asked. */
const jsDocParsingMode = ts.JSDocParsingMode.ParseNone;

/** Parses a text; whether it is a module, which depends on options and manifests, is told. */
export function parse(file: string, text: string, isModule: boolean): ts.SourceFile {
  return ts.createSourceFile(
    file,
    text,
    {
      languageVersion: ts.ScriptTarget.Latest,
      jsDocParsingMode,
      setExternalModuleIndicator: (tree) => {
        markModule(tree, isModule);
      },
    },
    true,
  );
}

export function markModule(tree: ts.SourceFile, isModule: boolean): void {
  // What `isExternalModule` reads; the compiler sets it in the callback that it asks for this.
  (tree as { externalModuleIndicator?: true | undefined }).externalModuleIndicator = isModule ? true : undefined;
}

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.Latest,
  module: ts.ModuleKind.ESNext,
  allowJs: true,
  noLib: true,
  noResolve: true,
  types: [],
  jsx: ts.JsxEmit.Preserve,
};

/** What does not parse, among it what JavaScript may not say. */
export function syntaxDiagnostics(tree: ts.SourceFile): readonly ts.Diagnostic[] {
  // What the parser noted is internal; only JavaScript, and what has errors, needs the program that words them.
  const { parseDiagnostics } = tree as ts.SourceFile & { readonly parseDiagnostics?: readonly unknown[] };
  if (parseDiagnostics?.length === 0 && !/\.[cm]?jsx?$/.test(tree.fileName)) return [];
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === tree.fileName ? tree : undefined),
    fileExists: (name) => name === tree.fileName,
    readFile: () => undefined,
    resolveModuleNameLiterals: (literals) => literals.map(() => ({ resolvedModule: undefined })),
    getDefaultLibFileName: () => 'lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
  return ts.createProgram([tree.fileName], options, host).getSyntacticDiagnostics(tree);
}

/**
 * Why this file exists: TypeScript erases types and tells names apart in programs; here one tree is a whole program.
 */
import ts from 'typescript';
import type { EmitSettings } from './lower-file';

/** A program of one tree. */
export function programAround(source: ts.SourceFile, settings: EmitSettings): ts.Program {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    isolatedModules: true,
    noLib: true,
    noResolve: true,
    allowJs: true,
    outDir: '/lowered',
    sourceMap: true,
    esModuleInterop: true,
    removeComments: true,
    noCheck: true, // emitting asks the checker only what it must; nobody reads what else it would find
    newLine: ts.NewLineKind.LineFeed,
    useDefineForClassFields: true,
    ...settings,
  };
  const { fileName } = source;
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === fileName ? source : undefined),
    getDefaultLibFileName: () => '',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === fileName,
    readFile: () => undefined,
  };
  return ts.createProgram({ rootNames: [fileName], options, host });
}

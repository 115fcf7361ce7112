/** Why this file exists: TypeScript's tree of a file, without what its parser makes wrong. */
import ts from 'typescript';
import { isJavaScript } from './early-errors';
import type { ModuleFormat } from './lower-file';
import { putRight, respelled } from './spelling';

/** A file's tree. JavaScript that TypeScript stumbles over is read in another spelling. */
export function treeOf(path: string, text: string, format: ModuleFormat): ts.SourceFile {
  const source = readTree(path, text, format);
  // An internal field: the public way to it wants a program.
  const { parseDiagnostics } = source as unknown as { readonly parseDiagnostics: readonly unknown[] };
  const other = parseDiagnostics.length > 0 && isJavaScript(path) ? respelled(text, format) : undefined;
  if (other === undefined) return source;
  const again = readTree(path, other.text, format);
  putRight(again, text, other);
  return again;
}

function readTree(path: string, text: string, format: ModuleFormat): ts.SourceFile {
  // Without our say TypeScript finds the `import` or `export` that makes a file a module for its CommonJS transform.
  const forced = (tree: ts.SourceFile): void => {
    // An internal field: TypeScript sets `true` itself for files that are modules by their format.
    (tree as { externalModuleIndicator?: unknown }).externalModuleIndicator ??= true;
  };
  const options: ts.CreateSourceFileOptions = {
    languageVersion: ts.ScriptTarget.ES2022,
    impliedNodeFormat: format === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
    ...(format === 'module' ? { setExternalModuleIndicator: forced } : {}),
  };
  const source = ts.createSourceFile(path, text, options, true);
  dropFirstReading(source);
  return source;
}

/**
 * TypeScript reads statements with `await` at the top of a file twice, and keeps some of the first reading that the
 * second covers (parser.ts, reparseTopLevelAwait): they would run twice.
 */
function dropFirstReading(source: ts.SourceFile): void {
  let end = 0;
  const kept = source.statements.filter((statement) => {
    if (statement.pos < end) return false;
    end = statement.end;
    return true;
  });
  if (kept.length === source.statements.length) return;
  const { pos, end: last } = source.statements;
  const statements = ts.setTextRange(ts.factory.createNodeArray(kept), { pos, end: last });
  (source as { statements: ts.NodeArray<ts.Statement> }).statements = statements; // read-only to us, its own to mend
}

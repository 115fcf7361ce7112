/** Why this file exists: a file that only runs in a worker blocks nobody else; its imports say so. */
import ts from 'typescript';
import { workerOnlyNames } from '../known-apis/workers';

/** The file takes its work from `parentPort` or `workerData`, which exist only in a worker. */
export function isWorkerOnly(source: ts.SourceFile): boolean {
  return source.statements.some((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
    if (!/^(node:)?worker_threads$/.test(statement.moduleSpecifier.text)) return false;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return false;
    const names = bindings.elements.map((element) => (element.propertyName ?? element.name).text);
    return names.some((name) => workerOnlyNames.has(name)) && !names.includes('isMainThread');
  });
}

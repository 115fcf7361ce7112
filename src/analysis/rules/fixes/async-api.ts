/**
 * Why this file exists: a `…Sync` call of `node:fs` inside an async function has a twin that waits without blocking;
 * this writes it.
 */
import ts from 'typescript';
import type { FileEdit, Fix } from '../../finding';
import type { DirectBlocking, FileSummary } from '../../flow-model/summary';
import { skipOuter } from '../../syntax';
import { insert, isOperandOfAccess, isTaken, mayAwait } from './edits';

/** Functions of `node:fs` whose promise takes the same arguments and brings the same result. */
const promised: ReadonlySet<string> = new Set(
  (
    'access appendFile chmod chown copyFile cp lchown link lstat lutimes mkdir mkdtemp opendir readdir readFile readlink realpath rename ' +
    'rm rmdir stat statfs symlink truncate unlink utimes writeFile'
  ).split(' '),
);

/** The asynchronous twin, where `await` may stand and the code is sure to compile. */
export function asyncApiFixes(site: DirectBlocking, summary: FileSummary): readonly Fix[] {
  const call = site.node;
  const name = site.api.name.replace(/Sync$/, '');
  if (
    site.api.module !== 'node:fs' ||
    !promised.has(name) ||
    !ts.isCallExpression(call) ||
    call.questionDotToken !== undefined
  )
    return [];
  if (!mayAwait(call) || !hasSameShape(call, name)) return [];
  const callee = skipOuter(call.expression);
  const renamed = ts.isPropertyAccessExpression(callee)
    ? throughNamespace(callee, name, summary)
    : throughImport(callee, name, site.api.name, summary);
  if (renamed === undefined) return [];
  const wrap = isOperandOfAccess(call) ? '(' : '';
  const edits: FileEdit[] = [
    ...renamed.edits,
    { file: summary.file, range: { start: call.getStart(), end: callee.end }, newText: `${wrap}await ${renamed.text}` },
  ];
  if (wrap !== '') edits.push(insert(summary.file, call.end, ')'));
  return [{ title: `Use await ${renamed.text}`, edits, preferred: true }];
}

/** A file descriptor and `throwIfNoEntry` exist only in the synchronous forms. */
function hasSameShape(call: ts.CallExpression, name: string): boolean {
  const [first, ...others] = call.arguments;
  if (first === undefined || ts.isSpreadElement(first) || ts.isNumericLiteral(skipOuter(first))) return false;
  if (/^(stat|lstat|statfs)$/.test(name) && others.length > 0) return false;
  return !/(^|\.)(fd|stdin|descriptor)$/.test(first.getText());
}

interface Renamed {
  readonly text: string;
  readonly edits: readonly FileEdit[];
}

/** `fs.readFileSync` → `fs.promises.readFile`, when `fs` is the module itself. */
function throughNamespace(
  callee: ts.PropertyAccessExpression,
  name: string,
  { source }: FileSummary,
): Renamed | undefined {
  if (!ts.isIdentifier(callee.expression) || callee.questionDotToken !== undefined) return undefined;
  const namespace = callee.expression.text;
  return namesFs(source, namespace) ? { text: `${namespace}.promises.${name}`, edits: [] } : undefined;
}

function namesFs(source: ts.SourceFile, name: string): boolean {
  return source.statements.some((statement) => {
    if (ts.isImportEqualsDeclaration(statement))
      return statement.name.text === name && /['"](node:)?fs['"]/.test(statement.moduleReference.getText());
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.some(
        (each) =>
          each.name.getText() === name && /^require\(['"](node:)?fs['"]\)$/.test(each.initializer?.getText() ?? ''),
      );
    }
    if (!isImportOf(statement, /^(node:)?fs$/)) return false;
    const clause = statement.importClause;
    const bindings = clause?.namedBindings;
    return (
      clause?.name?.text === name ||
      (bindings !== undefined && ts.isNamespaceImport(bindings) && bindings.name.text === name)
    );
  });
}

/** `readFileSync` → `readFile`, imported from `node:fs/promises`, under another name where that one is taken. */
function throughImport(
  callee: ts.Expression,
  name: string,
  syncName: string,
  { source, file }: FileSummary,
): Renamed | undefined {
  if (!ts.isIdentifier(callee)) return undefined;
  const imported = source.statements.find(
    (statement) => isImportOf(statement, /^(node:)?fs$/) && importedAs(statement, syncName) === callee.text,
  );
  if (imported === undefined) return undefined;
  const promises = source.statements.find(
    (statement) => isImportOf(statement, /^(node:)?fs\/promises$/) && namedImports(statement) !== undefined,
  );
  const already = promises === undefined ? undefined : importedAs(promises, name);
  if (already !== undefined) return { text: already, edits: [] };
  const local = isTaken(source, name) ? `${name}Async` : name;
  if (local !== name && isTaken(source, local)) return undefined;
  const specifier = local === name ? name : `${name} as ${local}`;
  const list = promises === undefined ? undefined : namedImports(promises);
  const last = list?.elements.at(-1);
  if (last !== undefined) return { text: local, edits: [insert(file, last.end, `, ${specifier}`)] };
  const quote = imported.getText().includes('"') ? '"' : "'";
  const semicolon = imported.getText().endsWith(';') ? ';' : '';
  const line = `\nimport { ${specifier} } from ${quote}node:fs/promises${quote}${semicolon}`;
  return { text: local, edits: [insert(file, imported.end, line)] };
}

function isImportOf(statement: ts.Statement, module: RegExp): statement is ts.ImportDeclaration {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return false;
  return (
    module.test(statement.moduleSpecifier.text) && statement.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword
  );
}

function namedImports(statement: ts.Statement): ts.NamedImports | undefined {
  const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings : undefined;
}

function importedAs(statement: ts.Statement, name: string): string | undefined {
  return namedImports(statement)?.elements.find((element) => (element.propertyName ?? element.name).text === name)?.name
    .text;
}

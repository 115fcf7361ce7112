/** Why this file exists: one file of TypeScript or JavaScript becomes the body of one module of the guest program. */
import ts from 'typescript';
import { block } from './build';
import { callableNames, type CallableNames } from './callable-names';
import { doesNotParse, earlyError, isJavaScript } from './early-errors';
import { esModules } from './es-modules';
import { faultPlaces } from './fault-places';
import { guessRequests } from './guesses';
import { commonJsModules, newFacts, type ModuleFacts } from './modules';
import { handedOverNames } from './received';
import { addSite, lastSite, type SiteTable } from './sites';
import { treeOf } from './file-tree';
import { constantNames } from './constants';
import { programAround } from './one-file-program';
import type { Lowering } from './lowering';
import { closeScopes, mayBeLeftByErrors } from './left-by-errors';
import { takenName } from './taken-names';
import { keyVariables, withKeys } from './branding';
import { declaresEval } from './evals';
import { saysStrict } from './strictness';
import { walk } from './transform';
import { plainScope, type Scope } from './scope';
import { undeclaredNames } from './undeclared';
import { withWindowNames } from './window-names';

export interface SourceText {
  /** Absolute, forward slashes. */
  readonly path: string;
  readonly text: string;
  /** It stands in for a package: the values that it makes are no calls of anybody's. */
  readonly standsFor?: string;
}

export type ModuleFormat = 'commonjs' | 'module';

/** Settings of the user's tsconfig that change what the program does. */
export interface EmitSettings {
  readonly experimentalDecorators?: boolean;
  readonly emitDecoratorMetadata?: boolean;
  readonly useDefineForClassFields?: boolean;
  readonly verbatimModuleSyntax?: boolean;
  readonly alwaysStrict?: boolean;
}

export interface LoweredFile {
  /** The text of a function expression: the module's body. */
  readonly code: string;
  /** Source map of the code, version 3: its `mappings`. */
  readonly mappings: string;
  /** Where errors may arise, in V8's words: JSON, read when the first error is made. */
  readonly faults: string;
  /** Where each specifier is asked for. */
  readonly requestSites: Readonly<Record<string, number>>;
  /** Site of the module as a whole. */
  readonly site: number;
  readonly facts: ModuleFacts;
}

export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}

/** A program of one file: enough for the compiler to erase types and for the checker to tell imports from locals. */
function programOf(
  file: SourceText,
  format: ModuleFormat,
  settings: EmitSettings,
): { program: ts.Program; source: ts.SourceFile } {
  // A shebang is no JavaScript; a comment of its length leaves every place where it is.
  const source = treeOf(file.path, file.text.replace(/^#!/, '//'), format);
  // Node runs JavaScript as it is written: TypeScript's default for its own files would make every script strict.
  const asWritten = isJavaScript(file.path) ? { alwaysStrict: false } : {};
  return { program: programAround(source, { ...settings, ...asWritten }), source };
}

/** The first syntax error of a file, or undefined. */
function syntaxProblem(program: ts.Program, source: ts.SourceFile): SyntaxProblem | undefined {
  const [first] = program.getSyntacticDiagnostics(source);
  if (first !== undefined)
    return {
      message: doesNotParse(ts.flattenDiagnosticMessageText(first.messageText, ' ')),
      offset: first.start,
    };
  return undefined;
}

function usesJsx(source: ts.SourceFile): ts.Node | undefined {
  if (source.languageVariant !== ts.LanguageVariant.JSX) return undefined;
  const find = (node: ts.Node): ts.Node | undefined =>
    ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)
      ? node
      : ts.forEachChild(node, find);
  return find(source);
}

/** A page's own file: a classic script, or a module. */
export type PageFile = 'script' | 'module';

/** Lowers a file. Problems are data: the first syntax error, or JSX, which is not modelled. */
export function lowerFile(
  file: SourceText,
  index: number,
  format: ModuleFormat,
  settings: EmitSettings,
  table: SiteTable,
  isQuiet: Lowering['isQuiet'],
  page?: PageFile,
): LoweredFile | SyntaxProblem {
  const { program, source } = programOf(file, format, settings);
  const jsx = usesJsx(source);
  if (jsx !== undefined)
    return {
      message: 'JSX is not modelled: put the asynchronous code into a file without it.',
      offset: jsx.getStart(source),
    };
  const early = format === 'commonjs' ? topLevelAwait(source.statements) : undefined;
  if (early !== undefined) return { message: awaitInCommonJs, offset: early.getStart(source) };
  const problem = isJavaScript(file.path) ? earlyError(file.text, format) : syntaxProblem(program, source);
  if (problem !== undefined) return problem;
  const taken = takenName(source);
  if (taken !== undefined) return taken;
  const facts = newFacts();
  const modules = format === 'module' ? esModules(facts, program.getTypeChecker(), source) : commonJsModules(facts);
  const site = addSite(table, index, source, source, 'module', { name: baseName(file.path), color: 'sync' }) ?? 0;
  const own = fileLowering(source, format, settings);
  const isMadeUp = file.standsFor !== undefined;
  const isScriptOfPage = page === 'script';
  const isUndeclared = page && undeclaredNames(program.getTypeChecker());
  const constantOf = constantNames(source, () => program.getTypeChecker());
  let code = '';
  let map = '';
  const emitted = program.emit(
    source,
    (name, text) => {
      if (name.endsWith('.map')) map = text;
      else code = text;
    },
    undefined,
    false,
    {
      after: [
        moduleTransformer(
          { ...own, isMadeUp, isScriptOfPage, isUndeclared, constantOf, file: index, table, modules, isQuiet, walk },
          format,
        ),
        ...(mayBeLeftByErrors(file.text) ? [closeScopes] : []),
      ],
    },
  );
  if (code === '' && emitted.emitSkipped) return { message: 'This file could not be compiled.', offset: 0 };
  guessRequests(source, facts, ['import', 'require']);
  const { mappings } = JSON.parse(map) as { mappings: string }; // TypeScript's own source map
  const faults = JSON.stringify(faultPlaces(source, own, settings.experimentalDecorators === true));
  const requestSites = requestSitesOf(facts, index, source, table);
  return { code: bareFunction(code), mappings, faults, requestSites, site, facts };
}

interface FileLowering
  extends Pick<Lowering, 'source' | 'isStrict' | 'redefinesEval' | 'keys' | 'givenNames' | 'handedOver' | 'receivers'> {
  readonly callable: CallableNames;
}

/** What is true of the file as a whole. */
function fileLowering(
  source: ts.SourceFile,
  format: ModuleFormat,
  settings: EmitSettings,
): FileLowering {
  const asTypeScript = !isJavaScript(source.fileName) && settings.alwaysStrict !== false;
  const isStrict = format === 'module' || asTypeScript || saysStrict(source.statements);
  const callable = callableNames(source);
  const handedOver = handedOverNames(source);
  const redefinesEval = declaresEval(source);
  const given = { keys: [], givenNames: new Map(), receivers: new Map() };
  return { source, isStrict, redefinesEval, callable, handedOver, ...given };
}

function requestSitesOf(
  facts: ModuleFacts,
  file: number,
  source: ts.SourceFile,
  table: SiteTable,
): Record<string, number> {
  const sites: Record<string, number> = {};
  for (const { specifier, offset } of facts.requests) {
    const start = offset + (/^\s*/.exec(source.text.slice(offset))?.[0].length ?? 0);
    table.sites.push({ file, kind: 'expression', start, end: Math.min(start + 1, source.text.length) });
    table.texts.push(null);
    sites[specifier] = lastSite(table);
  }
  return sites;
}

/**
 * What is left is one parenthesized function; TypeScript adds `export {}` to mark a module, and the name of the map.
 */
function bareFunction(emitted: string): string {
  const code = emitted
    .replace(/\/\/# sourceMappingURL=.*\s*$/, '')
    .replace(/export \{\s*\};?\s*$/, '')
    .trim()
    .replace(/;$/, '');
  if (code.startsWith('(')) return code;
  // Helpers of TypeScript (decorators, `using`) stand before it: they belong to this file alone.
  const at = code.lastIndexOf('\n(function') + 1;
  return `(() => { ${code.slice(0, at)}return ${code.slice(at)}; })()`;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function moduleTransformer(
  lowering: Omit<Lowering, 'context'>,
  format: ModuleFormat,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (root) => {
    const body = moduleBody({ ...lowering, context }, root, format);
    return ts.factory.updateSourceFile(root, [
      ts.factory.createExpressionStatement(ts.factory.createParenthesizedExpression(body)),
    ]);
  };
}

function parameters(names: readonly string[]): ts.ParameterDeclaration[] {
  return names.map((name) => ts.factory.createParameterDeclaration(undefined, undefined, name));
}

function moduleBody(lowering: Lowering, root: ts.SourceFile, format: ModuleFormat): ts.FunctionExpression {
  const scope: Scope = { ...plainScope, kind: format === 'module' ? 'async' : 'sync' };
  const statements = lowering.modules.statements(root.statements);
  if (format === 'commonjs') {
    const lowered = withKeys(lowering, walk.statements(lowering, statements, scope, true));
    const body = lowering.isScriptOfPage === true ? withWindowNames(root.statements, lowered) : lowered;
    return ts.factory.createFunctionExpression(
      undefined,
      undefined,
      undefined,
      undefined,
      parameters(['exports', 'require', 'module', '__filename', '__dirname']),
      undefined,
      block(body),
    );
  }
  lowering.modules.facts.hasTopLevelAwait = topLevelAwait(statements) !== undefined;
  const lowered = walk.statements(lowering, statements, scope, true);
  // Hoisted async functions are variables that must be set before the exports are asked for.
  const hoisted = lowered.filter((each) => isHoistedAsync(each));
  const rest = lowered.filter((each) => !isHoistedAsync(each));
  const strict = ts.factory.createExpressionStatement(ts.factory.createStringLiteral('use strict'));
  const star = ts.factory.createToken(ts.SyntaxKind.AsteriskToken);
  return ts.factory.createFunctionExpression(
    undefined,
    star,
    undefined,
    undefined,
    parameters(['$_mod']),
    undefined,
    block([strict, ...keyVariables(lowering), ...hoisted, ...lowering.modules.prologue(), ...rest]),
  );
}

function isHoistedAsync(node: ts.Statement): boolean {
  if (!ts.isVariableStatement(node)) return false;
  const [declaration] = node.declarationList.declarations;
  return (
    declaration?.initializer !== undefined && ts.isFunctionDeclaration(ts.getOriginalNode(declaration.initializer))
  );
}

const awaitInCommonJs =
  'Top-level await needs an ES module: name the file .mts, or set "type": "module" in package.json.';

/** The first `await` that stands in no function. */
function topLevelAwait(statements: readonly ts.Statement[]): ts.Node | undefined {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return undefined;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return node;
    return ts.forEachChild(node, find);
  };
  for (const each of statements) {
    const found = find(each);
    if (found) return found;
  }
  return undefined;
}

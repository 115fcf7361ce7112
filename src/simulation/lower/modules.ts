/**
 * Why this file exists: what a file asks of other modules is collected while it is lowered, so that the host can find
 * it; in CommonJS nothing else is to be done.
 */
import ts from 'typescript';
import type { How } from './resolve';
import { callProbe, literal, probe } from './build';

export interface Reexport {
  readonly name: string;
  readonly from: string;
  readonly imported: string;
}

/** A module that a file asks for. */
export interface ModuleRequest {
  readonly specifier: string;
  readonly how: How;
  /** Where, in the file. */
  readonly offset: number;
  /** Asked for by `require` or `import()` only: when it is missing, the program is told as it runs. */
  isOptional: boolean;
  /** With the attribute that Node wants for JSON. */
  isJson: boolean;
}

/** What the rest of the program must know of a file. */
export interface ModuleFacts {
  /** In order of appearance. */
  readonly requests: ModuleRequest[];
  /** Requested modules of an ES module, in source order. */
  readonly imports: string[];
  readonly reexports: Reexport[];
  readonly stars: string[];
  readonly usedNames: UsedName[];
  hasTopLevelAwait: boolean;
}

/** A name that a file takes from another: when the other has none of it, that is an error before anything runs. */
export interface UsedName {
  readonly from: string;
  readonly name: string;
  /** Where it is written, -1 when only the body uses it. */
  readonly start: number;
  readonly end: number;
}

/** A name of an import that text which becomes code may use, by the variable that stands for its module. */
export interface VisibleImport {
  readonly name: string;
  readonly variable: string;
  readonly imported: string;
}

export interface ModuleLowering {
  readonly facts: ModuleFacts;
  /** What is imported and can be named at a place. */
  visibleImports(node: ts.Node): readonly VisibleImport[];
  /** The file's statements without `import` and `export`. */
  statements(statements: readonly ts.Statement[]): ts.Statement[];
  /** The lowered node where a node has to do with modules, else undefined. */
  expression(node: ts.Node, visit: (child: ts.Node) => ts.Node): ts.Node | undefined;
  /** What stands before the body of an ES module: its exports, then its imports, each followed by a native `yield`. */
  prologue(): ts.Statement[];
}

export function newFacts(): ModuleFacts {
  return {
    requests: [],
    imports: [],
    reexports: [],
    stars: [],
    usedNames: [],
    hasTopLevelAwait: false,
  };
}

export function specifierOf(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** The attribute `with { type: 'json' }`; that of `import()` is seen as it runs. */
function asksForJson(node: ts.Node): boolean {
  const original = ts.getOriginalNode(node);
  if (!ts.isImportDeclaration(original) && !ts.isExportDeclaration(original)) return false;
  const attributes = original.attributes?.elements ?? [];
  return attributes.some((each) => each.name.text === 'type' && specifierOf(each.value) === 'json');
}

/** `import()` with the file it stands in: both kinds of module have it. */
export function dynamicImport(
  node: ts.Node,
  facts: ModuleFacts,
  visit: (child: ts.Node) => ts.Node,
): ts.Node | undefined {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = node.arguments;
  const specifier = specifierOf(argument);
  if (specifier !== undefined) request(facts, specifier, 'import', node, true);
  // Arguments stay expressions.
  const operands = node.arguments.map((each) => visit(each) as ts.Expression);
  return callProbe('m', probe('src'), ...(argument ? operands : [literal('')]));
}

/** `from` decides where an error is shown; the same specifier may be asked for in both ways. */
export function request(facts: ModuleFacts, specifier: string, how: How, from: ts.Node, isOptional: boolean): void {
  const isJson = asksForJson(from);
  const known = facts.requests.find((each) => each.specifier === specifier && each.how === how);
  if (known !== undefined) {
    known.isOptional &&= isOptional;
    known.isJson ||= isJson;
    return;
  }
  const offset = Math.max(ts.getOriginalNode(from).pos, 0);
  facts.requests.push({ specifier, how, offset, isOptional, isJson });
}

/** A `require` that TypeScript made of an `import`. */
function isImport(node: ts.Node): boolean {
  const original = ts.getOriginalNode(node);
  return (
    original.pos < 0 ||
    ts.isImportDeclaration(original) ||
    ts.isExportDeclaration(original) ||
    !ts.isCallExpression(original)
  );
}

function isRequireResolve(node: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const { expression, name } = node.expression;
  return ts.isIdentifier(expression) && expression.text === 'require' && name.text === 'resolve';
}

/** CommonJS: TypeScript has already made `require` calls of its imports; they are only collected. */
export function commonJsModules(facts: ModuleFacts): ModuleLowering {
  return {
    facts,
    visibleImports: () => [],
    statements: (statements) => [...statements],
    expression(node, visit) {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require') {
        const specifier = specifierOf(node.arguments[0]);
        if (specifier !== undefined) request(facts, specifier, 'require', node, !isImport(node));
      } else if (isRequireResolve(node)) {
        const specifier = specifierOf(node.arguments[0]);
        if (specifier !== undefined) request(facts, specifier, 'require', node, true);
      }
      return dynamicImport(node, facts, visit);
    },
    prologue: () => [],
  };
}

/**
 * Why this file exists: `import` and `export` become reads of live bindings and a list of getters (ECMA-262 §16.2);
 * what a file asks for is
 * collected, so that the host can find it.
 */
import ts from 'typescript';
import { namesIn } from './names-used';
import { callMethod, callProbe, constant, literal, probe, property, statement } from './build';

const { factory } = ts;

export interface Reexport {
  readonly name: string;
  readonly from: string;
  readonly imported: string;
}

/** What the rest of the program must know of a file. */
export interface ModuleFacts {
  /** Specifiers that are written out, with where, in order of appearance. */
  readonly requests: Map<string, number>;
  /** Those that only `require` or `import()` asks for: when they are missing, the program is told as it runs. */
  readonly optional: Set<string>;
  /** Requested modules of an ES module, in source order. */
  readonly imports: string[];
  readonly reexports: Reexport[];
  readonly stars: string[];
  readonly usedNames: { readonly from: string; readonly name: string }[];
  hasTopLevelAwait: boolean;
}

export interface ModuleLowering {
  readonly facts: ModuleFacts;
  /** The file's statements without `import` and `export`. */
  statements(statements: readonly ts.Statement[]): ts.Statement[];
  /** The lowered node where a node has to do with modules, else undefined. */
  expression(node: ts.Node, visit: (child: ts.Node) => ts.Node): ts.Node | undefined;
  /** What stands before the body of an ES module: its exports, then its imports, each followed by a native `yield`. */
  prologue(): ts.Statement[];
}

export function newFacts(): ModuleFacts {
  return {
    requests: new Map(),
    optional: new Set(),
    imports: [],
    reexports: [],
    stars: [],
    usedNames: [],
    hasTopLevelAwait: false,
  };
}

function specifierOf(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** `import()` with the file it stands in: both kinds of module have it. */
function dynamicImport(node: ts.Node, facts: ModuleFacts, visit: (child: ts.Node) => ts.Node): ts.Node | undefined {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
  const [argument] = node.arguments;
  const specifier = specifierOf(argument);
  if (specifier !== undefined) requestLater(facts, specifier, node);
  // An argument stays an expression.
  return callProbe('m', probe('src'), argument ? (visit(argument) as ts.Expression) : literal(''));
}

function request(facts: ModuleFacts, specifier: string, node: ts.Node): void {
  if (!facts.requests.has(specifier)) facts.requests.set(specifier, Math.max(ts.getOriginalNode(node).pos, 0));
}

function requestLater(facts: ModuleFacts, specifier: string, node: ts.Node): void {
  if (!facts.requests.has(specifier) && !isImport(node)) facts.optional.add(specifier);
  request(facts, specifier, node);
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

/** CommonJS: TypeScript has already made `require` calls of its imports; they are only collected. */
export function commonJsModules(facts: ModuleFacts): ModuleLowering {
  return {
    facts,
    statements: (statements) => [...statements],
    expression(node, visit) {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require') {
        const specifier = specifierOf(node.arguments[0]);
        if (specifier !== undefined) requestLater(facts, specifier, node);
      }
      return dynamicImport(node, facts, visit);
    },
    prologue: () => [],
  };
}

interface Binding {
  readonly from: string;
  readonly name: string;
}

/** ES modules. `checker` tells which identifiers are imports. */
export function esModules(facts: ModuleFacts, checker: ts.TypeChecker): ModuleLowering {
  const exported: ts.PropertyAssignment[] = [];
  const variables = new Map<string, string>();

  function variableOf(from: string): string {
    const known = variables.get(from);
    if (known !== undefined) return known;
    const name = `im${variables.size}`;
    variables.set(from, name);
    return name;
  }

  function use(binding: Binding): ts.Expression {
    if (!facts.usedNames.some((each) => each.from === binding.from && each.name === binding.name))
      facts.usedNames.push(binding);
    return factory.createElementAccessExpression(probe(variableOf(binding.from)), literal(binding.name));
  }

  function referenceTo(identifier: ts.Identifier): ts.Expression | undefined {
    const original = ts.getOriginalNode(identifier);
    if (original.pos < 0 || !ts.isIdentifier(original)) return undefined;
    const { parent } = original;
    const symbol = ts.isShorthandPropertyAssignment(parent)
      ? checker.getShorthandAssignmentValueSymbol(parent)
      : checker.getSymbolAtLocation(original);
    const binding = symbol && bindingOf(symbol);
    return binding && use(binding);
  }

  function exportGetter(name: string, value: ts.Expression): void {
    const getter = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, value);
    exported.push(factory.createPropertyAssignment(factory.createStringLiteral(name), getter));
  }

  function exportFrom(node: ts.ExportDeclaration, from: string): void {
    addImport(facts, from, node);
    const clause = node.exportClause;
    if (clause === undefined) facts.stars.push(from);
    else if (ts.isNamespaceExport(clause)) facts.reexports.push({ name: clause.name.text, from, imported: '*' });
    else {
      for (const each of clause.elements) {
        const imported = (each.propertyName ?? each.name).text;
        facts.reexports.push({ name: each.name.text, from, imported });
        facts.usedNames.push({ from, name: imported });
      }
    }
  }

  function exportNames(node: ts.ExportDeclaration): void {
    if (node.exportClause === undefined || !ts.isNamedExports(node.exportClause)) return;
    for (const each of node.exportClause.elements) {
      const original = ts.getOriginalNode(each);
      const symbol = ts.isExportSpecifier(original) ? checker.getExportSpecifierLocalTargetSymbol(original) : undefined;
      const binding = symbol && bindingOf(symbol);
      const local = each.propertyName ?? each.name;
      if (binding) facts.reexports.push({ name: each.name.text, from: binding.from, imported: binding.name });
      else exportGetter(each.name.text, factory.createIdentifier(local.text));
    }
  }

  function strip(node: ts.Statement): ts.Statement[] {
    if (ts.isImportDeclaration(node)) {
      addImport(facts, specifierOf(node.moduleSpecifier) ?? '', node);
      return [];
    }
    if (ts.isExportDeclaration(node)) {
      const from = specifierOf(node.moduleSpecifier);
      if (from === undefined) exportNames(node);
      else exportFrom(node, from);
      return [];
    }
    if (ts.isExportAssignment(node)) {
      exportGetter('default', probe('default'));
      const object = factory.createObjectLiteralExpression([
        factory.createPropertyAssignment('default', node.expression),
      ]);
      return [
        ts.setOriginalNode(
          constant('default', property(factory.createParenthesizedExpression(object), 'default')),
          node,
        ),
      ];
    }
    return [withoutExport(node, exportGetter)];
  }

  return {
    facts,
    statements: (statements) => statements.flatMap(strip),
    expression(node, visit) {
      if (ts.isIdentifier(node)) return referenceTo(node);
      if (ts.isShorthandPropertyAssignment(node)) {
        const value = referenceTo(node.name);
        return value && factory.createPropertyAssignment(node.name, value);
      }
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        return property(probe('mod'), 'meta');
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
        const callee = referenceTo(node.expression);
        // Arguments stay expressions.
        if (callee)
          return factory.createCallExpression(
            detached(callee),
            undefined,
            node.arguments.map((each) => visit(each) as ts.Expression),
          );
      }
      if (ts.isTaggedTemplateExpression(node) && ts.isIdentifier(node.tag)) {
        const tag = referenceTo(node.tag);
        // A template stays one.
        if (tag)
          return factory.createTaggedTemplateExpression(
            detached(tag),
            undefined,
            visit(node.template) as ts.TemplateLiteral,
          );
      }
      return dynamicImport(node, facts, visit);
    },
    prologue() {
      const pause = statement(factory.createYieldExpression(undefined, undefined));
      const exports = statement(callMethod(probe('mod'), 'export', factory.createObjectLiteralExpression(exported)));
      const imports = [...variables].map(([from, name]) =>
        statement(factory.createAssignment(probe(name), callMethod(probe('mod'), 'import', literal(from)))),
      );
      const names = [...variables.values()].map((name) => constant(name, undefined, ts.NodeFlags.Let));
      return [...names, exports, pause, ...imports, pause];
    },
  };
}

/** `(0, f)`: an imported function is called without a receiver. */
function detached(value: ts.Expression): ts.Expression {
  return factory.createParenthesizedExpression(factory.createComma(literal(0), value));
}

function addImport(facts: ModuleFacts, specifier: string, node: ts.Node): void {
  request(facts, specifier, node);
  if (!facts.imports.includes(specifier)) facts.imports.push(specifier);
}

function bindingOf(symbol: ts.Symbol): Binding | undefined {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return undefined;
  if (ts.isImportSpecifier(declaration)) {
    const from = specifierOf(declaration.parent.parent.parent.moduleSpecifier);
    return from === undefined ? undefined : { from, name: (declaration.propertyName ?? declaration.name).text };
  }
  if (ts.isImportClause(declaration))
    return { from: specifierOf(declaration.parent.moduleSpecifier) ?? '', name: 'default' };
  if (ts.isNamespaceImport(declaration))
    return { from: specifierOf(declaration.parent.parent.moduleSpecifier) ?? '', name: '*' };
  return undefined;
}

/** A declaration without its `export`, which is noted. */
function withoutExport(node: ts.Statement, note: (name: string, value: ts.Expression) => void): ts.Statement {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (!modifiers.some((each) => each.kind === ts.SyntaxKind.ExportKeyword)) return node;
  const isDefault = modifiers.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword);
  const rest = modifiers.filter(
    (each) => each.kind !== ts.SyntaxKind.ExportKeyword && each.kind !== ts.SyntaxKind.DefaultKeyword,
  );
  if (ts.isVariableStatement(node)) {
    for (const each of node.declarationList.declarations)
      for (const name of namesIn(each.name)) note(name, factory.createIdentifier(name));
    return factory.updateVariableStatement(node, rest, node.declarationList);
  }
  if (ts.isFunctionDeclaration(node)) {
    const name = node.name ?? probe('default');
    note(isDefault ? 'default' : name.text, factory.createIdentifier(name.text));
    return factory.updateFunctionDeclaration(
      node,
      rest,
      node.asteriskToken,
      name,
      undefined,
      node.parameters,
      undefined,
      node.body,
    );
  }
  if (ts.isClassDeclaration(node)) {
    const name = node.name ?? probe('default');
    note(isDefault ? 'default' : name.text, factory.createIdentifier(name.text));
    return factory.updateClassDeclaration(node, rest, name, undefined, node.heritageClauses, node.members);
  }
  return node;
}

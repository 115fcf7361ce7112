/**
 * Why this file exists: `import` and `export` become reads of live bindings and a list of getters (ECMA-262 §16.2).
 */
import ts from 'typescript';
import { callMethod, constant, literal, probe, property, statement } from './build';
import { isPropertyName, liveBinding, readOfImport, symbolOf } from './imported-reads';
import { dynamicImport, request, specifierOf, type ModuleFacts, type ModuleLowering, type VisibleImport } from './modules';
import { namesIn } from './names-used';

const { factory } = ts;

function useName(facts: ModuleFacts, from: string, name: string, at?: ts.Node): void {
  if (facts.usedNames.some((each) => each.from === from && each.name === name)) return;
  const original = at && ts.getOriginalNode(at);
  const isWritten = original !== undefined && original.pos >= 0;
  facts.usedNames.push({ from, name, start: isWritten ? original.getStart() : -1, end: isWritten ? original.end : -1 });
}

/** Every name that an import declaration still has is checked, used or not. */
function useImported(facts: ModuleFacts, node: ts.ImportDeclaration, from: string): void {
  const clause = node.importClause;
  if (clause?.name) useName(facts, from, 'default', clause.name);
  const bindings = clause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return;
  for (const each of bindings.elements)
    useName(facts, from, (each.propertyName ?? each.name).text, each.propertyName ?? each.name);
}

interface Binding {
  readonly from: string;
  readonly name: string;
}

/** The names under which a file knows what it imports. */
function importedNames({ statements }: ts.SourceFile): ReadonlySet<string> {
  return new Set(statements.flatMap((each) => (ts.isImportDeclaration(each) ? namesOf(each) : [])));
}

function namesOf({ importClause }: ts.ImportDeclaration): string[] {
  const own = importClause?.name ? [importClause.name.text] : [];
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return own;
  if (ts.isNamespaceImport(bindings)) return [...own, bindings.name.text];
  return [...own, ...bindings.elements.map(({ name }) => name.text)];
}

/**
 * ES modules. `checker` tells which identifiers are imports. It is asked for names that may be one alone: for those of
 * properties it would look for types, and it has none of the library.
 */
export function esModules(facts: ModuleFacts, checker: ts.TypeChecker, source: ts.SourceFile): ModuleLowering {
  const imported = importedNames(source);
  /** Those that the compiler has not erased. */
  const kept = new Set<string>();
  const exported: ts.PropertyAssignment[] = [];
  const variables = new Map<string, string>();
  /** `export default function () {}` is hoisted under a name of ours, and shows the language's. */
  let hasNamelessFunction = false;

  function variableOf(from: string): string {
    const known = variables.get(from);
    if (known !== undefined) return known;
    const name = `im${variables.size}`;
    variables.set(from, name);
    return name;
  }

  function use({ from, name }: Binding): ts.Expression {
    useName(facts, from, name);
    return liveBinding(variableOf(from), name);
  }

  function referenceTo(identifier: ts.Identifier): ts.Expression | undefined {
    const original = ts.getOriginalNode(identifier);
    if (original.pos < 0 || !ts.isIdentifier(original)) return undefined;
    if (isPropertyName(original) || !imported.has(original.text)) return undefined;
    const symbol = symbolOf(checker, original);
    const binding = symbol && bindingOf(symbol);
    return binding && use(binding);
  }

  /** What is imported and not hidden by another name there, as far as the compiler has left it. */
  function visibleImports(node: ts.Node): VisibleImport[] {
    const place = ts.getOriginalNode(node);
    if (place.pos < 0 || kept.size === 0) return [];
    const symbols = checker.getSymbolsInScope(place, ts.SymbolFlags.Value | ts.SymbolFlags.Alias);
    return symbols.flatMap((symbol) => {
      const binding = kept.has(symbol.name) ? bindingOf(symbol) : undefined;
      if (binding === undefined) return [];
      useName(facts, binding.from, binding.name);
      return [{ name: symbol.name, variable: variableOf(binding.from), imported: binding.name }];
    });
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
        useName(facts, from, imported, each.propertyName ?? each.name);
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

  /** A value that the language names `default` where it has no name: by its place in an object literal. */
  function defaultValue(node: ts.Statement, value: ts.Expression): ts.Statement {
    exportGetter('default', probe('default'));
    const object = factory.createObjectLiteralExpression([factory.createPropertyAssignment('default', value)]);
    const named = property(factory.createParenthesizedExpression(object), 'default');
    return ts.setOriginalNode(constant('default', named), node);
  }

  function strip(node: ts.Statement): ts.Statement[] {
    if (ts.isImportDeclaration(node)) {
      const from = specifierOf(node.moduleSpecifier) ?? '';
      addImport(facts, from, node);
      useImported(facts, node, from);
      for (const name of namesOf(node)) kept.add(name);
      return [];
    }
    if (ts.isExportDeclaration(node)) {
      const from = specifierOf(node.moduleSpecifier);
      if (from === undefined) exportNames(node);
      else exportFrom(node, from);
      return [];
    }
    if (ts.isExportAssignment(node)) return [defaultValue(node, node.expression)];
    if (isExported(node) && ts.isClassDeclaration(node) && node.name === undefined) {
      const modifiers = node.modifiers?.filter((each) => !isExportModifier(each));
      const { heritageClauses, members } = node;
      return [
        defaultValue(node, factory.createClassExpression(modifiers, undefined, undefined, heritageClauses, members)),
      ];
    }
    hasNamelessFunction ||= isExported(node) && ts.isFunctionDeclaration(node) && node.name === undefined;
    return [withoutExport(node, exportGetter)];
  }

  return {
    facts,
    visibleImports,
    statements: (statements) => statements.flatMap(strip),
    expression(node, visit) {
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        return property(probe('mod'), 'meta');
      return readOfImport(node, visit, referenceTo) ?? dynamicImport(node, facts, visit);
    },
    prologue() {
      const pause = statement(factory.createYieldExpression(undefined, undefined));
      const exports = statement(callMethod(probe('mod'), 'export', factory.createObjectLiteralExpression(exported)));
      const imports = [...variables].map(([from, name]) =>
        statement(factory.createAssignment(probe(name), callMethod(probe('mod'), 'import', literal(from)))),
      );
      const names = [...variables.values()].map((name) => constant(name, undefined, ts.NodeFlags.Let));
      const name = statement(callMethod(probe('mod'), 'nameDefault', probe('default')));
      return [...names, ...(hasNamelessFunction ? [name] : []), exports, pause, ...imports, pause];
    },
  };
}

function addImport(facts: ModuleFacts, specifier: string, node: ts.Node): void {
  request(facts, specifier, 'import', node, false);
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

function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some((each) => each.kind === ts.SyntaxKind.ExportKeyword);
}

function isExportModifier(node: ts.ModifierLike): boolean {
  return node.kind === ts.SyntaxKind.ExportKeyword || node.kind === ts.SyntaxKind.DefaultKeyword;
}

/** A declaration without its `export`, which is noted. */
function withoutExport(node: ts.Statement, note: (name: string, value: ts.Expression) => void): ts.Statement {
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (!isExported(node)) return node;
  const isDefault = modifiers.some((each) => each.kind === ts.SyntaxKind.DefaultKeyword);
  const rest = modifiers.filter((each) => !isExportModifier(each));
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

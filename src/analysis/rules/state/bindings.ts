/**
 * Why this file exists: which variable a name means. Rules about shared state must know whether two names are the same
 * variable and who else can reach it; within one file the text alone tells, without a type checker.
 */
import ts from 'typescript';
import { isFunctionNode } from '../../syntax';

export interface Binding {
  readonly name: string;
  /** The name where it is declared. */
  readonly declared: ts.Identifier;
  /** The innermost function (or file, class, module block) whose every run has its own copy. */
  readonly owner: ts.Node;
  readonly isConst: boolean;
  readonly isParameter: boolean;
  /** Every mention but the declaration, in the order of the text. */
  readonly mentions: readonly ts.Identifier[];
}

export interface Bindings {
  /** The variable that a name stands for; undefined for properties, types and names that this file does not declare. */
  of(name: ts.Identifier): Binding | undefined;
}

type Made = Binding & { readonly mentions: ts.Identifier[] };

const known = new WeakMap<ts.SourceFile, Bindings>();

/** The variables of a file; found once. */
export function bindingsOf(source: ts.SourceFile): Bindings {
  const found = known.get(source) ?? resolve(source);
  known.set(source, found);
  return found;
}

function resolve(source: ts.SourceFile): Bindings {
  const byName = new Map<ts.Identifier, Made>();
  const scopes = new Map<ts.Node, Map<string, Made>>();
  declareAll(source, scopes);
  /** `inner`: the names of the scopes around, the innermost last. */
  function visit(node: ts.Node, inner: readonly ReadonlyMap<string, Made>[]): void {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    const own = scopes.get(node);
    const around = own === undefined ? inner : [...inner, own];
    if (ts.isIdentifier(node) && isVariableName(node)) {
      const binding = around.findLast((names) => names.has(node.text))?.get(node.text);
      if (binding !== undefined) byName.set(node, binding);
      if (binding !== undefined && binding.declared !== node) binding.mentions.push(node);
    }
    ts.forEachChild(node, (child) => {
      visit(child, around);
    });
  }
  visit(source, []);
  return { of: (name) => byName.get(name) };
}

function declareAll(source: ts.SourceFile, scopes: Map<ts.Node, Map<string, Made>>): void {
  function declare(name: ts.BindingName, scope: ts.Node, isConst: boolean, isParameter = false): void {
    if (!ts.isIdentifier(name)) {
      for (const element of name.elements)
        if (!ts.isOmittedExpression(element)) declare(element.name, scope, isConst, isParameter);
      return;
    }
    const names = scopes.get(scope) ?? new Map<string, Made>();
    scopes.set(scope, names);
    const made: Made = { name: name.text, declared: name, owner: ownerOf(scope), isConst, isParameter, mentions: [] };
    // `var` and functions may be declared twice; both are one variable.
    if (!names.has(name.text)) names.set(name.text, made);
  }
  function visit(node: ts.Node): void {
    if (ts.isVariableDeclarationList(node)) {
      const isBlockScoped = (node.flags & ts.NodeFlags.BlockScoped) !== 0;
      const scope = isBlockScoped ? scopeOf(node) : ownerOf(node);
      const isConst = (node.flags & ts.NodeFlags.Const) !== 0 || (node.flags & ts.NodeFlags.Using) !== 0;
      for (const each of node.declarations) declare(each.name, scope, isConst);
    } else if (ts.isParameter(node)) declare(node.name, node.parent, false, true);
    else if (ts.isCatchClause(node) && node.variableDeclaration !== undefined)
      declare(node.variableDeclaration.name, node, false);
    else if (ts.isFunctionDeclaration(node) && node.name !== undefined) declare(node.name, scopeOf(node.parent), true);
    else if (ts.isFunctionExpression(node) && node.name !== undefined) declare(node.name, node, true);
    else if (ts.isClassLike(node) && node.name !== undefined)
      declare(node.name, ts.isClassDeclaration(node) ? scopeOf(node.parent) : node, true);
    else if (ts.isEnumDeclaration(node)) declare(node.name, scopeOf(node.parent), true);
    else if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name)) declare(node.name, scopeOf(node.parent), true);
    else if (ts.isImportClause(node) && node.name !== undefined) declare(node.name, source, true);
    else if (ts.isNamespaceImport(node) || ts.isImportSpecifier(node) || ts.isImportEqualsDeclaration(node))
      declare(node.name, source, true);
    ts.forEachChild(node, visit);
  }
  visit(source);
}

/** The innermost node around (or at) a node that names belong to. */
function scopeOf(node: ts.Node): ts.Node {
  let scope = node;
  while (!isScope(scope)) scope = scope.parent;
  // The body of a function shares its parameters' scope, near enough: a name cannot be declared in both.
  return ts.isBlock(scope) && isFunctionNode(scope.parent) ? scope.parent : scope;
}

function isScope(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) ||
    ts.isFunctionLike(node) ||
    ts.isBlock(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isIterationStatement(node, false) ||
    ts.isClassStaticBlockDeclaration(node)
  );
}

/** The function, module block or file around (or at) a node. */
function ownerOf(node: ts.Node): ts.Node {
  let owner = node;
  while (!ts.isSourceFile(owner) && !ts.isModuleBlock(owner) && !isFunctionNode(owner)) owner = owner.parent;
  return owner;
}

/** True for a name that stands for a variable, not for a property, a label or a part of a declaration. */
function isVariableName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent) || ts.isMetaProperty(parent))
    return !('name' in parent && parent.name === node) && !ts.isQualifiedName(parent);
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent) || ts.isEnumMember(parent))
    return parent.name !== node;
  if (ts.isMethodDeclaration(parent) || ts.isAccessor(parent)) return false;
  if (ts.isBindingElement(parent)) return parent.propertyName !== node;
  if (ts.isExportSpecifier(parent)) return (parent.propertyName ?? parent.name) === node;
  if (ts.isImportSpecifier(parent)) return parent.name === node;
  return !ts.isLabeledStatement(parent) && !ts.isBreakOrContinueStatement(parent) && !ts.isJsxAttribute(parent);
}

/**
 * Why this file exists: work done once while the program starts delays nobody; these are the functions that only the
 * start calls.
 */
import ts from 'typescript';
import type { FunctionSites } from './sites';

/**
 * Functions that are not exported and whose every mention is a direct call from the module's body, or from another such
 * function.
 * Mentions are matched by name: a false match only makes a finding louder, never hides one.
 */
export function startUpFunctions(file: ts.SourceFile, functions: readonly FunctionSites[]): ReadonlySet<FunctionSites> {
  const mentions = mentionsByName(file);
  const byNode = new Map(functions.map((each) => [each.node as ts.Node, each]));
  const startUp = new Set<FunctionSites>();
  for (let grew = true; grew;) {
    grew = false;
    for (const each of functions) {
      if (startUp.has(each) || !isOnlyCalledFromStart(each, mentions, byNode, startUp)) continue;
      startUp.add(each);
      grew = true;
    }
  }
  return startUp;
}

function isOnlyCalledFromStart(
  sites: FunctionSites,
  mentions: ReadonlyMap<string, readonly ts.Identifier[]>,
  byNode: ReadonlyMap<ts.Node, FunctionSites>,
  startUp: ReadonlySet<FunctionSites>,
): boolean {
  if (ts.isSourceFile(sites.node)) return true;
  if (sites.use.kind === 'immediate') return isStart(sites.parent, startUp);
  const name = privateName(sites.node);
  if (name === undefined) return false;
  const uses = (mentions.get(name.text) ?? []).filter((mention) => mention !== name);
  return uses.length > 0 && uses.every((use) => isCalled(use) && isStart(ownerOf(use, byNode), startUp));
}

function isStart(sites: FunctionSites | undefined, startUp: ReadonlySet<FunctionSites>): boolean {
  return sites !== undefined && (ts.isSourceFile(sites.node) || startUp.has(sites));
}

function isCalled(use: ts.Identifier): boolean {
  return ts.isCallExpression(use.parent) && use.parent.expression === use;
}

function ownerOf(node: ts.Node, byNode: ReadonlyMap<ts.Node, FunctionSites>): FunctionSites | undefined {
  for (let current: ts.Node | undefined = node.parent; current !== undefined; current = parentOf(current)) {
    const sites = byNode.get(current);
    if (sites !== undefined) return sites;
  }
  return undefined;
}

function parentOf(node: ts.Node): ts.Node | undefined {
  return ts.isSourceFile(node) ? undefined : node.parent;
}

/** The name of a function declaration, or of the `const` that holds a function, when neither is exported. */
export function privateName(node: ts.Node): ts.Identifier | undefined {
  if (ts.isFunctionDeclaration(node)) return isExported(node) ? undefined : node.name;
  const holder = ts.isArrowFunction(node) || ts.isFunctionExpression(node) ? node.parent : undefined;
  if (holder === undefined || !ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return undefined;
  const statement = holder.parent.parent;
  return ts.isVariableStatement(statement) && isExported(statement) ? undefined : holder.name;
}

function isExported(node: ts.Declaration | ts.VariableStatement): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** Every identifier of a file, by its text. */
export function mentionsByName(file: ts.SourceFile): ReadonlyMap<string, readonly ts.Identifier[]> {
  const mentions = new Map<string, ts.Identifier[]>();
  function visit(node: ts.Node): void {
    if (ts.isIdentifier(node)) {
      const known = mentions.get(node.text);
      if (known === undefined) mentions.set(node.text, [node]);
      else known.push(node);
    }
    ts.forEachChild(node, visit);
  }
  visit(file);
  return mentions;
}

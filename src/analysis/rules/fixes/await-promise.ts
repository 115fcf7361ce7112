/**
 * Why this file exists: the ways out of a floating promise: await it, hand it back, or say on purpose that nobody
 * waits.
 */
import ts from 'typescript';
import type { FileEdit, Fix } from '../../finding';
import type { Discarded } from '../../flow-model/discarded';
import { mentionsByName, privateName } from '../../flow-model/start-up';
import type { FileSummary, FunctionSummary } from '../../flow-model/summary';
import { enclosingFunction, isFunctionNode } from '../../syntax';
import { insert, isOperandOfAccess, mayAwait, prefixed } from './edits';

/** The fixes of a dropped promise, the best first. */
export function floatingFixes(discarded: Discarded, fn: FunctionSummary, summary: FileSummary): readonly Fix[] {
  const { file } = summary;
  const node = wholeChain(discarded.node);
  const awaiting = fixByAwait({ ...discarded, node }, fn, summary);
  const last: Fix[] = [];
  if (discarded.reason === 'promise' && !isWithin(node) && !isMaybeNone(node, summary)) {
    last.push({ title: 'Catch the rejection with .catch(console.error)', edits: caught(file, node) });
  }
  // `void` of an array would silence nothing: it is still an array of promises that nobody waits for.
  if (discarded.reason !== 'promise-array')
    last.push({ title: 'Mark as not awaited with void', edits: prefixed(file, node, 'void ') });
  return awaiting === undefined ? last : [awaiting, ...last];
}

function fixByAwait(discarded: Discarded, fn: FunctionSummary, summary: FileSummary): Fix | undefined {
  const { node } = discarded;
  const edits = awaited(summary.file, discarded);
  const title = discarded.reason === 'promise-array' ? 'Wait for all of them with await Promise.all' : 'Add await';
  if (mayAwait(node) || isModuleTop(node, summary.source)) return { title, edits, preferred: true };
  const making = edits.length === 0 ? undefined : makeAsync(fn, node, summary);
  return making === undefined
    ? undefined
    : { title: `Make \`${fn.name}\` async and add await`, edits: [...making, ...edits], preferred: true };
}

function awaited(file: string, { node, reason }: Discarded): readonly FileEdit[] {
  if (reason !== 'promise-array') return prefixed(file, node, 'await ');
  return [insert(file, node.getStart(), 'await Promise.all('), insert(file, node.end, ')')];
}

/**
 * Top-level await works in a module that is surely an ES module: one that already awaits there, or an `.mts` or `.mjs`
 * file.
 */
function isModuleTop(node: ts.Node, source: ts.SourceFile): boolean {
  if (!ts.isSourceFile(enclosingFunction(node))) return false;
  const impliedFormat = source.impliedNodeFormat === ts.ModuleKind.ESNext && ts.isExternalModule(source);
  return /\.m[jt]s$/.test(source.fileName) || impliedFormat || hasTopLevelAwait(source);
}

function hasTopLevelAwait(source: ts.SourceFile): boolean {
  function visit(node: ts.Node): boolean {
    if (isFunctionNode(node) || ts.isClassLike(node)) return false;
    return ts.isAwaitExpression(node) || (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  }
  return visit(source);
}

/**
 * Makes a private function async, only where every mention of it is a call whose result is dropped or awaited inside an
 * async function;
 * those that drop it get an `await` too. Undefined where that cannot be known.
 */
function makeAsync(fn: FunctionSummary, inside: ts.Node, summary: FileSummary): readonly FileEdit[] | undefined {
  const node = fn.sites.node;
  if (enclosingFunction(inside) !== node || fn.color !== 'sync') return undefined;
  if (
    !(ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node)) ||
    node.asteriskToken !== undefined
  )
    return undefined;
  if (node.type !== undefined && node.type.kind !== ts.SyntaxKind.VoidKeyword) return undefined;
  if (ts.isVariableDeclaration(node.parent) && node.parent.type !== undefined) return undefined;
  const name = privateName(node);
  if (name === undefined || ts.getModifiers(node)?.length) return undefined;
  const uses = (mentionsByName(summary.source).get(name.text) ?? []).filter((use) => use !== name);
  if (uses.length === 0) return undefined;
  const edits: FileEdit[] = [insert(summary.file, node.getStart(), 'async ')];
  if (node.type !== undefined)
    edits.push({
      file: summary.file,
      range: { start: node.type.getStart(), end: node.type.end },
      newText: 'Promise<void>',
    });
  for (const use of uses) {
    const call = use.parent;
    if (
      !ts.isCallExpression(call) ||
      call.expression !== use ||
      !ts.isExpressionStatement(call.parent) ||
      !mayAwait(call)
    )
      return undefined;
    edits.push(insert(summary.file, call.getStart(), 'await '));
  }
  return edits;
}

function caught(file: string, node: ts.Expression): readonly FileEdit[] {
  const closed =
    ts.isCallExpression(node) ||
    ts.isPropertyAccessExpression(node) ||
    ts.isIdentifier(node) ||
    ts.isElementAccessExpression(node);
  if (closed) return [insert(file, node.end, '.catch(console.error)')];
  return [insert(file, node.getStart(), '('), insert(file, node.end, ').catch(console.error)')];
}

/** The promise of `save()` in `save().finally(…)` is waited for through the whole chain. */
function wholeChain(node: ts.Expression): ts.Expression {
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return node;
  return ts.isCallExpression(access.parent) && access.parent.expression === access ? wholeChain(access.parent) : node;
}

function isMaybeNone(node: ts.Expression, { answers }: FileSummary): boolean {
  const facts = answers.types.get(node);
  return facts !== undefined && (facts.nullable || facts.mixed);
}

/** Part of a larger expression that would take a suffix for itself. */
function isWithin(node: ts.Expression): boolean {
  return isOperandOfAccess(node) || ts.isOptionalChain(node);
}

/**
 * Why this file exists: the few text edits that fixes are made of, careful about precedence and about names already
 * taken.
 */
import ts from 'typescript';
import type { FileEdit, Fix } from '../../finding';
import { mentionsByName } from '../../flow-model/start-up';

export function insert(file: string, offset: number, newText: string): FileEdit {
  return { file, range: { start: offset, end: offset }, newText };
}

/**
 * `prefix` before an expression, in parentheses where the expression or what follows it binds closer than a prefix
 * operator.
 */
export function prefixed(file: string, node: ts.Expression, prefix: string): readonly FileEdit[] {
  const open = bindsLoosely(node) ? '(' : '';
  const outer = isOperandOfAccess(node) ? '(' : '';
  const start = insert(file, node.getStart(), `${outer}${prefix}${open}`);
  const closing = `${open === '' ? '' : ')'}${outer === '' ? '' : ')'}`;
  return closing === '' ? [start] : [start, insert(file, node.end, closing)];
}

function bindsLoosely(node: ts.Expression): boolean {
  return (
    ts.isBinaryExpression(node) ||
    ts.isConditionalExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isArrowFunction(node) ||
    ts.isYieldExpression(node)
  );
}

/** True for `x` in `x.y`, `x[y]`, `x()`, `` x`…` ``, `x!` and `x ** y`, where a prefix would take the whole. */
export function isOperandOfAccess(node: ts.Node): boolean {
  const parent = node.parent;
  if (ts.isBinaryExpression(parent))
    return parent.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken && parent.left === node;
  const access =
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isCallExpression(parent) ||
    ts.isNonNullExpression(parent);
  return (access && parent.expression === node) || (ts.isTaggedTemplateExpression(parent) && parent.tag === node);
}

/** True when a name is used anywhere in the file, so that it cannot be bound anew. */
export function isTaken(source: ts.SourceFile, name: string): boolean {
  return mentionsByName(source).has(name);
}

/** `await` may stand here: inside an async function's body, not in its parameters, and not in a class field between. */
export function mayAwait(node: ts.Node): boolean {
  for (let child = node, parent = node.parent; !ts.isSourceFile(child); child = parent, parent = child.parent) {
    if (ts.isParameter(child) || ts.isPropertyDeclaration(child) || ts.isClassStaticBlockDeclaration(child))
      return false;
    if (ts.isFunctionLike(child)) {
      return (
        ts.canHaveModifiers(child) &&
        (ts.getModifiers(child) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword)
      );
    }
  }
  return false;
}

/** `await` before an expression, where it may stand: the one fix to choose. */
export function fixByAwaiting(file: string, node: ts.Expression): readonly Fix[] {
  return mayAwait(node) ? [{ title: 'Add await', edits: prefixed(file, node, 'await '), preferred: true }] : [];
}

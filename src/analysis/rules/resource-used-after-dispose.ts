/**
 * Why this file exists: the end of a scope closes what it holds at once; a promise that leaves the scope without being
 * awaited goes on with what is closed.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { rangeOf, skipOuter } from '../syntax';
import { mayAwait, prefixed } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { isAwaitUsing, isPlainUsing } from './shapes/using';
import { type Binding, bindingsOf } from './state/bindings';
import { functionAround } from './state/callbacks';
import { ownNodes } from './state/own-nodes';

export const resourceUsedAfterDispose: Rule = {
  id: 'resource-used-after-dispose',
  finds: 'a promise that uses a resource and leaves the scope that closes it',
  severity: 'error',
  insteadOf: ['return-await-lost-catch'],
  questions: (nodes) => ({
    types: nodes.of(ts.SyntaxKind.ReturnStatement).filter(isInsideScope).flatMap((each) => returnedCall(each) ?? []),
  }),
  check: (context) => {
    return context.nodes.of(ts.SyntaxKind.ReturnStatement).flatMap((statement) => ofReturn(statement, context) ?? []);
  },
};

function returnedCall({ expression }: ts.ReturnStatement): ts.CallExpression | undefined {
  const value = expression === undefined ? undefined : skipOuter(expression);
  return value !== undefined && ts.isCallExpression(value) ? value : undefined;
}

/** Something around a statement may close a resource when it is left. */
function isInsideScope(statement: ts.Node): boolean {
  const fn = functionAround(statement);
  for (let node = statement; node !== fn; node = node.parent) {
    const { parent } = node;
    if (ts.isTryStatement(parent) && parent.finallyBlock !== undefined) return true;
    if (ts.isBlock(parent) && parent.statements.some(declaresUsing)) return true;
  }
  return false;
}

function declaresUsing(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false;
  return isPlainUsing(statement.declarationList) || isAwaitUsing(statement.declarationList);
}

function ofReturn(statement: ts.ReturnStatement, context: RuleContext): Finding | undefined {
  const value = returnedCall(statement);
  if (value === undefined || typeOf(value, context).promise !== 'yes') return undefined;
  const held = resourcesAround(statement, context).find(({ binding }) => mentions(value, binding, context));
  if (held === undefined) return undefined;
  const name = `\`${held.binding.name}\``;
  const message =
    `${name} is closed when this function returns, and the returned promise goes on with it: what it reads or writes ` +
    'fails or is lost. Await it first.';
  return found(resourceUsedAfterDispose, context, value, message, {
    related: [{ file: context.summary.file, range: rangeOf(held.closes), message: `${name} is closed by this.` }],
    fixes: awaiting(value, context),
  });
}

interface Held {
  readonly binding: Binding;
  /** The declaration with `using`, or the call in `finally`. */
  readonly closes: ts.Node;
}

/** What the scopes around a statement close when it leaves them. */
function resourcesAround(statement: ts.Node, context: RuleContext): readonly Held[] {
  const held: Held[] = [];
  const fn = functionAround(statement);
  for (let node = statement; node !== fn; node = node.parent) {
    const { parent } = node;
    if (ts.isBlock(parent)) held.push(...usingBefore(node, parent, context));
    if (ts.isTryStatement(parent) && parent.finallyBlock !== undefined && parent.finallyBlock !== node)
      held.push(...closedIn(parent.finallyBlock, context));
  }
  return held;
}

function usingBefore(node: ts.Node, block: ts.Block, { summary: { source } }: RuleContext): readonly Held[] {
  return block.statements.flatMap((statement) => {
    if (statement.pos >= node.pos || !ts.isVariableStatement(statement)) return [];
    if ((statement.declarationList.flags & ts.NodeFlags.Using) === 0) return [];
    return heldBy(statement.declarationList, source);
  });
}

function heldBy({ declarations }: ts.VariableDeclarationList, source: ts.SourceFile): readonly Held[] {
  return declarations.flatMap((declaration): readonly Held[] => {
    const binding = ts.isIdentifier(declaration.name) ? bindingsOf(source).of(declaration.name) : undefined;
    return binding === undefined ? [] : [{ binding, closes: declaration }];
  });
}

const closing = /^(close|closeSync|end|release|dispose|destroy|disconnect|terminate|quit|unlock)$/;

/** `x.close()` as a statement of a `finally`. */
function closedIn(block: ts.Block, { summary: { source } }: RuleContext): readonly Held[] {
  return block.statements.flatMap((statement): readonly Held[] => {
    const [call] = ts.isExpressionStatement(statement) ? ownNodes(statement, ts.isCallExpression) : [];
    const callee = call === undefined ? undefined : skipOuter(call.expression);
    if (call === undefined || callee === undefined || !ts.isPropertyAccessExpression(callee)) return [];
    if (!closing.test(callee.name.text) || !ts.isIdentifier(callee.expression)) return [];
    const binding = bindingsOf(source).of(callee.expression);
    return binding === undefined ? [] : [{ binding, closes: call }];
  });
}

/** The call works on the resource: it is called on it, or given it. */
function mentions(call: ts.CallExpression, binding: Binding, { summary: { source } }: RuleContext): boolean {
  return ownNodes(call, ts.isIdentifier).some((name) => bindingsOf(source).of(name) === binding);
}

function awaiting(value: ts.Expression, { summary: { file } }: RuleContext): readonly Fix[] {
  if (!mayAwait(value)) return [];
  return [{ title: 'Await it first', edits: prefixed(file, value, 'await '), preferred: true }];
}

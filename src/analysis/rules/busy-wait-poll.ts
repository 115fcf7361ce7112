/** Why this file exists: waiting for a variable by looking at it again and again wakes in vain and answers late. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { skipOuter } from '../syntax';
import { isTestFile } from './place';
import { found, type Rule, type RuleContext } from './rule';
import { bindingsOf } from './state/bindings';
import { functionAround } from './state/callbacks';
import { locationOf } from './state/locations';
import { isSuspension, ownNodes, writtenBy } from './state/own-nodes';
import { isSleep } from './state/sleeps';

const { SyntaxKind } = ts;

export const busyWaitPoll: Rule = {
  id: 'busy-wait-poll',
  finds: 'a loop that sleeps until a variable of the same program has changed',
  severity: 'info',
  check: (context) => {
    if (isTestFile(context.summary.file)) return [];
    const loops = context.nodes.of(SyntaxKind.WhileStatement, SyntaxKind.DoStatement);
    return loops.flatMap((loop) => ofLoop(loop, context) ?? []);
  },
};

function ofLoop(loop: ts.WhileStatement | ts.DoStatement, context: RuleContext): Finding | undefined {
  const waits = ownNodes(loop.statement, isSuspension);
  const [only] = waits;
  if (waits.length !== 1 || only === undefined || !ts.isAwaitExpression(only)) return undefined;
  if (!isSleep(only.expression, context) || !isOnlyStatement(only, loop.statement)) return undefined;
  const names = namesLookedAt(loop.expression);
  if (names === undefined || names.length === 0 || !names.some((name) => changesElsewhere(name, loop, context)))
    return undefined;
  const message =
    `This loop sleeps and looks again until \`${loop.expression.getText()}\` is over: it wakes in vain, and answers up ` +
    'to one sleep too late. Let whoever changes it tell: await a promise, or `once(emitter, event)`.';
  return found(busyWaitPoll, context, only, message);
}

/** The loop does nothing but sleep. */
function isOnlyStatement(wait: ts.Node, body: ts.Statement): boolean {
  const statement = ts.isBlock(body) ? body.statements[0] : body;
  const isAlone = !ts.isBlock(body) || body.statements.length === 1;
  return (
    isAlone &&
    statement !== undefined &&
    ts.isExpressionStatement(statement) &&
    skipOuter(statement.expression) === wait
  );
}

/** The variables and properties of a condition; undefined when it does anything else than look at them. */
function namesLookedAt(given: ts.Expression): readonly ts.Expression[] | undefined {
  const node = skipOuter(given);
  if (ts.isPrefixUnaryExpression(node)) return namesLookedAt(node.operand);
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [namesLookedAt(node.left), namesLookedAt(node.right)];
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  if (locationOf(node) !== undefined) return ts.isIdentifier(node) && node.text === 'undefined' ? [] : [node];
  const isConstant =
    ts.isLiteralExpression(node) || node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword;
  return isConstant || node.kind === SyntaxKind.NullKeyword ? [] : undefined;
}

/** Some other function of the file writes it, so that it could tell. */
function changesElsewhere(name: ts.Expression, loop: ts.Node, { summary: { source }, nodes }: RuleContext): boolean {
  const location = locationOf(name);
  if (location === undefined) return false;
  const bindings = bindingsOf(source);
  const writes = nodes.of(
    SyntaxKind.BinaryExpression,
    SyntaxKind.PrefixUnaryExpression,
    SyntaxKind.PostfixUnaryExpression,
  );
  return writes.some((write) => {
    const target = writtenBy(write);
    const written = target === undefined ? undefined : locationOf(target);
    if (written?.key !== location.key || functionAround(write) === functionAround(loop)) return false;
    if (!ts.isIdentifier(location.root) || !ts.isIdentifier(written.root)) return true;
    return bindings.of(location.root) === bindings.of(written.root);
  });
}

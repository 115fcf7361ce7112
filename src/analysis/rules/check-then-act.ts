/**
 * Why this file exists: a guard on shared state holds only until the next `await`; a second caller passes it meanwhile,
 * and what should happen once happens twice.
 */
import ts from 'typescript';
import type { FunctionSummary } from '../flow-model/summary';
import { rangeOf, skipOuter } from '../syntax';
import type { Finding } from '../finding';
import { found, type Rule, type RuleContext } from './rule';
import { bindingsOf } from './state/bindings';
import { entryWritten, type Guard, guardsOf, type Slot, slotOf } from './state/guards';
import { isLocked } from './state/locks';
import { reachOf } from './state/locations';
import { firstSuspension, isAssignment, isAsync, leaves, ownNodes } from './state/own-nodes';
import { isTestFile } from './place';

const { SyntaxKind } = ts;

export const checkThenAct: Rule = {
  id: 'check-then-act',
  finds: 'shared state that is checked before an `await` and written after it',
  severity: 'warning',
  check: (context) => {
    if (isTestFile(context.summary.file)) return [];
    const functions = context.summary.functions.filter((fn) => {
      return isAsync(fn.sites.node) && fn.awaits.length > 0 && !fn.startUp;
    });
    return functions.flatMap((fn) => inFunction(fn, context));
  },
};

interface Race {
  readonly guard: Pick<Guard, 'node' | 'slot'>;
  readonly write: ts.Expression;
  readonly suspension: ts.Node;
}

function inFunction(fn: FunctionSummary, context: RuleContext): readonly Finding[] {
  const { node } = fn.sites;
  const bindings = bindingsOf(context.summary.source);
  const races = [
    ...ownNodes(node, ts.isIfStatement).flatMap((each) => inGuarded(each, context)),
    ...ownNodes(node, ts.isBinaryExpression).flatMap((each) => inExpression(each, context) ?? []),
  ];
  const writes = new Set<ts.Node>();
  return races.flatMap((race) => {
    const { slot } = race.guard;
    if (writes.has(race.write) || reachOf(slot, node, bindings) === undefined || isLocked(race.write, node)) return [];
    writes.add(race.write);
    return [finding(race, context)];
  });
}

/** `if (!x) { …await…; x = … }` and `if (x) return; …await…; x = …`. */
function inGuarded(statement: ts.IfStatement, context: RuleContext): readonly Race[] {
  return guardsOf(statement.expression, context).flatMap((guard) => {
    const acts = guard.emptyWhen ? [statement.thenStatement] : afterExit(statement);
    return raceIn(acts, guard, context) ?? [];
  });
}

function afterExit(statement: ts.IfStatement): readonly ts.Statement[] {
  const otherwise = statement.elseStatement === undefined ? [] : [statement.elseStatement];
  const { parent } = statement;
  if (!leaves(statement.thenStatement) || (!ts.isBlock(parent) && !ts.isSourceFile(parent))) return otherwise;
  return [...otherwise, ...parent.statements.slice(parent.statements.indexOf(statement) + 1)];
}

/** The first write of the slot, when it comes after a suspension and nothing looks again in between. */
function raceIn(acts: readonly ts.Statement[], guard: Guard, context: RuleContext): Race | undefined {
  let suspension: ts.Node | undefined;
  for (const act of acts) {
    if (leavesIfThere(act, guard, context)) {
      suspension = undefined;
      continue;
    }
    const writes = ownNodes(act, isWrite).filter((each) => !keepsError(each));
    const write = writes.find((each) => writtenSlot(each, context)?.key === guard.slot.key);
    const own = firstSuspension(act);
    const before = suspension ?? (own !== undefined && write !== undefined && endsBefore(own, write) ? own : undefined);
    if (write !== undefined) {
      if (before === undefined || looksAgain(write, act, guard, context)) return undefined;
      return { guard, write, suspension: before };
    }
    // An act that leaves on the way does not go on to later writes, but others may.
    suspension = before ?? own;
  }
  return undefined;
}

/** `if (x) return;` once more: what was waited for before does not count any longer. */
function leavesIfThere(act: ts.Statement, { slot }: Guard, context: RuleContext): boolean {
  if (!ts.isIfStatement(act) || !leaves(act.thenStatement) || firstSuspension(act) !== undefined) return false;
  return guardsOf(act.expression, context).some((guard) => guard.slot.key === slot.key);
}

/** `catch (e) { error = e; }` keeps what went wrong; it is not the work that the check guards. */
function keepsError(node: ts.BinaryExpression | ts.CallExpression): boolean {
  if (ts.isCallExpression(node) || !ts.isIdentifier(node.right)) return false;
  const name = ts.findAncestor(node, ts.isCatchClause)?.variableDeclaration?.name;
  return name !== undefined && ts.isIdentifier(name) && name.text === node.right.text;
}

/** The suspension is over when the value is written: it comes before, or in what is written. */
function endsBefore(suspension: ts.Node, write: ts.Node): boolean {
  return suspension.pos < write.pos || (write.pos <= suspension.pos && suspension.end <= write.end);
}

function isWrite(node: ts.Node): node is ts.BinaryExpression | ts.CallExpression {
  return isAssignment(node) || ts.isCallExpression(node);
}

function writtenSlot(node: ts.BinaryExpression | ts.CallExpression, context: RuleContext): Slot | undefined {
  return ts.isCallExpression(node) ? entryWritten(node, context) : slotOf(node.left, context);
}

/** A second look at the slot, after the suspension, right before the write. */
function looksAgain(write: ts.Expression, act: ts.Statement, { slot }: Guard, context: RuleContext): boolean {
  if (ts.isBinaryExpression(write) && write.operatorToken.kind === SyntaxKind.QuestionQuestionEqualsToken)
    return firstSuspension(write.right) === undefined;
  for (let node: ts.Node = write; node !== act; node = node.parent) {
    const { parent } = node;
    if (!ts.isIfStatement(parent) || parent.expression === node) continue;
    if (guardsOf(parent.expression, context).some((guard) => guard.slot.key === slot.key)) return true;
  }
  return false;
}

/** `x ??= await f()`, `x = x ?? await f()`. */
function inExpression(node: ts.BinaryExpression, context: RuleContext): Race | undefined {
  if (!isAssignment(node)) return undefined;
  const { kind } = node.operatorToken;
  const right = skipOuter(node.right);
  const isShort = kind === SyntaxKind.QuestionQuestionEqualsToken || kind === SyntaxKind.BarBarEqualsToken;
  const isLong = kind === SyntaxKind.EqualsToken && ts.isBinaryExpression(right) && isFallback(right);
  const awaiting = isShort ? right : isLong ? right.right : undefined;
  const suspension = awaiting === undefined ? undefined : firstSuspension(awaiting);
  const slot = slotOf(node.left, context);
  if (suspension === undefined || slot === undefined) return undefined;
  if (isLong && slotOf(right.left, context)?.key !== slot.key) return undefined;
  return { guard: { node: node.left, slot }, write: node, suspension };
}

function isFallback({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return kind === SyntaxKind.QuestionQuestionToken || kind === SyntaxKind.BarBarToken;
}

function finding({ guard, write, suspension }: Race, context: RuleContext): Finding {
  const { file } = context.summary;
  const name = `\`${guard.slot.text}\``;
  const message =
    `${name} is checked before an await and written after it: a second caller passes the check meanwhile, ` +
    'and the work is done twice. Keep the promise itself before the await, or check again after it.';
  return found(checkThenAct, context, write, message, {
    related: [
      { file, range: rangeOf(guard.node), message: `${name} is checked here.` },
      { file, range: rangeOf(suspension), message: 'Others run here.' },
    ],
  });
}

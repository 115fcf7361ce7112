/**
 * Why this file exists: one thread cannot wait for itself: what a loop or a library waits for without returning can
 * only come after it has returned.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import type { DirectBlocking } from '../flow-model/summary';
import { rangeOf, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { targetsOf } from './shapes/targets';
import { type Binding, bindingsOf } from './state/bindings';
import { functionAround } from './state/callbacks';
import { isSuspension, ownNodes, writtenBy } from './state/own-nodes';

const { SyntaxKind } = ts;

export const syncWaitOnAsync: Rule = {
  id: 'sync-wait-on-async',
  finds: 'a synchronous wait for asynchronous work, which cannot come while it waits',
  severity: 'error',
  check: (context) => [
    ...context.summary.functions.flatMap((fn) =>
      fn.blocking.filter(waitsForAsync).map((site) => ofCall(site, context)),
    ),
    ...context.nodes
      .of(SyntaxKind.WhileStatement, SyntaxKind.DoStatement)
      .flatMap((loop) => ofLoop(loop, context) ?? []),
  ],
};

/** Libraries that make a synchronous function out of an asynchronous one. */
const modules = /^(deasync|fibers|make-synchronous|make-synchronized|sync-rpc|synckit)$/;

/** The call waits for a promise; what else blocks is told by other rules. */
export function waitsForAsync({ api }: DirectBlocking): boolean {
  return modules.test(api.module);
}

function ofCall({ node, callee }: DirectBlocking, context: RuleContext): Finding {
  const message =
    `\`${callee}\` waits for asynchronous work without returning: nothing else runs meanwhile, and when the work needs ` +
    'this very thread it never ends. Use `await`.';
  return found(syncWaitOnAsync, context, node, message);
}

/** `while (!done) {}`, where only a callback sets `done`. */
function ofLoop(loop: ts.WhileStatement | ts.DoStatement, context: RuleContext): Finding | undefined {
  const flags = flagsIn(loop.expression, context);
  if (flags === undefined || flags.length === 0 || mayEnd(loop, context)) return undefined;
  const writes = flags.flatMap((flag) => writesOf(flag).filter((write) => write.pos !== flag.declared.parent.pos));
  const later = writes.find((write) => runsLater(functionAround(write), context));
  const isSetHere = writes.some((write) => !runsLater(functionAround(write), context) && isWithin(write, loop));
  if (later === undefined || isSetHere) return undefined;
  const names = flags.map((flag) => `\`${flag.name}\``).join(' and ');
  const message =
    `This loop never ends once it is entered: ${names} can only change in a function that runs later, and nothing runs ` +
    'later while the loop turns. Await a promise instead.';
  return found(syncWaitOnAsync, context, loop.expression, message, {
    related: [{ file: context.summary.file, range: rangeOf(later), message: 'It changes here, after the loop.' }],
  });
}

/** The variables that a condition looks at; undefined when it does anything else. */
function flagsIn(given: ts.Expression, context: RuleContext): readonly Binding[] | undefined {
  const node = skipOuter(given);
  if (ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken)
    return flagsIn(node.operand, context);
  if (ts.isBinaryExpression(node)) {
    const [left, right] = [flagsIn(node.left, context), flagsIn(node.right, context)];
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  if (ts.isLiteralExpression(node) || node.kind === SyntaxKind.NullKeyword || node.kind === SyntaxKind.FalseKeyword)
    return [];
  if (!ts.isIdentifier(node)) return undefined;
  if (node.text === 'undefined') return [];
  const binding = bindingsOf(context.summary.source).of(node);
  return binding === undefined || binding.isConst || binding.isParameter ? undefined : [binding];
}

/** Something in the loop ends it, suspends it, or calls what may. */
function mayEnd(loop: ts.WhileStatement | ts.DoStatement, context: RuleContext): boolean {
  const ends = ownNodes(loop.statement, (node): node is ts.Node => {
    return ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isBreakStatement(node) || isSuspension(node);
  });
  const calls = ownNodes(loop.statement, ts.isCallExpression);
  const areLibrary = calls.every((call) => {
    const targets = targetsOf(call, context);
    return targets.length > 0 && targets.every((target) => target.kind === 'library');
  });
  return ends.length > 0 || !areLibrary;
}

function writesOf(flag: Binding): readonly ts.Node[] {
  return flag.mentions.filter((mention) => {
    let node: ts.Node = mention.parent;
    while (ts.isParenthesizedExpression(node)) node = node.parent;
    return writtenBy(node) === mention;
  });
}

/** A callback of the loop, or an async function after its first wait. */
function runsLater(fn: ts.Node, { summary }: RuleContext): boolean {
  const own = summary.functions.find((each) => each.sites.node === fn);
  return own !== undefined && (own.run.kind === 'callback' || own.color === 'async');
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  return node.pos >= outer.pos && node.end <= outer.end;
}

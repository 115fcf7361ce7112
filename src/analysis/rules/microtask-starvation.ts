/**
 * Why this file exists: `await` of what is there already goes through the microtask queue, which is emptied before
 * anything else runs: a loop of such awaits stops timers and input as a busy loop does.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { callsLibrary, isPromiseStatic } from './shapes/targets';
import { bindingsOf } from './state/bindings';
import { functionAround } from './state/callbacks';
import { isSuspension, leaves, ownNodes } from './state/own-nodes';

const { SyntaxKind } = ts;

export const microtaskStarvation: Rule = {
  id: 'microtask-starvation',
  finds: 'a loop that never leaves the microtask queue, so that timers and input wait',
  severity: 'warning',
  insteadOf: ['await-non-thenable'],
  check: (context) => [
    ...context.nodes
      .of(SyntaxKind.WhileStatement, SyntaxKind.DoStatement, SyntaxKind.ForStatement)
      .flatMap((loop) => ofLoop(loop, context) ?? []),
    ...context.nodes.of(SyntaxKind.CallExpression).flatMap((call) => ofRecursion(call, context) ?? []),
  ],
};

function ofLoop(loop: ts.WhileStatement | ts.DoStatement | ts.ForStatement, context: RuleContext): Finding | undefined {
  // A loop that counts comes to its end by itself.
  if (ts.isForStatement(loop) && (loop.condition !== undefined || loop.incrementor !== undefined)) return undefined;
  const waits = ownNodes(loop, isSuspension);
  const [first] = waits;
  const isIdle = waits.every((wait) => ts.isAwaitExpression(wait) && isThereAlready(wait.expression, context));
  if (first === undefined || !isIdle) return undefined;
  const message =
    'What this loop awaits is there already, so it never leaves the microtask queue: no timer, no input and no ' +
    'rendering runs until it ends. Let the event loop turn: await `setImmediate()` of `node:timers/promises`.';
  return found(microtaskStarvation, context, first, message);
}

/** Not a promise, or a promise of a value that is there. */
function isThereAlready(given: ts.Expression, context: RuleContext): boolean {
  const node = skipOuter(given);
  if (isPromiseStatic(node, context, /^resolve$/)) {
    const [value] = node.arguments;
    return value === undefined || isThereAlready(value, context);
  }
  if (ts.isIdentifier(node)) return node.text === 'undefined';
  const isWord = node.kind === SyntaxKind.NullKeyword || node.kind === SyntaxKind.TrueKeyword;
  return isWord || node.kind === SyntaxKind.FalseKeyword || ts.isLiteralExpression(node) || ts.isVoidExpression(node);
}

/** `function step() { …; process.nextTick(step); }`. */
function ofRecursion(call: ts.CallExpression, context: RuleContext): Finding | undefined {
  if (!schedulesAtOnce(call, context)) return undefined;
  const fn = functionAround(call);
  const [taken] = call.arguments;
  const statement = call.parent;
  const block = statement.parent;
  if (taken === undefined || !ts.isExpressionStatement(statement) || !ts.isBlock(block) || block.parent !== fn)
    return undefined;
  const before = block.statements.slice(0, block.statements.indexOf(statement));
  if (before.some(mayLeave) || !isName(taken, fn, context)) return undefined;
  const message =
    'This function puts itself at the end of the queue that is emptied before anything else runs: no timer and no ' +
    'input ever gets its turn. Use `setImmediate`.';
  return found(microtaskStarvation, context, call, message);
}

function schedulesAtOnce(call: ts.CallExpression, context: RuleContext): boolean {
  return callsLibrary(call, context, (name) => /(^| |\.)(nextTick|queueMicrotask)$/.test(name));
}

function mayLeave(statement: ts.Statement): boolean {
  return (
    leaves(statement) ||
    ownNodes(statement, ts.isReturnStatement).length > 0 ||
    ownNodes(statement, ts.isThrowStatement).length > 0
  );
}

/** The function that is handed over is the one that hands it over. */
function isName(taken: ts.Expression, fn: ts.Node, { summary: { source } }: RuleContext): boolean {
  const node = skipOuter(taken);
  const declared = ts.isIdentifier(node) ? bindingsOf(source).of(node)?.declared.parent : undefined;
  if (declared === undefined) return false;
  return declared === fn || (ts.isVariableDeclaration(declared) && declared.initializer === fn);
}

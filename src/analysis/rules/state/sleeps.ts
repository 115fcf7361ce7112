/** Why this file exists: a promise that only a timer settles is known by what it is made of, also in another file. */
import ts from 'typescript';
import { isFunctionNode, skipOuter } from '../../syntax';
import type { CallTarget, TypeEngine } from '../../types/questions';
import type { RuleContext } from '../rule';
import { targetsOf } from '../shapes/targets';
import { bindingsOf } from './bindings';
import { ownNodes } from './own-nodes';

/** The expression is a promise of a timer: `sleep(10)`, `new Promise((r) => setTimeout(r, 10))`, a name for one. */
export function isSleep(given: ts.Expression, context: RuleContext): boolean {
  const node = skipOuter(given);
  if (ts.isIdentifier(node)) {
    const declared = bindingsOf(context.summary.source).of(node)?.declared.parent;
    const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
    return value !== undefined && !ts.isIdentifier(skipOuter(value)) && isSleep(value, context);
  }
  if (ts.isNewExpression(node)) return isTimerPromise(node);
  if (!ts.isCallExpression(node)) return false;
  const targets = targetsOf(node, context);
  return targets.length > 0 && targets.every((target) => sleeps(target, context));
}

function sleeps(target: CallTarget, { effects, summary: { engine } }: RuleContext): boolean {
  if (target.kind === 'library') {
    if (target.module === 'node:timers/promises') return target.name === 'setTimeout';
    return target.module === 'global' && /^(Scheduler|scheduler)\.wait$/.test(target.name);
  }
  return target.kind === 'source' && answersTimer(target.file, target.start, effects, engine);
}

/** A function of ours all of whose body is to answer such a promise. */
function answersTimer(file: string, start: number, effects: RuleContext['effects'], engine: TypeEngine): boolean {
  const fn = effects.functionAt(file, start, engine)?.sites.node;
  if (fn === undefined || !isFunctionNode(fn) || ts.isClassStaticBlockDeclaration(fn) || fn.body === undefined)
    return false;
  if (!ts.isBlock(fn.body)) return isPlainTimer(fn.body);
  const [only, ...others] = fn.body.statements;
  if (only === undefined || others.length > 0) return false;
  if (ts.isReturnStatement(only)) return only.expression !== undefined && isPlainTimer(only.expression);
  return ts.isExpressionStatement(only) && isPlainTimer(only.expression);
}

function isPlainTimer(given: ts.Expression): boolean {
  const node = skipOuter(given);
  return ts.isAwaitExpression(node) ? isPlainTimer(node.expression) : isTimerPromise(node);
}

/** `new Promise((resolve) => { setTimeout(resolve, ms); })`, with nothing else in the executor. */
function isTimerPromise(node: ts.Node): boolean {
  if (!ts.isNewExpression(node) || node.expression.getText() !== 'Promise') return false;
  const executor = node.arguments?.[0];
  if (executor === undefined || !(ts.isArrowFunction(executor) || ts.isFunctionExpression(executor))) return false;
  const { body } = executor;
  const only = ts.isBlock(body) ? body.statements[0] : body;
  if (only === undefined || (ts.isBlock(body) && body.statements.length > 1)) return false;
  return ownNodes(only, ts.isCallExpression)[0]?.expression.getText().endsWith('setTimeout') === true;
}

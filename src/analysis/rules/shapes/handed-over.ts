/**
 * Why this file exists: functions that answer a promise to somebody who does not look at it, whoever that is; the rules
 * about async callbacks share them out among each other by who takes the function.
 */
import ts from 'typescript';
import { skipOuter } from '../../syntax';
import type { FileQuestions, VoidPlaceNode } from '../../types/questions';
import type { FileNodes } from '../file-nodes';
import type { RuleContext } from '../rule';
import { functionValue, mayAnswer } from './functions';
import { isNewPromise, libraryNames } from './targets';

const { SyntaxKind } = ts;

/** Arguments that may be functions which answer something. */
export function callbackArguments(nodes: FileNodes): readonly ts.Expression[] {
  return nodes
    .of(SyntaxKind.CallExpression, SyntaxKind.NewExpression)
    .filter((call) => !takesOff(call.expression))
    .flatMap((call) => call.arguments ?? [])
    .filter(mayBeAnswering);
}

/** `emitter.off('x', f)` takes a listener off: it never calls it. */
function takesOff(callee: ts.Expression): boolean {
  return ts.isPropertyAccessExpression(callee) && /^(off|removeListener|removeEventListener)$/.test(callee.name.text);
}

/** Everywhere else where a function may be put. */
export function otherPlaces(nodes: FileNodes): readonly VoidPlaceNode[] {
  const values = [
    ...nodes.of(SyntaxKind.PropertyAssignment).map((each) => each.initializer),
    ...nodes.of(SyntaxKind.ShorthandPropertyAssignment).map((each) => each.name),
    ...nodes.of(SyntaxKind.ReturnStatement).flatMap((each) => each.expression ?? []),
    ...nodes.of(SyntaxKind.VariableDeclaration).flatMap((each) => (each.type && each.initializer) ?? []),
    ...nodes.of(SyntaxKind.BinaryExpression).flatMap((each) => (isAssignment(each) ? each.right : [])),
    ...nodes
      .of(SyntaxKind.JsxExpression)
      .flatMap((each) => (ts.isJsxAttribute(each.parent) ? (each.expression ?? []) : [])),
  ].filter(mayBeAnswering);
  const methods = nodes
    .of(SyntaxKind.MethodDeclaration)
    .filter((each) => ts.isObjectLiteralExpression(each.parent) && mayAnswer(each));
  return [...values, ...methods, ...membersWithBases(nodes)];
}

/** What `async-foreach`, `async-timer-callback` and `async-callback-void` all ask. */
export function callbackQuestions(nodes: FileNodes): Partial<FileQuestions> {
  return { voidPlaces: callbackArguments(nodes) };
}

/** The arguments whose promise is surely dropped, by whom they are given to. */
export function droppedCallbacks(context: RuleContext, taker: Taker): readonly ts.Expression[] {
  return callbackArguments(context.nodes).filter(
    (each) => context.answers.voidPlaces.get(each) === 'yes' && takerOf(each, context) === taker,
  );
}

/**
 * `finally` does wait for what its function answers, though its type does not say so; executors are the matter of
 * `async-executor`.
 */
type Taker = 'for-each' | 'timer' | 'finally' | 'executor' | 'other';

function takerOf(argument: ts.Expression, context: RuleContext): Taker {
  const call = argument.parent;
  if (isNewPromise(call, context)) return 'executor';
  if (!ts.isCallExpression(call)) return 'other';
  const names = libraryNames(call, context) ?? [];
  if (names.length > 0 && names.every((name) => /^global \w+\.forEach$/.test(name))) return 'for-each';
  if (names.length > 0 && names.every((name) => name === 'global Promise.finally')) return 'finally';
  const timer = /^(global|node:timers) (setTimeout|setInterval|setImmediate)$/;
  return names.length > 0 && names.every((name) => timer.test(name)) ? 'timer' : 'other';
}

/** Not a literal, and not a function that surely answers nothing. */
function mayBeAnswering(expression: ts.Expression): boolean {
  const value = skipOuter(expression);
  const written = functionValue(value);
  if (written !== undefined) return mayAnswer(written);
  return (
    ts.isIdentifier(value) ||
    ts.isPropertyAccessExpression(value) ||
    ts.isElementAccessExpression(value) ||
    ts.isCallExpression(value) ||
    ts.isConditionalExpression(value) ||
    ts.isSpreadElement(value) ||
    (ts.isBinaryExpression(value) && mayBeAnswering(value.right))
  );
}

function membersWithBases(nodes: FileNodes): readonly (ts.ClassElement | ts.TypeElement)[] {
  const classes = nodes.of(SyntaxKind.ClassDeclaration, SyntaxKind.ClassExpression);
  const owners = [...classes, ...nodes.of(SyntaxKind.InterfaceDeclaration)];
  return owners
    .filter((owner) => owner.heritageClauses !== undefined)
    .flatMap((owner): readonly (ts.ClassElement | ts.TypeElement)[] => owner.members)
    .filter((member) => !isStatic(member) && (ts.isMethodDeclaration(member) ? mayAnswer(member) : isProperty(member)));
}

function isProperty(member: ts.Node): boolean {
  const isMember = ts.isPropertyDeclaration(member) || ts.isPropertySignature(member);
  return isMember || ts.isMethodSignature(member) || ts.isGetAccessor(member);
}

function isStatic(member: ts.Declaration): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
}

function isAssignment(node: ts.BinaryExpression): boolean {
  const { kind } = node.operatorToken;
  const isLogical =
    kind === SyntaxKind.BarBarEqualsToken ||
    kind === SyntaxKind.AmpersandAmpersandEqualsToken ||
    kind === SyntaxKind.QuestionQuestionEqualsToken;
  return isLogical || kind === SyntaxKind.EqualsToken;
}

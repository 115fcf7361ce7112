/** Why this file exists: an async function that awaits nothing makes its callers wait for what is there already. */
import ts from 'typescript';
import { isAsyncFunction, isGeneratorFunction, skipOuter } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { containsOwn, headOf, returnsOf } from './shapes/functions';
import { isAwaitUsing } from './shapes/using';

const { SyntaxKind } = ts;

export const asyncWithoutAwait: Rule = {
  id: 'async-without-await',
  finds: 'an async function that awaits nothing, where nothing asks for a promise',
  severity: 'info',
  questions: (nodes) => ({ types: candidates(nodes).flatMap(answersOf) }),
  check: (context) =>
    candidates(context.nodes)
      .filter((node) => answersOf(node).every((each) => typeOf(each, context).thenable === 'no') && isUsed(node, context))
      .map((node) => {
        const message = 'This async function awaits nothing: its callers wait for a value that is there already.';
        return found(asyncWithoutAwait, context, node, message, { range: headOf(node) });
      }),
};

type Candidate = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression;

/** Functions of the file's own, without a written type: not exported, no methods. Nobody asks them for a promise. */
function candidates(nodes: FileNodes): readonly Candidate[] {
  const declared = nodes.of(SyntaxKind.FunctionDeclaration).filter((node) => !isExported(node));
  const held = nodes
    .of(SyntaxKind.ArrowFunction, SyntaxKind.FunctionExpression)
    .filter(({ parent }) => ts.isVariableDeclaration(parent) && parent.type === undefined)
    .filter(({ parent }) => !isExported(parent.parent.parent));
  return [...declared, ...held].filter((node) => isPlain(node) && !containsOwn(node.body ?? node, isWaiting));
}

function isPlain(node: Candidate): boolean {
  const isEmpty = node.body === undefined || (ts.isBlock(node.body) && node.body.statements.length === 0);
  return isAsyncFunction(node) && !isGeneratorFunction(node) && node.type === undefined && !isEmpty;
}

function isWaiting(node: ts.Node): boolean {
  if (ts.isForOfStatement(node)) return node.awaitModifier !== undefined;
  if (ts.isVariableDeclarationList(node)) return isAwaitUsing(node);
  // What is thrown is meant to reject.
  return ts.isAwaitExpression(node) || ts.isThrowStatement(node);
}

/** Every mention calls it: what is handed on may be asked for a promise. */
function isUsed(node: Candidate, { nodes }: RuleContext): boolean {
  const name = ts.isFunctionDeclaration(node) ? node.name : ts.isVariableDeclaration(node.parent) && node.parent.name;
  if (name === undefined || name === false || !ts.isIdentifier(name)) return false;
  const uses = nodes.mentions(name.text).filter((each) => each !== name);
  return uses.length > 0 && uses.every((use) => ts.isCallExpression(use.parent) && use.parent.expression === use);
}

function answersOf({ body }: Candidate): readonly ts.Expression[] {
  if (body === undefined) return [];
  return ts.isBlock(body) ? returnsOf(body).flatMap(({ expression }) => expression ?? []) : [skipOuter(body)];
}

function isExported(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((each) => each.kind === SyntaxKind.ExportKeyword) === true
  );
}

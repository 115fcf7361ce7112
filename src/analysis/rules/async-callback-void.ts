/**
 * Why this file exists: where a function without a result is expected, the promise of an async one is dropped: nobody
 * waits, and a rejection is unhandled. TypeScript allows it.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext } from './rule';
import { functionValue, headOf } from './shapes/functions';
import { isPlainUsing } from './shapes/using';
import { callbackArguments, droppedCallbacks, otherPlaces } from './shapes/handed-over';
import { bodyNeverRejects } from './shapes/never-rejects';
import type { VoidPlaceNode } from '../types/questions';

export const asyncCallbackVoid: Rule = {
  id: 'async-callback-void',
  finds: 'an async function where one without a result is expected, so that its promise is dropped',
  severity: 'error',
  questions: (nodes) => ({
    voidPlaces: [...callbackArguments(nodes), ...otherPlaces(nodes)],
    protocols: disposed(nodes).flatMap(({ initializer }) => initializer ?? []),
  }),
  check: (context) => [
    ...droppedCallbacks(context, 'other').map((node) => finding(node, context)),
    ...otherPlaces(context.nodes)
      .filter((node) => context.answers.voidPlaces.get(node) === 'yes')
      .map((node) => finding(node, context)),
    ...asyncDisposers(context).map((each) => disposerFinding(each, context)),
  ],
};

function finding(node: VoidPlaceNode, context: RuleContext): Finding {
  const written = ts.isMethodDeclaration(node) ? node : ts.isExpression(node) ? functionValue(node) : undefined;
  const safe = written !== undefined && bodyNeverRejects(written);
  const fate = safe ? 'nobody waits for it' : 'nobody waits for it, and a rejection is unhandled';
  const message = `${placeOf(node)} drops the promise of this function: ${fate}.`;
  return found(asyncCallbackVoid, context, node, message, {
    severity: safe ? 'info' : 'error',
    range: rangeFor(node, written),
  });
}

function rangeFor(node: VoidPlaceNode, written: ts.Node | undefined) {
  const name = ts.isClassElement(node) || ts.isTypeElement(node) ? node.name : undefined;
  return name === undefined ? headOf(written ?? node) : { start: node.getStart(), end: name.end };
}

function placeOf({ parent }: VoidPlaceNode): string {
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return `\`${calleeName(parent.expression)}\``;
  if (ts.isJsxExpression(parent)) return 'The attribute';
  if (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)) return 'The inherited member answers nothing, and its caller';
  if (ts.isReturnStatement(parent)) return 'The type of what is returned';
  if (ts.isVariableDeclaration(parent) || ts.isBinaryExpression(parent)) return 'The type of the variable';
  return 'The type of the property';
}

/**
 * `using` disposes at once: of an async `[Symbol.dispose]` it waits for nothing. A variable that is declared as
 * disposable promises the same to whoever uses it.
 */
function disposed(nodes: FileNodes): readonly ts.VariableDeclaration[] {
  return nodes.of(ts.SyntaxKind.VariableDeclaration).filter(({ initializer, type, parent }) => {
    if (initializer === undefined || !ts.isVariableDeclarationList(parent)) return false;
    const isDeclared = type !== undefined && ts.isObjectLiteralExpression(initializer);
    return isPlainUsing(parent) || (isDeclared && initializer.getText().includes('Symbol.dispose'));
  });
}

function asyncDisposers({ nodes, answers }: RuleContext): readonly ts.VariableDeclaration[] {
  return disposed(nodes).filter(({ initializer }) => {
    return initializer !== undefined && answers.protocols.get(initializer)?.disposesLater === 'yes';
  });
}

function disposerFinding(node: ts.VariableDeclaration, context: RuleContext): Finding {
  const message = 'Disposing does not wait: it drops the promise of this async `[Symbol.dispose]`.';
  return found(asyncCallbackVoid, context, node.name, message);
}

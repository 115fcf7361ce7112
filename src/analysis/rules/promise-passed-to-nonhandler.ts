/**
 * Why this file exists: a promise that is handed to a function is thought to be in good hands. Where that function only
 * prints it, turns it into text or never looks at the parameter, it floats.
 */
import ts from 'typescript';
import type { Finding, RelatedPlace } from '../finding';
import { calleeName, rangeOf, skipOuter } from '../syntax';
import type { FileNodes } from './file-nodes';
import { fixByAwaiting } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { calledFunctions } from './shapes/functions-of-project';
import { libraryNames } from './shapes/targets';

export const promisePassedToNonhandler: Rule = {
  id: 'promise-passed-to-nonhandler',
  finds: 'a promise given to a function that prints it, turns it into text or never looks at it',
  severity: 'warning',
  questions: (nodes) => ({ types: handedOver(nodes) }),
  check: (context) => handedOver(context.nodes).flatMap((node) => check(node, context)),
};

function check(node: ts.Expression, context: RuleContext): readonly Finding[] {
  const call = node.parent;
  if (typeOf(node, context).promise !== 'yes' || typeOf(node, context).mixed || !ts.isCallExpression(call)) return [];
  const dropped = droppedByLibrary(call, context) ?? droppedByOurs(node, call, context);
  if (dropped === undefined) return [];
  const message = `\`${calleeName(call.expression)}\` ${dropped.how}: nobody waits for the promise of \`${calleeName(node)}\`, and its rejection is unhandled.`;
  const fixes = fixByAwaiting(context.summary.file, node);
  return [found(promisePassedToNonhandler, context, node, message, { related: dropped.related, fixes })];
}

interface Dropped {
  readonly how: string;
  readonly related: readonly RelatedPlace[];
}

const printing = /^(global|node:console) (console\.|Console\.)?(log|info|warn|error|debug|trace|dir|table)$/;
const writing = /^global (JSON\.stringify|String|Number|Boolean|parseInt|parseFloat)$/;

function droppedByLibrary(call: ts.CallExpression, context: RuleContext): Dropped | undefined {
  const names = libraryNames(call, context) ?? [];
  if (names.length === 0) return undefined;
  if (names.every((name) => printing.test(name))) return { how: 'prints the promise itself, not its value', related: [] };
  if (names.every((name) => writing.test(name))) return { how: 'turns the promise itself into a value', related: [] };
  return undefined;
}

/** Every function that may run leaves its parameter alone, or only prints it. */
function droppedByOurs(node: ts.Expression, call: ts.CallExpression, context: RuleContext): Dropped | undefined {
  const index = call.arguments.indexOf(node);
  if (call.arguments.slice(0, index + 1).some((each) => ts.isSpreadElement(each))) return undefined;
  const related: RelatedPlace[] = [];
  for (const fn of calledFunctions(call, context) ?? []) {
    const parameter = fn.parameters[index];
    if (parameter === undefined || fn.body === undefined || !isDropped(parameter, fn.body)) return undefined;
    related.push({
      file: fn.getSourceFile().fileName,
      range: rangeOf(parameter.name),
      message: `\`${parameter.name.getText()}\` is neither awaited nor handed on.`,
    });
  }
  return related.length === 0 ? undefined : { how: 'never handles what it is given here', related };
}

function isDropped({ name, dotDotDotToken, modifiers }: ts.ParameterDeclaration, body: ts.Node): boolean {
  // A parameter property is a field, and `arguments` reads every parameter.
  if (!ts.isIdentifier(name) || dotDotDotToken !== undefined || modifiers !== undefined) return false;
  function isHarmless(node: ts.Node): boolean {
    if (ts.isIdentifier(node) && node.text === 'arguments') return false;
    if (ts.isIdentifier(node) && node.text === name.getText() && !isDropping(node)) return false;
    return ts.forEachChild(node, (child) => (isHarmless(child) ? undefined : true)) === undefined;
  }
  return isHarmless(body);
}

/** Printed, put into a text, or compared. */
function isDropping(use: ts.Identifier): boolean {
  const { parent } = use;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === use;
  if (ts.isTemplateSpan(parent) || ts.isTypeOfExpression(parent)) return true;
  if (!ts.isCallExpression(parent) || parent.expression === use) return false;
  return /^console\.\w+$/.test(parent.expression.getText());
}

/** Calls that stand as arguments: a promise that is only made to be handed over. */
function handedOver(nodes: FileNodes): readonly ts.Expression[] {
  return nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) =>
    call.arguments.filter((argument) => {
      const value = skipOuter(argument);
      return ts.isCallExpression(value) || ts.isNewExpression(value);
    }),
  );
}

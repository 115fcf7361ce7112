/** Why this file exists: parsing takes as long as the text is; a text from outside may be of any length. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import { placeOf } from './place';
import { found, type Rule, type RuleContext } from './rule';
import { callsLibrary } from './shapes/targets';
import { bindingsOf } from './state/bindings';
import { functionAround } from './state/callbacks';

export const cpuBoundInAsync: Rule = {
  id: 'cpu-bound-in-async',
  finds: '`JSON.parse` of a text of any length from outside, where others wait for the event loop',
  severity: 'hint',
  check: (context) => context.nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => ofCall(call, context) ?? []),
};

function ofCall(call: ts.CallExpression, context: RuleContext): Finding | undefined {
  if (!callsLibrary(call, context, (name) => name === 'global JSON.parse')) return undefined;
  const [text] = call.arguments;
  const source = text === undefined ? undefined : readFrom(text, context);
  if (source === undefined || !isOnLoop(call, context)) return undefined;
  const message =
    `\`${calleeName(source.expression)}\` brings a text of any length, and \`JSON.parse\` holds the event loop until it ` +
    'has read all of it (15 MB: 1.8 s). Limit the length, read a stream, or parse in a worker.';
  return found(cpuBoundInAsync, context, call, message);
}

/** The awaited call that a text comes from, when it reads a body, or a file whose name is not written out. */
function readFrom(given: ts.Expression, context: RuleContext): ts.CallExpression | undefined {
  const node = skipOuter(given);
  if (ts.isIdentifier(node)) {
    const declaration = bindingsOf(context.summary.source).of(node)?.declared.parent;
    const value =
      declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
    return value === undefined || ts.isIdentifier(skipOuter(value)) ? undefined : readFrom(value, context);
  }
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'toString'
  )
    return readFrom(node.expression.expression, context);
  if (!ts.isAwaitExpression(node)) return undefined;
  const call = skipOuter(node.expression);
  if (!ts.isCallExpression(call)) return undefined;
  const isBody = callsLibrary(call, context, (name) => body.test(name));
  const isFile = callsLibrary(call, context, (name) => file.test(name));
  const [name] = call.arguments;
  return isBody || (isFile && name !== undefined && !ts.isStringLiteralLike(skipOuter(name))) ? call : undefined;
}

const body = /^(\S+ (Body|BodyMixin|Response|Request)\.text|node:stream\/consumers text)$/;
const file = /^node:fs(\/promises)? (promises\.)?readFile$/;

function isOnLoop(node: ts.Node, { summary }: RuleContext): boolean {
  const around = functionAround(node);
  const fn = summary.functions.find((each) => each.sites.node === around);
  return fn !== undefined && placeOf(fn, summary)?.kind === 'loop';
}

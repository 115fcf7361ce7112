/**
 * Why this file exists: an emitter that emits `error` without a listener for it throws, from the loop, where no `try`
 * stands: the process ends. Streams, sockets and child processes do so when anything goes wrong.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { libraryNames } from './shapes/targets';

export const missingErrorListener: Rule = {
  id: 'missing-error-listener',
  finds: 'a stream, socket or child process of Node without a listener for its errors',
  severity: 'error',
  check: (context) =>
    context.nodes
      .of(ts.SyntaxKind.CallExpression, ts.SyntaxKind.NewExpression)
      .flatMap((node) => (makesEmitter(node, context) && isUnheard(node, context) ? [finding(node, context)] : [])),
};

function finding(node: ts.CallExpression | ts.NewExpression, context: RuleContext): Finding {
  const name = calleeName(node.expression);
  const message = `What \`${name}\` makes has no listener for \`error\`: its first error is thrown from the event loop, and ends the process.`;
  return found(missingErrorListener, context, node, message);
}

/** Functions of Node that make something which fails by emitting `error`. */
const makers =
  /^(node:fs create(Read|Write)Stream|node:child_process (spawn|fork)|node:net (connect|createConnection|Socket)|node:tls connect|node:https? (request|get)|node:zlib create\w+)$/;

function makesEmitter(node: ts.CallExpression | ts.NewExpression, context: RuleContext): boolean {
  const names = libraryNames(node, context) ?? [];
  return names.length > 0 && names.every((name) => makers.test(name));
}

/** Known to be used only here, and never asked for its errors. What is handed on is another's matter. */
function isUnheard(made: ts.Expression, context: RuleContext): boolean {
  const end = endOfChain(made);
  if (end === 'heard' || end === 'handed-on') return false;
  const { node, pipesOn } = end;
  const { parent } = node;
  if (ts.isExpressionStatement(parent)) return true;
  const pipe = pipeInto(node);
  if (pipe !== undefined) return isPipedUnheard(pipe, context);
  if (pipesOn) return true;
  if (!ts.isVariableDeclaration(parent) || parent.initializer !== node || !ts.isIdentifier(parent.name)) return false;
  return isVariableUnheard(parent.name, context);
}

interface End {
  /** The outermost expression that still stands for the emitter, or for what it was piped into. */
  readonly node: ts.Expression;
  readonly pipesOn: boolean;
}

/** Follows `.on(…)`, which answers the emitter itself, up to `.pipe(…)`, which answers another one. */
function endOfChain(made: ts.Expression): End | 'heard' | 'handed-on' {
  let node = made;
  for (;;) {
    const call = calledMethod(node);
    if (call === undefined) return { node, pipesOn: false };
    if (isErrorListener(call)) return 'heard';
    const method = call.expression.name.text;
    if (method === 'pipe') return { node: call, pipesOn: true };
    if (!/^(on|once|addListener|setEncoding|resume|pause|unref|ref)$/.test(method)) {
      return ts.isExpressionStatement(call.parent) ? { node: call, pipesOn: false } : 'handed-on';
    }
    node = call;
  }
}

type MethodCall = ts.CallExpression & { readonly expression: ts.PropertyAccessExpression };

/** `node.method(…)` around a node. */
function calledMethod(node: ts.Node): MethodCall | undefined {
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return undefined;
  const call = access.parent;
  // Its callee is the access that was looked at.
  return ts.isCallExpression(call) && call.expression === access ? (call as MethodCall) : undefined;
}

function isErrorListener({ expression, arguments: [event] }: MethodCall): boolean {
  const listens = /^(on|once|addListener|prependListener)$/.test(expression.name.text);
  // An event whose name is not written here may be it.
  return listens && event !== undefined && (!ts.isStringLiteralLike(event) || event.text === 'error');
}

/** `….pipe(node)` around a node. */
function pipeInto(node: ts.Expression): ts.CallExpression | undefined {
  const call = node.parent;
  if (!ts.isCallExpression(call) || call.arguments[0] !== node) return undefined;
  const isPipe = ts.isPropertyAccessExpression(call.expression) && call.expression.name.text === 'pipe';
  return isPipe ? call : undefined;
}

/** `pipe` answers what it pipes into. A chain whose first stream is made in it is reported there, once. */
function isPipedUnheard(pipe: ts.CallExpression, context: RuleContext): boolean {
  const end = endOfChain(pipe);
  if (end === 'heard' || end === 'handed-on') return false;
  if (!end.pipesOn && !ts.isExpressionStatement(end.node.parent)) return false;
  let root: ts.Expression = pipe;
  while (ts.isCallExpression(root) && ts.isPropertyAccessExpression(root.expression)) {
    if (makesEmitter(root, context)) return false;
    root = root.expression.expression;
  }
  return !(ts.isCallExpression(root) && makesEmitter(root, context));
}

/** Every mention is a call of a method of its own, or what another is piped into, and none listens to errors. */
function isVariableUnheard(name: ts.Identifier, context: RuleContext): boolean {
  const scope = ts.findAncestor(name.parent.parent.parent.parent, (node) => ts.isBlock(node) || ts.isSourceFile(node));
  const uses = context.nodes
    .mentions(name.text)
    .filter((each) => each !== name && scope !== undefined && each.pos >= scope.pos && each.end <= scope.end);
  const calls = uses.map((use) => (pipeInto(use) !== undefined || isPart(use) ? 'piped' : calledMethod(use)));
  if (uses.length === 0 || calls.some((call) => call === undefined)) return false;
  return calls.every((call) => call === 'piped' || (call !== undefined && isDeaf(call)));
}

/** The streams of a child process emit their own errors. */
function isPart({ parent }: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(parent) && /^(stdin|stdout|stderr|pid|path)$/.test(parent.name.text);
}

/** A chain of listeners that has none for errors; what a method answers may be handed on. */
function isDeaf(call: MethodCall): boolean {
  if (isErrorListener(call)) return false;
  const end = endOfChain(call.expression.expression);
  return end !== 'heard';
}

/**
 * Why this file exists: a callback answers once. It is called twice where a `return` is missing, and where what it
 * throws comes back to it.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { isFunctionNode, rangeOf, skipOuter } from '../syntax';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { type Binding, bindingsOf } from './state/bindings';
import { callbackParameters, callOf, functionAround, isError, isErrorFirst } from './state/callbacks';
import { leaves, ownNodes } from './state/own-nodes';

export const callbackCalledTwice: Rule = {
  id: 'callback-called-twice',
  finds: 'a callback that can be called twice',
  severity: 'error',
  check: (context) => [
    ...context.nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => inChain(call, context) ?? []),
    ...context.summary.functions.flatMap(({ sites: { node } }) => {
      return callbackParameters(node, context, true).flatMap((callback) => inFunction(callback, node, context));
    }),
  ],
};

/** `p.then((v) => cb(null, v)).catch(cb)`: what `cb` throws in the first place goes to the second. */
function inChain(call: ts.CallExpression, context: RuleContext): Finding | undefined {
  const then = methodCalled(call, 'catch', context);
  if (then === undefined || !ts.isCallExpression(then) || methodCalled(then, 'then', context) === undefined)
    return undefined;
  const [onValue] = then.arguments;
  const [onError] = call.arguments;
  if (onValue === undefined || onError === undefined) return undefined;
  const callback = calledBy(onValue, context).find((each) => calledBy(onError, context).includes(each));
  if (callback === undefined) return undefined;
  const name = `\`${callback.name}\``;
  const message =
    `${name} is called for the value and, when it throws there, again for the error: \`catch\` catches what it ` +
    'throws itself. Give `then` both functions.';
  return found(callbackCalledTwice, context, onError, message, {
    related: [{ file: context.summary.file, range: rangeOf(onValue), message: `${name} is called here first.` }],
    fixes:
      then.arguments.length === 1 && call.arguments.length === 1 ? [bothToThen(onValue, onError, call, context)] : [],
  });
}

function bothToThen(onValue: ts.Node, onError: ts.Node, call: ts.Node, { summary: { file } }: RuleContext): Fix {
  const title = 'Give then both functions';
  const newText = `, ${onError.getText()})`;
  return { title, edits: [{ file, range: { start: onValue.end, end: call.end }, newText }], preferred: true };
}

/** What a method of a promise is called on. */
function methodCalled(call: ts.CallExpression, name: string, { answers }: RuleContext): ts.Expression | undefined {
  const callee = skipOuter(call.expression);
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== name) return undefined;
  const targets = answers.callees.get(call) ?? [];
  const isPromise = targets.some((target) => target.kind === 'library' && target.name.endsWith(`Promise.${name}`));
  return isPromise ? skipOuter(callee.expression) : undefined;
}

/** Parameters of functions around that a handler calls, or is. */
function calledBy(handler: ts.Expression, context: RuleContext): readonly Binding[] {
  const bindings = bindingsOf(context.summary.source);
  const value = skipOuter(handler);
  if (ts.isIdentifier(value)) return [bindings.of(value)].flatMap((each) => (each?.isParameter === true ? each : []));
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return [];
  return ownNodes(value, ts.isCallExpression).flatMap((call) => {
    const callee = skipOuter(call.expression);
    const binding = ts.isIdentifier(callee) ? bindings.of(callee) : undefined;
    return binding?.isParameter === true && binding.owner !== value ? [binding] : [];
  });
}

function inFunction(callback: Binding, fn: ts.Node, context: RuleContext): readonly Finding[] {
  return callback.mentions.flatMap((mention) => {
    const call = callOf(mention);
    if (call === undefined) return [];
    return withoutReturn(call, callback, context) ?? thrownBack(call, callback, fn, context) ?? [];
  });
}

/** `if (err) cb(err); cb(null, value)`. */
function withoutReturn(call: ts.CallExpression, callback: Binding, context: RuleContext): Finding | undefined {
  const statement = call.parent;
  if (!ts.isExpressionStatement(statement)) return undefined;
  const block = ts.isBlock(statement.parent) ? statement.parent : undefined;
  if (block !== undefined && block.statements.at(-1) !== statement) return undefined;
  const branch = (block ?? statement).parent;
  if (!ts.isIfStatement(branch) || branch.elseStatement !== undefined || !isAboutError(branch, call)) return undefined;
  const again = nextCall(branch, callback);
  if (again === undefined) return undefined;
  const name = `\`${callback.name}\``;
  return found(
    callbackCalledTwice,
    context,
    call,
    `After ${name} was called for the error, the function goes on and calls it again: a \`return\` is missing.`,
    {
      related: [{ file: context.summary.file, range: rangeOf(again), message: `${name} is called again here.` }],
      fixes: returning(statement, block, functionAround(call), context),
    },
  );
}

function isAboutError({ expression }: ts.IfStatement, call: ts.CallExpression): boolean {
  const [first] = call.arguments;
  return ownNodes(expression, ts.isIdentifier).some(isError) || (first !== undefined && isError(first));
}

/** The call that follows on every way: a statement of its own after the branch, before anything leaves. */
function nextCall(branch: ts.Statement, callback: Binding): ts.CallExpression | undefined {
  const { parent } = branch;
  if (!ts.isBlock(parent)) return undefined;
  for (const statement of parent.statements.slice(parent.statements.indexOf(branch) + 1)) {
    const own =
      ts.isExpressionStatement(statement) || ts.isReturnStatement(statement) ? statement.expression : undefined;
    const call = own === undefined ? undefined : callback.mentions.map(callOf).find((each) => each === skipOuter(own));
    if (call !== undefined) return call;
    if (leaves(statement)) return undefined;
  }
  return undefined;
}

function returning(
  statement: ts.ExpressionStatement,
  block: ts.Block | undefined,
  fn: ts.Node,
  { summary: { file } }: RuleContext,
): readonly Fix[] {
  if (!mayReturnNothing(fn)) return [];
  const title = 'Return after it';
  if (block === undefined)
    return [
      {
        title,
        edits: [insert(file, statement.getStart(), '{ '), insert(file, statement.end, ' return; }')],
        preferred: true,
      },
    ];
  const line = statement.getSourceFile().text.slice(0, statement.getStart()).split('\n').at(-1) ?? '';
  const separator = /^\s*$/.test(line) ? `\n${line}` : ' ';
  return [{ title, edits: [insert(file, statement.end, `${separator}return;`)], preferred: true }];
}

/** A bare `return` compiles: the function says that it answers nothing, or does not say, and answers nothing. */
function mayReturnNothing(fn: ts.Node): boolean {
  if (!ts.isFunctionLike(fn)) return false;
  if (fn.type !== undefined) return /^(void|any|undefined|Promise<void>)$/.test(fn.type.getText());
  return ownNodes(fn, ts.isReturnStatement).every((each) => each.expression === undefined);
}

/** `try { cb(null, value) } catch (e) { cb(e) }`: the error of the callback comes back to it. */
function thrownBack(
  call: ts.CallExpression,
  callback: Binding,
  fn: ts.Node,
  context: RuleContext,
): Finding | undefined {
  const clause = catchAround(call, fn);
  if (clause === undefined || !isErrorFirst(call) || functionAround(call) !== functionAround(clause)) return undefined;
  const first = callback.mentions.map(callOf).find((each) => {
    return each !== undefined && isOwnPart(each, clause.parent.tryBlock);
  });
  if (first === undefined) return undefined;
  const name = `\`${callback.name}\``;
  const message = `What ${name} throws when it is called in the \`try\` comes back to it here: call it after the \`try\`.`;
  return found(callbackCalledTwice, context, call, message, {
    severity: 'warning',
    related: [{ file: context.summary.file, range: rangeOf(first), message: `${name} is called here first.` }],
  });
}

function catchAround(node: ts.Node, fn: ts.Node): ts.CatchClause | undefined {
  for (let around = node.parent; around !== fn; around = around.parent) {
    if (isFunctionNode(around)) return undefined;
    if (ts.isCatchClause(around)) return around;
  }
  return undefined;
}

function isOwnPart(node: ts.Node, block: ts.Node): boolean {
  return node.pos >= block.pos && node.end <= block.end && functionAround(node) === functionAround(block);
}

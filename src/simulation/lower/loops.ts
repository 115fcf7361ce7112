/** Why this file exists: loops count their turns; `for await` is spelled out (ECMA-262 §14.7.5.6–7). */
import ts from 'typescript';
import {
  attempt,
  block,
  callMethod,
  callProbe,
  constant,
  literal,
  placed,
  probe,
  property,
  spent,
  statement,
  whenRecording,
  yieldNative,
} from './build';
import { heldLocals } from './locals';
import { namesIn, namesUsed } from './names-used';
import { asyncIterableWords, withoutTypes } from './callee-words';
import type { Scope } from './scope';
import { siteOf, type Lowering } from './lowering';
import { originalOf } from './sites';
import { checkedItem, rememberedValue } from './taken-apart';
import { lowerTarget } from './targets';
import { isUnseenList } from './unseen';

const { factory } = ts;

/** `if (($_n += cost) > $_lim) $_turns = $_t(site, $_turns); else $_turns++;` (see guest/thinning.ts). */
function turnProbe(site: number, body: ts.Statement): ts.Statement {
  const cost = ts.isBlock(body) ? body.statements.length + 1 : 2;
  const told = statement(factory.createAssignment(probe('turns'), callProbe('t', site, probe('turns'))));
  return factory.createIfStatement(spent(cost), told, statement(factory.createPostfixIncrement(probe('turns'))));
}

function counted(loop: ts.Statement): ts.Block {
  return block([constant('turns', literal(0), ts.NodeFlags.Let), loop]);
}

function countedBody(lowering: Lowering, node: ts.IterationStatement, scope: Scope, site: number): ts.Block {
  const body = lowering.walk.embedded(lowering, withoutContinue(lowering, node), scope);
  return factory.updateBlock(body, [turnProbe(site, node.statement), ...body.statements]);
}

/**
 * The engine's `continue` in `for (let …)` skips the copy of the variables for the next turn (§14.7.4.4
 * CreatePerIterationEnvironment), so
 * that closures of all turns share one: it becomes a `break` out of a block around the body, which does not.
 */
function withoutContinue(lowering: Lowering, node: ts.IterationStatement): ts.Statement {
  const { statement: body } = node;
  if (!ts.isForStatement(node) || !node.initializer || !ts.isVariableDeclarationList(node.initializer)) return body;
  if ((node.initializer.flags & ts.NodeFlags.BlockScoped) === 0) return body;
  const labels = labelsOf(node);
  const name = `$_next${node.pos < 0 ? ts.getOriginalNode(node).pos : node.pos}`;
  const continues: ts.Node[] = [];
  const visit = (inner: ts.Node, nested: boolean): ts.Node => {
    if (ts.isFunctionLike(inner) || ts.isClassLike(inner)) return inner;
    if (ts.isContinueStatement(inner) && (inner.label ? labels.includes(inner.label.text) : !nested)) {
      continues.push(inner);
      return ts.setOriginalNode(factory.createBreakStatement(name), inner);
    }
    return ts.visitEachChild(
      inner,
      (child) => visit(child, nested || ts.isIterationStatement(inner, false)),
      lowering.context,
    );
  };
  const changed = visit(body, false) as ts.Statement; // a statement's children are replaced, not itself, or by a break
  return continues.length > 0 ? block([factory.createLabeledStatement(name, changed)]) : body;
}

/** The names by which a `continue` may mean this loop. */
function labelsOf(node: ts.IterationStatement): readonly string[] {
  const labels: string[] = [];
  let at = (ts.getOriginalNode(node) as ts.Node | undefined)?.parent;
  for (; at && ts.isLabeledStatement(at); at = at.parent) labels.push(at.label.text);
  return labels;
}

function labeled(label: ts.Identifier | undefined, loop: ts.Statement): ts.Statement {
  return label ? factory.createLabeledStatement(label, loop) : loop;
}

/** `let $_turns = 0; try { loop } finally { if ($_lim > 0) $_u($_turns) }`: whoever leaves it, recording goes on. */
export function lowerLoop(
  lowering: Lowering,
  node: ts.IterationStatement,
  scope: Scope,
  label: ts.Identifier | undefined,
): ts.Statement {
  const site = siteOf(lowering, node, 'statement');
  const lowered = rebuilt(lowering, node, scope, countedBody(lowering, node, scope, site));
  return counted(attempt([labeled(label, lowered)], undefined, [loopEnd()]));
}

function loopEnd(): ts.Statement {
  return factory.createIfStatement(
    factory.createBinaryExpression(probe('lim'), ts.SyntaxKind.GreaterThanToken, factory.createNumericLiteral(0)),
    statement(callProbe('u', probe('turns'))),
  );
}

function rebuilt(lowering: Lowering, node: ts.IterationStatement, scope: Scope, body: ts.Block): ts.Statement {
  const part = (expression: ts.Expression | undefined): ts.Expression | undefined =>
    expression && lowering.walk.expression(lowering, expression, scope);
  const head = (initializer: ts.ForInitializer): ts.ForInitializer =>
    ts.isVariableDeclarationList(initializer) || ts.isForStatement(node)
      ? lowering.walk.node(lowering, initializer, scope)
      : lowerTarget(lowering, initializer, scope);
  if (ts.isForStatement(node)) {
    return factory.updateForStatement(
      node,
      node.initializer && head(node.initializer),
      part(node.condition),
      part(node.incrementor),
      body,
    );
  }
  if (ts.isForOfStatement(node)) {
    const iterable = lowering.walk.expression(lowering, node.expression, scope);
    const isSpelled = isSpelledWhole(node.expression) || isUnseenList(node.expression);
    const value = isSpelled ? rememberedValue(iterable) : iterable;
    if (suspendsInHead(node) || takesApart(node)) return bodyBound(lowering, node, scope, value, body);
    return factory.updateForOfStatement(node, undefined, head(node.initializer), value, body);
  }
  if (ts.isForInStatement(node))
    return factory.updateForInStatement(
      node,
      head(node.initializer),
      lowering.walk.expression(lowering, node.expression, scope),
      body,
    );
  if (ts.isWhileStatement(node))
    return factory.updateWhileStatement(node, lowering.walk.expression(lowering, node.expression, scope), body);
  const loop = node as ts.DoStatement; // the one kind of loop that is left
  return factory.updateDoStatement(loop, body, lowering.walk.expression(lowering, loop.expression, scope));
}

/** The engine miscompiles a suspension in the pattern of a `for…of` head: the pattern is bound in the body instead. */
function suspendsInHead(node: ts.ForOfStatement): boolean {
  const find = (inner: ts.Node): boolean =>
    !ts.isFunctionLike(inner) &&
    (ts.isAwaitExpression(inner) || ts.isYieldExpression(inner) || ts.forEachChild(inner, find) === true);
  return find(node.initializer);
}

/** `o?.x`, of which V8 spells the value when it cannot be iterated. */
function isSpelledWhole(node: ts.Expression): boolean {
  const original = originalOf(node);
  const written = original && ts.isExpression(original) ? withoutTypes(original) : undefined;
  return written !== undefined && ts.isOptionalChain(written) && !ts.isCallExpression(written);
}

/**
 * What a pattern gets is looked at first, and has a place other than the list's; the list must not speak of the
 * variables of the pattern.
 */
function takesApart(node: ts.ForOfStatement): boolean {
  if (!ts.isVariableDeclarationList(node.initializer)) return ts.isArrayLiteralExpression(node.initializer);
  const [declared] = node.initializer.declarations;
  if (declared === undefined || ts.isIdentifier(declared.name)) return false;
  const used = namesUsed(ts.getOriginalNode(node.expression));
  return !namesIn(declared.name).some((each) => used.has(each));
}

function bodyBound(
  lowering: Lowering,
  node: ts.ForOfStatement,
  scope: Scope,
  iterable: ts.Expression,
  body: ts.Block,
): ts.Statement {
  const item = factory.createVariableDeclarationList([factory.createVariableDeclaration('$_item')], ts.NodeFlags.Const);
  const bind = bindTo(lowering, node.initializer, scope, probe('item'));
  return factory.updateForOfStatement(node, undefined, item, iterable, block([...placeOfPattern(node), bind, body]));
}

/** The engine places a pattern of a list where it was before: it reads a name there. */
function placeOfPattern({ initializer }: ts.ForOfStatement): ts.Statement[] {
  const [declared] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const pattern = declared && originalOf(declared.name);
  if (pattern === undefined || !ts.isArrayBindingPattern(pattern)) return [];
  return [statement(placed(probe('id'), pattern.end - 1))];
}

/** `const PATTERN = value` or `PATTERN = value`, as the head of the loop says. */
function bindTo(lowering: Lowering, head: ts.ForInitializer, scope: Scope, value: ts.Expression): ts.Statement {
  if (ts.isVariableDeclarationList(head)) {
    const [declared] = head.declarations;
    const checked = declared ? checkedItem(lowering, declared.name, value) : value;
    return factory.createVariableStatement(undefined, withValue(lowering.walk.node(lowering, head, scope), checked));
  }
  const isList = ts.isArrayLiteralExpression(head);
  const got = isList ? placed(rememberedValue(value), head.getStart(lowering.source)) : value;
  return statement(
    factory.createParenthesizedExpression(
      factory.createAssignment(lowerTarget(lowering, head, scope), got),
    ),
  );
}

export function lowerForAwait(
  lowering: Lowering,
  node: ts.ForOfStatement,
  scope: Scope,
  label: ts.Identifier | undefined,
): ts.Statement {
  const site = siteOf(lowering, node, 'statement');
  const awaitSite = siteOf(lowering, node, 'await');
  const wait = (value: ts.Expression): ts.Expression =>
    yieldNative(callProbe(scope.kind === 'async-generator' ? 'i' : 'w', awaitSite, value, ...heldLocals(node)));
  const loopObject = probe('it');
  const bind = bindTo(lowering, node.initializer, scope, property(loopObject, 'value'));
  const more = callMethod(loopObject, 'take', wait(callMethod(loopObject, 'next')));
  const leave = factory.createIfStatement(factory.createLogicalNot(more), factory.createBreakStatement());
  const inner = block([
    turnProbe(site, node.statement),
    leave,
    whenRecording(callProbe('s', site)),
    bind,
    lowering.walk.embedded(lowering, node.statement, scope),
  ]);
  const loop = factory.createForStatement(undefined, undefined, undefined, inner);
  const iterable = lowering.walk.expression(lowering, node.expression, scope);
  const failed = statement(callMethod(loopObject, 'fail', probe('er')));
  return block([
    ...loopStart(node, callProbe('l', iterable, asyncWordsOf(node.expression))),
    counted(attempt([labeled(label, loop)], [failed], [loopEnd(), ...closing(wait)])),
  ]);
}

function asyncWordsOf(node: ts.Expression): string {
  const original = originalOf(node);
  return original && ts.isExpression(original) ? (asyncIterableWords(original) ?? '') : '';
}

/** The variables of the head are there, and not yet set, while its expression is evaluated (§14.7.5.12). */
function loopStart(node: ts.ForOfStatement, start: ts.Expression): ts.Statement[] {
  const head = node.initializer;
  const isScoped = ts.isVariableDeclarationList(head) && (head.flags & ts.NodeFlags.BlockScoped) !== 0;
  const names = isScoped ? head.declarations.flatMap((each) => namesIn(each.name)) : [];
  const used = names.length === 0 ? new Set<string>() : namesUsed(ts.getOriginalNode(node.expression));
  const hidden = names.filter((name) => used.has(name));
  if (hidden.length === 0) return [constant('it', start)];
  const variables = hidden.map((name) => factory.createVariableDeclaration(name));
  return [
    constant('it', undefined, ts.NodeFlags.Let),
    block([
      statement(factory.createAssignment(probe('it'), start)),
      factory.createVariableStatement(undefined, factory.createVariableDeclarationList(variables, ts.NodeFlags.Let)),
    ]),
  ];
}

function withValue(list: ts.VariableDeclarationList, value: ts.Expression): ts.VariableDeclarationList {
  return factory.updateVariableDeclarationList(
    list,
    list.declarations.map((each) => factory.updateVariableDeclaration(each, each.name, undefined, undefined, value)),
  );
}

/**
 * ECMA-262 §7.4.12 AsyncIteratorClose: on an error inside, what `return` does is ignored and the error goes on; else
 * its result is
 * awaited and must be an object.
 */
function closing(wait: (value: ts.Expression) => ts.Expression): ts.Statement[] {
  const loopObject = probe('it');
  const method = constant('cl', callMethod(loopObject, 'closer'));
  const closed = wait(callMethod(loopObject, 'close', probe('cl')));
  const whenThere = (then: ts.Expression): ts.Statement => factory.createIfStatement(probe('cl'), statement(then));
  const quiet = factory.createTryStatement(
    block([method, whenThere(closed)]),
    factory.createCatchClause(undefined, block([])),
    undefined,
  );
  const loud = block([method, whenThere(callMethod(loopObject, 'closed', closed))]);
  const hasFailed = property(loopObject, 'error');
  return [
    factory.createIfStatement(
      property(loopObject, 'live'),
      block([factory.createIfStatement(hasFailed, block([quiet]), loud)]),
    ),
    factory.createIfStatement(hasFailed, factory.createThrowStatement(property(hasFailed, 'error'))),
  ];
}

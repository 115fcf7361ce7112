/**
 * Why this file exists: `total += await price()` reads `total` before it is suspended; what others add meanwhile is
 * overwritten.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import type { FunctionSummary } from '../flow-model/summary';
import { isFunctionNode, rangeOf, skipOuter } from '../syntax';
import { isTestFile } from './place';
import { found, type Rule, type RuleContext } from './rule';
import { bindingsOf } from './state/bindings';
import { type Location, locationOf, type Reach, reachOf } from './state/locations';
import { isLocked } from './state/locks';
import { firstSuspension, isAssignment, isAsync, isSuspension, ownNodes, visitOwn } from './state/own-nodes';

const { SyntaxKind } = ts;

export const staleReadModifyWrite: Rule = {
  id: 'stale-read-modify-write',
  finds: 'shared state that is read before an `await` and overwritten after it with a value made from that',
  severity: 'error',
  check: (context) => {
    if (isTestFile(context.summary.file)) return [];
    const functions = context.summary.functions.filter((fn) => {
      return isAsync(fn.sites.node) && fn.awaits.length > 0 && !fn.startUp;
    });
    return functions.flatMap((fn) => inFunction(fn, context));
  },
};

interface Update {
  readonly location: Location;
  readonly write: ts.BinaryExpression;
  readonly read: ts.Node;
  readonly suspension: ts.Node;
}

function inFunction(fn: FunctionSummary, context: RuleContext): readonly Finding[] {
  const { node } = fn.sites;
  const bindings = bindingsOf(context.summary.source);
  return ownNodes(node, isAssignment).flatMap((write) => {
    const location = locationOf(write.left);
    if (location === undefined) return [];
    const reach = reachOf(location, node, bindings);
    if (reach === undefined || (reach === 'captured' && !runsManyAtOnce(fn)) || isLocked(write, node)) return [];
    const update = inOneExpression(location, write) ?? throughCopy(location, write, node, context);
    return update === undefined ? [] : [finding(update, reach, context)];
  });
}

/** Variables of a function around are shared by calls that run together: callbacks of `map`, of timers, of events. */
function runsManyAtOnce({ sites: { use }, run }: FunctionSummary): boolean {
  if (run.kind === 'callback') return true;
  const callee = use.kind === 'argument' ? skipOuter(use.call.expression) : undefined;
  return (
    callee !== undefined &&
    ts.isPropertyAccessExpression(callee) &&
    /^(map|forEach|flatMap|filter)$/.test(callee.name.text)
  );
}

/** `x += await f()`, `x = x + await f()`. */
function inOneExpression(location: Location, write: ts.BinaryExpression): Update | undefined {
  const { kind } = write.operatorToken;
  if (kind === SyntaxKind.EqualsToken) {
    const stale = staleRead(write.right, location);
    return stale === undefined ? undefined : { location, write, ...stale };
  }
  if (isLogicalAssignment(kind)) return undefined;
  const suspension = firstSuspension(write.right);
  return suspension === undefined ? undefined : { location, write, read: write.left, suspension };
}

function isLogicalAssignment(kind: ts.SyntaxKind): boolean {
  return (
    kind === SyntaxKind.QuestionQuestionEqualsToken ||
    kind === SyntaxKind.BarBarEqualsToken ||
    kind === SyntaxKind.AmpersandAmpersandEqualsToken
  );
}

/**
 * A read whose value is kept over a suspension: both are operands of one operation, the read first. What is only handed
 * to the awaited call, or only decides which branch is taken, is not kept.
 */
function staleRead(node: ts.Expression, location: Location): Pick<Update, 'read' | 'suspension'> | undefined {
  const expression = skipOuter(node);
  const parts = keptParts(expression);
  for (const [index, part] of parts.entries()) {
    const inside = staleRead(part, location);
    if (inside !== undefined) return inside;
    const read = readIn(part, location);
    const suspension = parts.slice(index + 1).flatMap((later) => firstSuspension(later) ?? [])[0];
    if (read !== undefined && suspension !== undefined) return { read, suspension };
  }
  return undefined;
}

/** The operands of an expression, each of whose values is kept until the last is known. */
function keptParts(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isBinaryExpression(node)) return isChoice(node) ? [] : [node.left, node.right];
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return node.arguments ?? [];
  if (ts.isTemplateExpression(node)) return node.templateSpans.map((span) => span.expression);
  if (ts.isArrayLiteralExpression(node)) return node.elements;
  if (ts.isSpreadElement(node)) return [node.expression];
  if (!ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    if (ts.isSpreadAssignment(property)) return [property.expression];
    return ts.isPropertyAssignment(property) ? [property.initializer] : [];
  });
}

function isChoice({ operatorToken: { kind } }: ts.BinaryExpression): boolean {
  return (
    kind === SyntaxKind.BarBarToken ||
    kind === SyntaxKind.AmpersandAmpersandToken ||
    kind === SyntaxKind.QuestionQuestionToken ||
    kind === SyntaxKind.CommaToken
  );
}

/** A read of the location in an expression that does not suspend. */
function readIn(part: ts.Expression, { key }: Location): ts.Node | undefined {
  if (isFunctionNode(part) || firstSuspension(part) !== undefined) return undefined;
  return ownNodes(part, ts.isExpression).find((each) => locationOf(each)?.key === key);
}

/** `const old = x; await …; x = old + 1`. */
function throughCopy(
  location: Location,
  write: ts.BinaryExpression,
  owner: ts.Node,
  { summary }: RuleContext,
): Update | undefined {
  if (write.operatorToken.kind !== SyntaxKind.EqualsToken || firstSuspension(write.right) !== undefined)
    return undefined;
  const bindings = bindingsOf(summary.source);
  for (const name of ownNodes(write.right, ts.isIdentifier)) {
    const declaration = bindings.of(name)?.declared.parent;
    if (declaration === undefined || !ts.isVariableDeclaration(declaration) || declaration.initializer === undefined)
      continue;
    const isCopy = locationOf(declaration.initializer)?.key === location.key;
    if (!isCopy || name.parent === write || !isOwn(declaration, owner)) continue;
    const suspension = suspensionBetween(declaration, write, owner);
    if (suspension !== undefined) return { location, write, read: declaration.initializer, suspension };
  }
  return undefined;
}

function isOwn(node: ts.Node, owner: ts.Node): boolean {
  return ownNodes(owner, ts.isVariableDeclaration).some((each) => each === node);
}

/** A suspension on the way from a declaration to a write, both in the same block or the write deeper. */
function suspensionBetween(from: ts.Node, to: ts.Node, owner: ts.Node): ts.Node | undefined {
  let between: ts.Node | undefined;
  visitOwn(owner, (node) => {
    if (isSuspension(node) && node.pos >= from.end && node.end <= to.pos) between ??= node;
    return undefined;
  });
  return between;
}

const who: Readonly<Record<Reach, string>> = {
  module: 'whoever calls this meanwhile',
  instance: 'another call on the same object',
  captured: 'the calls that run beside this one',
};

function finding({ location, write, read, suspension }: Update, reach: Reach, context: RuleContext): Finding {
  const { file } = context.summary;
  const name = `\`${location.node.getText()}\``;
  const message =
    `${name} is read before an await and overwritten after it: what ${who[reach]} wrote in between is lost. ` +
    'Await first, then read and write in one go.';
  return found(staleReadModifyWrite, context, write, message, {
    related: [
      { file, range: rangeOf(read), message: `${name} is read here.` },
      { file, range: rangeOf(suspension), message: 'Others run here.' },
    ],
    fixes: [],
  });
}

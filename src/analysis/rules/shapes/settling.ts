/**
 * Why this file exists: how often an executor calls `resolve` or `reject` on its ways through its own text. What
 * happens in functions inside it, or after a function was handed on, is not known, and is said to be so.
 */
import ts from 'typescript';
import { isFunctionNode, skipOuter } from '../../syntax';

/** What may have been called when control is at a place: nothing yet, or the call that settled. */
export interface State {
  readonly pending: boolean;
  readonly settledBy: readonly ts.CallExpression[];
}

export interface Settling {
  /** A way that ends without a call; undefined where there is none, or where it is not known. */
  readonly unsettledExit: ts.Node | undefined;
  /** Calls that come after another one on some way. */
  readonly repeated: readonly { readonly call: ts.CallExpression; readonly after: ts.CallExpression }[];
}

const unreachable: State = { pending: false, settledBy: [] };

/** Follows the statements of a body. `names` are those of the functions that settle. */
export function settlingOf(body: ts.Block, names: ReadonlySet<string>): Settling {
  const exits: { readonly node: ts.Node; readonly state: State }[] = [];
  const repeated: { call: ts.CallExpression; after: ts.CallExpression }[] = [];
  const known = { ways: true };
  const escapes = (): void => {
    known.ways = false;
  };

  function settle(node: ts.Node, state: State): State {
    let current = state;
    for (const call of settlingCalls(node, names, escapes)) {
      const [after] = current.settledBy;
      if (after !== undefined && !excludes(after, call)) repeated.push({ call, after });
      current = { pending: false, settledBy: [...current.settledBy, call] };
    }
    return current;
  }

  function list(statements: readonly ts.Statement[], state: State): State {
    return statements.reduce((current, statement) => (isReached(current) ? step(statement, current) : current), state);
  }

  function step(statement: ts.Statement, state: State): State {
    if (ts.isBlock(statement)) return list(statement.statements, state);
    if (ts.isIfStatement(statement)) {
      const tested = settle(statement.expression, state);
      const then = step(statement.thenStatement, tested);
      return joined(then, statement.elseStatement === undefined ? tested : step(statement.elseStatement, tested));
    }
    if (ts.isReturnStatement(statement)) {
      exits.push({ node: statement, state: settle(statement, state) });
      return unreachable;
    }
    if (ts.isThrowStatement(statement)) return unreachable; // It rejects.
    if (ts.isTryStatement(statement)) return tried(statement, state);
    const isRepeated = ts.isIterationStatement(statement, true) || ts.isSwitchStatement(statement);
    if (isRepeated) return repeatedly(statement, state);
    return settle(statement, state);
  }

  /** The `catch` may be entered before or after any call of the `try`. */
  function tried({ tryBlock, catchClause, finallyBlock }: ts.TryStatement, state: State): State {
    const done = list(tryBlock.statements, state);
    const caught = catchClause === undefined ? unreachable : list(catchClause.block.statements, state);
    const after = joined(done, caught);
    return finallyBlock === undefined ? after : list(finallyBlock.statements, isReached(after) ? after : state);
  }

  /** Any call inside may run, not run, or run again: only what comes before and after is followed. */
  function repeatedly(statement: ts.Statement, state: State): State {
    const calls = settlingCalls(statement, names, escapes);
    if (calls.length > 0) escapes();
    return calls.length === 0 ? state : { pending: state.pending, settledBy: state.settledBy };
  }

  const end = list(body.statements, { pending: true, settledBy: [] });
  exits.push({ node: body, state: end });
  const open = exits.find(({ state }) => state.pending);
  return { unsettledExit: known.ways ? open?.node : undefined, repeated };
}

function isReached({ pending, settledBy }: State): boolean {
  return pending || settledBy.length > 0;
}

function joined(one: State, other: State): State {
  return { pending: one.pending || other.pending, settledBy: [...new Set([...one.settledBy, ...other.settledBy])] };
}

/** Calls of the function itself, in order; any other mention of the names means that it is not known who calls. */
function settlingCalls(
  node: ts.Node,
  names: ReadonlySet<string>,
  escapes: () => void,
): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  function visit(inner: ts.Node, isInside: boolean): void {
    if (ts.isIdentifier(inner) && names.has(inner.text)) {
      const call = inner.parent;
      if (!isInside && ts.isCallExpression(call) && call.expression === inner) {
        if (isConditional(call, node)) escapes();
        else found.push(call);
      } else if (!isName(inner)) escapes();
    }
    ts.forEachChild(inner, (child) => {
      visit(child, isInside || isFunctionNode(inner) || ts.isClassLike(inner));
    });
  }
  visit(node, false);
  return found;
}

function isName(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** `ok && resolve()`, `ok ? resolve() : reject()`: whether it is called is not followed. */
function isConditional(call: ts.Node, top: ts.Node): boolean {
  for (let node = call; node !== top; node = node.parent) {
    const { parent } = node;
    if (ts.isConditionalExpression(parent) && node !== parent.condition) return true;
    const isLogical = ts.isBinaryExpression(parent) && /^(&&|\|\||\?\?)$/.test(parent.operatorToken.getText());
    if (isLogical && parent.right === node) return true;
  }
  return false;
}

/** Two calls under tests that speak of the same names may exclude each other: `if (a) …; if (!a) …`. */
function excludes(one: ts.Node, other: ts.Node): boolean {
  const [first, second] = [testsAround(one, other), testsAround(other, one)];
  return first.some((name) => second.includes(name));
}

function testsAround(node: ts.Node, other: ts.Node): readonly string[] {
  const names: string[] = [];
  for (let child = node; !ts.isSourceFile(child); child = child.parent) {
    const { parent } = child;
    if (parent.pos <= other.pos && other.end <= parent.end) break;
    const isBranch = ts.isIfStatement(parent) && child !== parent.expression;
    if (isBranch) names.push(...identifiersIn(skipOuter(parent.expression)));
  }
  return names;
}

function identifiersIn(node: ts.Node): readonly string[] {
  const found: string[] = [];
  function visit(inner: ts.Node): void {
    if (ts.isIdentifier(inner)) found.push(inner.text);
    ts.forEachChild(inner, visit);
  }
  visit(node);
  return found;
}

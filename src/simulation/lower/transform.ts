/**
 * Why this file exists: plain JavaScript (types are already erased) becomes the guest program: probes at every
 * statement, call and loop
 * turn, and no `async`, `await` or async generator left. Functions, loops and modules have their own files; this one
 * walks.
 */
import ts from 'typescript';
import { block, callProbe, probe, whenRecording, yieldNative } from './build';
import { brandedMembers, brandedObject } from './branding';
import { lowerEval } from './evals';
import { lowerFunction, lowerFunctionDeclaration } from './functions';
import { functionsLikeVariables, hoistFunction, withoutOverridden } from './hoisting';
import { delegatedWords, unnamed } from './callee-words';
import { asWorded } from './worded';
import { heldLocals } from './locals';
import { lowerForAwait, lowerLoop } from './loops';
import { siteOf, type Lowering, type Walk } from './lowering';
import { lowerField, lowerMemberValue } from './member-values';
import { loweredLabel, renamed } from './moved-names';
import { checkedElement } from './nested-patterns';
import { ownClassName } from './own-class';
import { addSite, originalOf } from './sites';
import { isAsync, plainScope, type Scope } from './scope';
import { lowerTarget } from './targets';
import { isAssignment } from './written';
import { valueThenNoted } from './written-members';
import { assignedValue, checkedCatch, checkedDeclaration, rememberedValue } from './taken-apart';

const { factory } = ts;

/**
 * A list of statements: declarations of async functions first (they are hoisted), then each statement behind its probe.
 */
function lowerStatements(
  lowering: Lowering,
  statements: readonly ts.Statement[],
  scope: Scope,
  isFunctionBody: boolean,
): ts.Statement[] {
  const directives: ts.Statement[] = [];
  const hoisted: ts.Statement[] = [];
  const rest: ts.Statement[] = [];
  const asVariable = isFunctionBody ? functionsLikeVariables(statements) : () => false;
  for (const each of withoutOverridden(statements)) {
    if (rest.length === 0 && ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression) && isFunctionBody)
      directives.push(each);
    else if (ts.isFunctionDeclaration(each))
      hoistFunction(lowerFunctionDeclaration(lowering, each, isFunctionBody), asVariable(each), hoisted, rest);
    else rest.push(...lowerStatement(lowering, each, scope));
  }
  return [...directives, ...hoisted, ...rest];
}

/** One statement and its probe. */
function lowerStatement(lowering: Lowering, node: ts.Statement, scope: Scope): ts.Statement[] {
  if (ts.isBlock(node)) return [lowerBlock(lowering, node, scope)];
  if (ts.isEmptyStatement(node) || ts.isFunctionDeclaration(node) || ts.isNotEmittedStatement(node)) return [node];
  const site = addSite(lowering.table, lowering.file, lowering.source, node, 'statement');
  const lowered = lowerBare(lowering, node, scope, undefined);
  const place = site === undefined ? undefined : lowering.table.sites[site - (lowering.table.first ?? 0)];
  return site === undefined || place === undefined || lowering.isQuiet(place)
    ? [lowered]
    : [placed(whenRecording(callProbe('s', site)), node, lowering.source), lowered];
}

/** The probe says where the statement begins: what the engine cannot place lies after it. */
function placed(made: ts.Statement, node: ts.Statement, source: ts.SourceFile): ts.Statement {
  const original = originalOf(node);
  if (original === undefined) return made;
  const start = original.getStart(source);
  return ts.setSourceMapRange(made, { pos: start, end: start });
}

function lowerBlock(lowering: Lowering, node: ts.Block, scope: Scope): ts.Block {
  return factory.updateBlock(node, lowerStatements(lowering, node.statements, scope, false));
}

/** A statement that stands alone after `if`, `else` or a loop's head. */
function lowerEmbedded(lowering: Lowering, node: ts.Statement, scope: Scope): ts.Block {
  return ts.isBlock(node) ? lowerBlock(lowering, node, scope) : block(lowerStatements(lowering, [node], scope, false));
}

function lowerBare(
  lowering: Lowering,
  node: ts.Statement,
  scope: Scope,
  label: ts.Identifier | undefined,
): ts.Statement {
  if (ts.isLabeledStatement(node)) return lowerLabeled(lowering, node, scope);
  if (ts.isForOfStatement(node) && node.awaitModifier) return lowerForAwait(lowering, node, scope, label);
  if (ts.isIterationStatement(node, false)) return lowerLoop(lowering, node, scope, label);
  if (ts.isClassDeclaration(node)) return brandedMembers(lowering, visitChildren(lowering, node, scope));
  if (ts.isIfStatement(node)) {
    return factory.updateIfStatement(
      node,
      lowerExpression(lowering, node.expression, scope),
      lowerEmbedded(lowering, node.thenStatement, scope),
      node.elseStatement && lowerEmbedded(lowering, node.elseStatement, scope),
    );
  }
  if (ts.isReturnStatement(node)) return lowerReturn(lowering, node, scope);
  if (ts.isThrowStatement(node)) return lowerThrow(lowering, node, scope);
  if (ts.isSwitchStatement(node)) return lowerSwitch(lowering, node, scope);
  if (ts.isClassDeclaration(node)) return brandedMembers(lowering, visitChildren(lowering, node, scope));
  return visitChildren(lowering, node, scope);
}

/** Async functions declared in any clause are there from the start of the whole block (ECMA-262 §14.12.4). */
function lowerSwitch(lowering: Lowering, node: ts.SwitchStatement, scope: Scope): ts.Statement {
  const hoisted: ts.Statement[] = [];
  const clauses = node.caseBlock.clauses.map((clause) => {
    const kept = clause.statements.filter((each) => {
      const hoists = ts.isFunctionDeclaration(each) && isAsync(each);
      if (hoists) hoisted.push(lowerFunctionDeclaration(lowering, each, false));
      return !hoists;
    });
    const statements = lowerStatements(lowering, kept, scope, false);
    return ts.isCaseClause(clause)
      ? factory.updateCaseClause(clause, lowerExpression(lowering, clause.expression, scope), statements)
      : factory.updateDefaultClause(clause, statements);
  });
  const lowered = factory.updateSwitchStatement(
    node,
    lowerExpression(lowering, node.expression, scope),
    factory.updateCaseBlock(node.caseBlock, clauses),
  );
  return hoisted.length === 0 ? lowered : block([...hoisted, lowered]);
}

/** A loop takes its label along: what is put around it must not come between them. */
function lowerLabeled(lowering: Lowering, node: ts.LabeledStatement, scope: Scope): ts.Statement {
  const { statement } = node;
  if (ts.isLabeledStatement(statement)) return lowerLabeled(lowering, statement, scope);
  const label = loweredLabel(lowering, node.label);
  if (ts.isIterationStatement(statement, false)) return lowerBare(lowering, statement, scope, label);
  return factory.updateLabeledStatement(node, label, lowerEmbedded(lowering, statement, scope));
}

/** The runtime notes where the error was thrown: what Node quotes when nobody catches it. */
function lowerThrow(lowering: Lowering, node: ts.ThrowStatement, scope: Scope): ts.Statement {
  const value = lowerExpression(lowering, node.expression, scope);
  const original = originalOf(node);
  if (original === undefined) return factory.updateThrowStatement(node, value);
  const start = original.getStart(lowering.source);
  return factory.updateThrowStatement(node, callProbe('g', lowering.file, start, value));
}

function lowerReturn(lowering: Lowering, node: ts.ReturnStatement, scope: Scope): ts.Statement {
  const value = node.expression && lowerExpression(lowering, node.expression, scope);
  switch (scope.kind) {
    case 'sync':
      return value ? factory.updateReturnStatement(node, callProbe('v', value)) : node;
    case 'generator':
      return value ? factory.updateReturnStatement(node, factory.createAssignment(probe('rv'), value)) : node;
    case 'async':
      return factory.updateReturnStatement(node, value);
    case 'async-generator': {
      // ECMA-262 §14.10.1: the value is awaited
      if (value === undefined) return node;
      return factory.updateReturnStatement(node, yieldNative(callProbe('i', siteOf(lowering, node, 'await'), value)));
    }
  }
}

/** Any node that is not a statement in a list. */
function lowerExpression(lowering: Lowering, node: ts.Expression, scope: Scope): ts.Expression {
  return visit(lowering, node, scope) as ts.Expression; // an expression is replaced by expressions only
}

function lowerNode<T extends ts.Node>(lowering: Lowering, node: T, scope: Scope): T {
  return visit(lowering, node, scope) as T; // kinds other than statements keep their kind
}

function visitChildren<T extends ts.Node>(lowering: Lowering, node: T, scope: Scope): T {
  return ts.visitEachChild(node, (child) => visit(lowering, child, scope), lowering.context);
}

function visit(lowering: Lowering, node: ts.Node, scope: Scope): ts.Node {
  if (ts.isBlock(node)) return lowerBlock(lowering, node, scope);
  if (ts.isStatement(node)) return lowerEmbedded(lowering, node, scope);
  if (ts.isFunctionLike(node)) return lowerFunction(lowering, node, scope);
  if (ts.isClassLike(node)) return brandedMembers(lowering, visitChildren(lowering, node, scope));
  if (isAssignment(node)) {
    const value = lowerExpression(lowering, node.right, scope);
    const target = lowerTarget(lowering, node.left, scope);
    return factory.updateBinaryExpression(
      node,
      target,
      node.operatorToken,
      assignedValue(lowering, node, valueThenNoted(lowering, target, value)),
    );
  }
  if (ts.isSpreadAssignment(node)) {
    return factory.updateSpreadAssignment(node, callProbe('k', lowerExpression(lowering, node.expression, scope)));
  }
  if (ts.isDeleteExpression(node))
    return factory.updateDeleteExpression(node, lowerTarget(lowering, node.expression, scope));
  if (ts.isPrefixUnaryExpression(node) && writes(node.operator))
    return factory.updatePrefixUnaryExpression(node, lowerTarget(lowering, node.operand, scope));
  if (ts.isPostfixUnaryExpression(node))
    return factory.updatePostfixUnaryExpression(node, lowerTarget(lowering, node.operand, scope));
  if (ts.isObjectLiteralExpression(node)) return brandedObject(node, visitChildren(lowering, node, scope));
  if (ts.isClassStaticBlockDeclaration(node)) {
    return factory.updateClassStaticBlockDeclaration(
      node,
      block(lowerStatements(lowering, node.body.statements, plainScope, false)),
    );
  }
  if (ts.isVariableDeclaration(node) && node.initializer && !ts.isIdentifier(node.name))
    return checkedDeclaration(lowering, visitChildren(lowering, node, scope));
  if (ts.isHeritageClause(node) && node.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(node.parent))
    return factory.updateHeritageClause(node, node.types.map((type) => withRememberedValue(lowering, type, scope)));
  if (ts.isPropertyDeclaration(node)) return lowerField(lowering, node, scope);
  if (ts.isPropertyAssignment(node)) return lowerMemberValue(lowering, node, scope, scope);
  if (ts.isCatchClause(node)) return checkedCatch(lowering, visitChildren(lowering, node, scope));
  if (ts.isBindingElement(node) && !ts.isIdentifier(node.name))
    return checkedElement(lowering, visitChildren(lowering, node, scope));
  if (ts.isAwaitExpression(node)) return lowerAwait(lowering, node, scope);
  if (ts.isYieldExpression(node)) return lowerYield(lowering, node, scope);
  return (
    renamed(lowering, node, scope) ??
    ownClassName(node) ??
    lowerEval(lowering, node, scope) ??
    lowering.modules.expression(node, (child) => visit(lowering, child, scope)) ??
    asWorded(lowering, visitChildren(lowering, node, scope))
  );
}

/** `class A extends B`: V8 spells the value of a `B` that cannot be extended. */
function withRememberedValue(
  lowering: Lowering,
  type: ts.ExpressionWithTypeArguments,
  scope: Scope,
): ts.ExpressionWithTypeArguments {
  const value = rememberedValue(lowerExpression(lowering, type.expression, scope));
  return factory.updateExpressionWithTypeArguments(type, value, undefined);
}

function writes(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function lowerAwait(lowering: Lowering, node: ts.AwaitExpression, scope: Scope): ts.Expression {
  const operand = lowerExpression(lowering, node.expression, scope);
  const name = scope.kind === 'async-generator' ? 'i' : 'w';
  return yieldNative(callProbe(name, siteOf(lowering, node, 'await'), operand, ...heldLocals(node)));
}

function lowerYield(lowering: Lowering, node: ts.YieldExpression, scope: Scope): ts.Expression {
  const value = node.expression ? lowerExpression(lowering, node.expression, scope) : factory.createVoidZero();
  const site = siteOf(lowering, node, 'yield');
  const operand = node.expression && originalOf(node.expression);
  const words = operand && ts.isExpression(operand) ? delegatedWords(operand) : undefined;
  if (scope.kind === 'generator') {
    return node.asteriskToken
      ? factory.updateYieldExpression(node, node.asteriskToken, words === undefined ? rememberedValue(value) : value)
      : factory.updateYieldExpression(node, undefined, callProbe('p', probe('fr'), site, value, ...heldLocals(node)));
  }
  if (node.asteriskToken) {
    const spelled = words === undefined ? [] : [factory.createStringLiteral(`${words}${unnamed.repeat(3)}`)];
    return factory.createParenthesizedExpression(
      factory.createYieldExpression(node.asteriskToken, callProbe('d', site, value, ...spelled)),
    );
  }
  // ECMA-262 §15.5.5: yield awaits its operand first.
  return yieldNative(callProbe('o', site, yieldNative(callProbe('i', site, value, ...heldLocals(node))), ...heldLocals(node)));
}

/** The walk, as the other parts of the lowering use it. */
export const walk: Walk = {
  expression: lowerExpression,
  node: lowerNode,
  statements: lowerStatements,
  embedded: lowerEmbedded,
};

/**
 * Why this file exists: a promise in a variable looks as if somebody cared for it. Where a way through the function
 * never comes back to the variable, it floats all the same.
 */
import ts from 'typescript';
import type { Finding, RelatedPlace } from '../finding';
import { calleeName, rangeOf } from '../syntax';
import { mayAwait, prefixed } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { exitsOf } from './shapes/paths';
import { type StoredPromise, storedPromises, storedResults } from './shapes/stored';

export const floatingPromiseStored: Rule = {
  id: 'floating-promise-stored',
  finds: 'a promise in a variable or private field at which some way through the code never looks again',
  severity: 'warning',
  questions: (nodes) => ({
    types: [
      ...storedResults(nodes).flatMap((each) => (waysWithoutUse(each) ? each.made : [])),
      ...nodes.of(ts.SyntaxKind.BinaryExpression).flatMap((each) => (isUnreadField(each) ? each.right : [])),
    ],
  }),
  check: (context) => [
    ...storedPromises(context).flatMap((stored) => checkVariable(stored, context)),
    ...context.nodes.of(ts.SyntaxKind.BinaryExpression).flatMap((node) => checkField(node, context)),
  ],
};

function checkVariable(stored: StoredPromise, context: RuleContext): readonly Finding[] {
  const { name, made, mentions } = stored;
  const leaves = waysWithoutUse(stored);
  if (leaves === undefined) return [];
  const never = usesOf(stored).length === 0;
  const where = never ? 'nothing looks at it again' : 'not every way through the function looks at it again';
  const message = `\`${name.text}\` holds the promise of \`${calleeName(made)}\`, and ${where}: there nobody waits for it, and its rejection is unhandled.`;
  const related = leaves.map(
    (leave): RelatedPlace => ({
      file: context.summary.file,
      range: rangeOf(leave),
      message: `This way leaves \`${name.text}\` behind.`,
    }),
  );
  const fixes =
    mentions.length === 0 && stored.declaration.type === undefined && mayAwait(made)
      ? [{ title: 'Add await', edits: prefixed(context.summary.file, made, 'await '), preferred: true }]
      : [];
  return [found(floatingPromiseStored, context, made, message, { related, fixes })];
}

/** Statements at which a way leaves the variable without a use, if there is such a way at all. */
function waysWithoutUse(stored: StoredPromise): readonly ts.Statement[] | undefined {
  if (stored.name.text.startsWith('_')) return undefined;
  const uses = usesOf(stored);
  const isUsed = (node: ts.Node): boolean => uses.some((use) => use.pos >= node.pos && use.end <= node.end);
  const { falls, leaves } = exitsOf(stored.after, isUsed);
  return falls || leaves.length > 0 ? leaves : undefined;
}

function usesOf({ mentions }: StoredPromise): readonly ts.Identifier[] {
  return mentions.filter((each) => !isWritten(each));
}

/** `p = …` looks at nothing, but for what is on its right. */
function isWritten(mention: ts.Identifier): boolean {
  const { parent } = mention;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === mention &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isExpressionStatement(parent.parent)
  );
}

/** `this.#saving = save()`, where nothing in the class reads the field. */
function checkField(node: ts.BinaryExpression, context: RuleContext): readonly Finding[] {
  if (!isUnreadField(node) || typeOf(node.right, context).promise !== 'yes') return [];
  const message = `\`${node.left.getText()}\` holds the promise of \`${calleeName(node.right)}\`, and nothing reads it: nobody waits for it, and its rejection is unhandled.`;
  return [found(floatingPromiseStored, context, node.right, message)];
}

function isUnreadField(node: ts.BinaryExpression): boolean {
  const { left } = node;
  if (!isFieldWrite(node) || !isCall(node.right) || !ts.isPropertyAccessExpression(left)) return false;
  const owner = ts.findAncestor(node, ts.isClassLike);
  return owner !== undefined && isPrivate(owner, left.name.text) && !isRead(owner, left.name.text);
}

function isCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && !/\.(catch|then)$/.test(node.expression.getText());
}

function isFieldWrite(node: ts.BinaryExpression): boolean {
  return (
    node.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(node.left) &&
    node.left.expression.kind === ts.SyntaxKind.ThisKeyword &&
    ts.isExpressionStatement(node.parent)
  );
}

function isPrivate(owner: ts.ClassLikeDeclaration, name: string): boolean {
  const member = owner.members.find((each) => ts.isPropertyDeclaration(each) && each.name.getText() === name);
  if (member === undefined) return false;
  return name.startsWith('#') || (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0;
}

/** Any other mention of the name, even in another object's place, counts as reading. */
function isRead(owner: ts.ClassLikeDeclaration, name: string): boolean {
  function visit(node: ts.Node): boolean {
    const named = ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringLiteral(node);
    if (named && node.text === name && !isDeclaredOrWritten(node)) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  }
  return visit(owner);
}

function isDeclaredOrWritten(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyDeclaration(parent)) return parent.name === node;
  return ts.isPropertyAccessExpression(parent) && ts.isBinaryExpression(parent.parent) && isFieldWrite(parent.parent);
}

/**
 * Why this file exists: a promise that is made, then left alone during another `await`, has no handler meanwhile. When
 * it rejects in that window, the process ends, although the `await` that would catch it stands a few lines below.
 */
import ts from 'typescript';
import type { Finding, Fix, RelatedPlace } from '../finding';
import { calleeName, enclosingFunction, rangeOf } from '../syntax';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { containsOwn } from './shapes/functions';
import { completes } from './shapes/paths';
import { type StoredPromise, storedPromises, storedResults } from './shapes/stored';

export const lateAwaitRejectionWindow: Rule = {
  id: 'late-await-rejection-window',
  finds: 'a promise that has no handler while the function waits for something else',
  severity: 'error',
  // What is written decides most; types are asked of the rest.
  questions: (nodes) => ({ types: storedResults(nodes).flatMap((each) => (windowOf(each) ? each.made : [])) }),
  check: (context) => storedPromises(context).flatMap((stored) => check(stored, context)),
};

function check(stored: StoredPromise, context: RuleContext): readonly Finding[] {
  const { name, made } = stored;
  const window = windowOf(stored);
  if (window === undefined) return [];
  const { first, wait } = window;
  const message = `The promise of \`${calleeName(made)}\` has no handler while the function waits at line ${lineOf(wait)}: when it rejects then, the rejection is unhandled, whatever stands around \`${name.text}\` later.`;
  const { file } = context.summary;
  const related: readonly RelatedPlace[] = [
    { file, range: rangeOf(wait), message: 'Here the function is suspended, and nobody listens to the promise.' },
    { file, range: rangeOf(first), message: 'Only here its handler is attached.' },
  ];
  return [found(lateAwaitRejectionWindow, context, made, message, { related, fixes: handlers(stored, file) })];
}

interface Window {
  /** Where the variable is looked at first. */
  readonly first: ts.Identifier;
  readonly wait: ts.Node;
}

function windowOf(stored: StoredPromise): Window | undefined {
  const { declaration, mentions } = stored;
  const first = mentions.find((each) => each.pos >= declaration.end);
  if (first === undefined || enclosingFunction(first) !== enclosingFunction(declaration)) return undefined;
  const wait = waitBetween(stored, first);
  return wait && { first, wait };
}

/** The first `await` that is over before the variable is looked at, on a way that leads there. */
function waitBetween({ declaration, after }: StoredPromise, first: ts.Identifier): ts.Node | undefined {
  const waits: ts.Node[] = [];
  for (const statement of [...laterDeclarations(declaration), ...after]) {
    containsOwn(statement, (node) => {
      const suspends = ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined);
      if (suspends && isOverBefore(node, first) && leadsOn(node, first)) waits.push(node);
      return false;
    });
  }
  return waits[0];
}

/** `const a = fa(), b = await fb()`. */
function laterDeclarations(declaration: ts.VariableDeclaration): readonly ts.Node[] {
  const { parent } = declaration;
  return ts.isVariableDeclarationList(parent) ? parent.declarations.filter((each) => each.pos >= declaration.end) : [];
}

function isOverBefore(wait: ts.Node, first: ts.Identifier): boolean {
  // A `for await` suspends at its head, before the body.
  const end = ts.isForOfStatement(wait) ? wait.expression.end : wait.end;
  return end <= first.pos;
}

/** What the `await` stands in goes on to where the variable is looked at, and is not the other branch. */
function leadsOn(wait: ts.Node, first: ts.Identifier): boolean {
  let node = wait;
  for (; !contains(node.parent, first); node = node.parent) {
    if (ts.isStatement(node) && !completes(node)) return false;
  }
  const { parent } = node;
  if (ts.isStatement(node) && !completes(node)) return false;
  const isBranch = ts.isIfStatement(parent) && node !== parent.expression && !contains(parent.expression, first);
  return !isBranch && !(ts.isConditionalExpression(parent) && node !== parent.condition);
}

function contains(node: ts.Node, inner: ts.Node): boolean {
  return node.pos <= inner.pos && inner.end <= node.end;
}

function lineOf(node: ts.Node): string {
  return String(node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1);
}

/** A handler that takes note at once; the `await` below still throws. */
function handlers({ declaration, name }: StoredPromise, file: string): readonly Fix[] {
  const statement = declaration.parent.parent;
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return [];
  const { text } = statement.getSourceFile();
  const start = statement.getStart();
  const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const line = `\n${indent}${name.text}.catch(() => undefined); // Its rejection is taken note of below.`;
  return [{ title: 'Attach a handler until it is awaited', edits: [insert(file, statement.end, line)] }];
}

/** Why this file exists: only the first call of `resolve` or `reject` counts; another is lost with what it says. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { isFunctionNode, rangeOf } from '../syntax';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { executors, type Executor } from './shapes/executors';
import { settlingOf } from './shapes/settling';

export const executorSettlesTwice: Rule = {
  id: 'executor-settles-twice',
  finds: 'an executor that on some way calls `resolve` or `reject` a second time, which is ignored',
  severity: 'warning',
  check: (context) => executors(context).flatMap((each) => check(each, context)),
};

/** The executor's own text, and each function inside it for itself: a callback of `(error, value)` as often as not. */
function check({ executor, resolve, reject }: Executor, context: RuleContext): readonly Finding[] {
  const names = new Set([resolve, reject].filter((name) => name !== undefined));
  const seen = new Map<ts.CallExpression, ts.CallExpression>();
  for (const body of bodiesIn(executor)) {
    for (const { call, after } of settlingOf(body, names).repeated) seen.set(call, seen.get(call) ?? after);
  }
  return [...seen].map(([call, after]) => {
    const message = `The promise may be settled already by \`${after.expression.getText()}\` above: then this call is ignored.`;
    const related = [{ file: context.summary.file, range: rangeOf(after), message: 'The call that counts.' }];
    const fixes = returning(after, call, context.summary.file);
    return found(executorSettlesTwice, context, call, message, { related, fixes });
  });
}

function bodiesIn(executor: ts.Node): readonly ts.Block[] {
  const found: ts.Block[] = [];
  function visit(node: ts.Node): void {
    if (isFunctionNode(node) && 'body' in node && node.body !== undefined && ts.isBlock(node.body)) found.push(node.body);
    ts.forEachChild(node, visit);
  }
  visit(executor);
  return found;
}

/** `if (error) reject(error);` becomes `if (error) { reject(error); return; }`. */
function returning(first: ts.CallExpression, second: ts.CallExpression, file: string): readonly Fix[] {
  const statement = first.parent;
  if (!ts.isExpressionStatement(statement)) return [];
  const { parent } = statement;
  const isGuard = ts.isIfStatement(parent) && parent.thenStatement === statement && parent.elseStatement === undefined;
  const isLast = ts.isBlock(parent) && ts.isIfStatement(parent.parent) && parent.statements.at(-1) === statement;
  if (!(isGuard || isLast) || second.pos < statement.end) return [];
  const title = 'Return after the first call';
  if (!isGuard) return [{ title, edits: [insert(file, statement.end, ' return;')], preferred: true }];
  const edits = [insert(file, statement.getStart(), '{ '), insert(file, statement.end, ' return; }')];
  return [{ title, edits, preferred: true }];
}

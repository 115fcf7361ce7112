/**
 * Why this file exists: a function that answers a promise but may also throw at once has two ways to fail, and callers
 * that only know `.catch` miss one of them.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { isAsyncFunction, isGeneratorFunction } from '../syntax';
import type { FileNodes } from './file-nodes';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { headOf } from './shapes/functions';
import { throwsOf } from './shapes/throws';

const { SyntaxKind } = ts;

export const missingAsyncContract: Rule = {
  id: 'missing-async-contract',
  finds: 'a function that answers a promise, is not async, and may throw at once as well',
  severity: 'info',
  questions: (nodes) => ({ returns: candidates(nodes) }),
  check: (context) => candidates(context.nodes).flatMap((node) => check(node, context)),
};

type Candidate = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

function check(node: Candidate, context: RuleContext): readonly Finding[] {
  const answer = context.answers.returns.get(node);
  const [first] = node.body === undefined ? [] : throwsOf(node.body);
  if (answer?.promise !== 'yes' || answer.mixed || answer.nullable || first === undefined) return [];
  const message = 'This function answers a promise, but here it throws at once: a caller that handles the rejection does not catch that.';
  const { file } = context.summary;
  const related = [{ file, range: headOf(node), message: 'It answers a promise, and is not async.' }];
  return [found(missingAsyncContract, context, first, message, { related, fixes: madeAsync(node, file) })];
}

/** `async` before the function: what it returns stays a promise of the same, when its type says `Promise`. */
function madeAsync(node: Candidate, file: string): readonly Fix[] {
  if (!node.type?.getText().startsWith('Promise<')) return [];
  const start = ts.isFunctionDeclaration(node)
    ? node.getChildren().find((each) => each.kind === SyntaxKind.FunctionKeyword)?.getStart()
    : ts.isMethodDeclaration(node)
      ? node.name.getStart()
      : node.getStart();
  return start === undefined ? [] : [{ title: 'Make it async', edits: [insert(file, start, 'async ')], preferred: true }];
}

function candidates(nodes: FileNodes): readonly Candidate[] {
  return nodes
    .of(...functionKinds)
    .filter((node) => node.body !== undefined && !isAsyncFunction(node) && !isGeneratorFunction(node))
    .filter(({ body }) => body !== undefined && throwsOf(body).length > 0);
}

const functionKinds = [
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.MethodDeclaration,
] as const;

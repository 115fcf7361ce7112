/**
 * Why this file exists: a program that computes what it imports can only be given the files that it names somewhere:
 * texts that look like a module's are followed too. What is none of them ends the run, and says so.
 */
import ts from 'typescript';
import type { ModuleFacts } from './modules';
import type { How } from './resolve';

const looksLikeModule = /^(#|node:|(\.{1,2}\/)+)?[@\w][\w@./-]*$/;

/** A call of `import()` or `require` whose operand is not written out, or `require` handed around. */
function computes(node: ts.Node): boolean {
  if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const isRequire = ts.isIdentifier(node.expression) && node.expression.text === 'require';
    const [argument] = node.arguments;
    return (isImport || isRequire) && argument !== undefined && !ts.isStringLiteralLike(argument);
  }
  if (!ts.isIdentifier(node)) return false;
  if (node.text === 'createRequire') return true;
  if (node.text !== 'require') return false;
  const { parent } = node;
  return !(ts.isCallExpression(parent) && parent.expression === node) && !ts.isPropertyAccessExpression(parent);
}

/** Adds to the requests of a file what it may mean. */
export function guessRequests(source: ts.SourceFile, facts: ModuleFacts, ways: readonly How[]): void {
  if (!/\b(import|require|createRequire)\b/.test(source.text)) return;
  const texts: ts.StringLiteralLike[] = [];
  const computed: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (computes(node)) computed.push(node);
    if (ts.isStringLiteralLike(node) && looksLikeModule.test(node.text)) texts.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (computed.length === 0) return;
  for (const { text, pos } of texts) {
    for (const how of ways) {
      if (facts.requests.some((each) => each.specifier === text && each.how === how)) continue;
      facts.requests.push({ specifier: text, how, offset: pos, isOptional: true, isJson: false });
    }
  }
}

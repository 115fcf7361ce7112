/**
 * Why this file exists: a program that computes what it imports can only be given the files that it names somewhere:
 * texts that look like a module's are followed too, and what texts of code import. What is none of them ends the run,
 * and says so.
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

interface Named {
  readonly text: string;
  readonly pos: number;
}

const importsOfCode = /\bimport\s*\(\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`$]+)`)/g;

/** What `eval` or a constructor of functions may be given: code with an `import()` of its own. */
function namedInCode({ text, pos }: ts.StringLiteralLike): Named[] {
  if (!text.includes('import')) return [];
  return [...text.matchAll(importsOfCode)].map(([, single, double, template]) => ({ text: single ?? double ?? template ?? '', pos }));
}

/** Adds to the requests of a file what it may mean. */
export function guessRequests(source: ts.SourceFile, facts: ModuleFacts, ways: readonly How[]): void {
  if (!/\b(import|require|createRequire)\b/.test(source.text)) return;
  const texts: Named[] = [];
  const named: Named[] = [];
  const computed: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (computes(node)) computed.push(node);
    if (ts.isStringLiteralLike(node) && looksLikeModule.test(node.text)) texts.push(node);
    if (ts.isStringLiteralLike(node)) named.push(...namedInCode(node));
    ts.forEachChild(node, visit);
  };
  visit(source);
  for (const { text, pos } of computed.length === 0 ? named : [...texts, ...named]) {
    for (const how of ways) {
      if (facts.requests.some((each) => each.specifier === text && each.how === how)) continue;
      facts.requests.push({ specifier: text, how, offset: pos, isOptional: true, isJson: false });
    }
  }
}

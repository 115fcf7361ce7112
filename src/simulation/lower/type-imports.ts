/**
 * Why this file exists: a class that a file imports as a type only is constructed all the same where a value of it is
 * made up: its name becomes an import of a value, in its place.
 */
import ts from 'typescript';
import type { TextRange } from '../../base/text';
import { blank } from './pieces';

/** The text with these names imported as values; whatever else such an import brings is left out. */
export function withTypesAsValues(text: string, source: ts.SourceFile, names: ReadonlySet<string>): string {
  return blank(
    text,
    source.statements.flatMap((each) => rangesOf(each, source, names)),
  );
}

function rangesOf(statement: ts.Statement, source: ts.SourceFile, names: ReadonlySet<string>): TextRange[] {
  if (!ts.isImportDeclaration(statement)) return [];
  const clause = statement.importClause;
  const bindings = clause?.namedBindings;
  if (clause === undefined || bindings === undefined || !ts.isNamedImports(bindings)) return [];
  const isWhole = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  const wanted = bindings.elements.filter((each) => names.has(each.name.text) && (isWhole || each.isTypeOnly));
  if (wanted.length === 0) return [];
  const words = wanted.filter((each) => each.isTypeOnly).map((each) => wordAt(each.getStart(source)));
  if (!isWhole) return words;
  const others = bindings.elements.filter((each) => !wanted.includes(each));
  return [wordAt(clause.getStart(source)), ...words, ...others.map((each) => withComma(each, source))];
}

/** The word `type` there. */
function wordAt(start: number): TextRange {
  return { start, end: start + 'type'.length };
}

function withComma(node: ts.Node, source: ts.SourceFile): TextRange {
  const comma = /^\s*,/.exec(source.text.slice(node.end))?.[0] ?? '';
  return { start: node.getStart(source), end: node.end + comma.length };
}

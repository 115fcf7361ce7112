/**
 * Why this file exists: what code inside a function needs of the functions around it, as text that can stand before it.
 */
import ts from 'typescript';
import { valuesByName, type OutsideTypes } from './values';
import { enclosingFunction } from './find-function';
import type { SourceText } from './lower-file';
import { declarationsFor, namesUsed } from './names-used';
import type { Piece } from './pieces';

/** Copies of the declarations of the functions around `target` that it needs, with parameters as constants. */
export function localPieces(
  file: SourceText,
  source: ts.SourceFile,
  target: ts.Node,
  from: ts.Node,
  outside: OutsideTypes,
  values: Readonly<Record<string, string>> = {},
): Piece[] {
  const pieces: Piece[] = [];
  let names = namesUsed(target);
  for (let outer = enclosingFunction(from); outer !== undefined; outer = enclosingFunction(outer)) {
    const before: ts.Statement[] = [];
    const collect = (node: ts.Node): void => {
      if (node.getStart(source) >= from.getStart(source) && !ts.isFunctionDeclaration(node)) return;
      if (
        ts.isStatement(node) &&
        (ts.isVariableStatement(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) &&
        !contains(node, from)
      )
        before.push(node);
      if (!ts.isFunctionLike(node) || node === outer) ts.forEachChild(node, collect);
    };
    collect(outer);
    const heads = headPieces(file, source, outer, from, names);
    const needed = before.filter((each) => declarationsFor(names, before).has(each));
    names = new Set([...names, ...needed.flatMap((each) => [...namesUsed(each)])]);
    const parameters = valuesByName(outer, outside).filter((each) => names.has(each.name));
    const made = parameters.map((each) => ({
      text: `const ${each.name} = ${values[each.name] ?? each.expression};\n`,
    }));
    const copies = needed.map((each) => ({
      text: `${file.text.slice(each.getStart(source), each.end)}\n`,
      from: each.getStart(source),
    }));
    pieces.unshift(...made, ...copies, ...heads);
  }
  return pieces;
}

/** Variables of the loops and `catch` clauses around `from`, as they are in their first turn. */
function headPieces(
  file: SourceText,
  source: ts.SourceFile,
  outer: ts.Node,
  from: ts.Node,
  names: ReadonlySet<string>,
): Piece[] {
  const pieces: Piece[] = [];
  for (
    let at = from.parent as ts.Node | undefined;
    at !== undefined && at !== outer;
    at = at.parent as ts.Node | undefined
  ) {
    const text = headOf(at, source);
    if (text?.names.some((name) => names.has(name)) === true) pieces.unshift({ text: `${text.code};\n` });
  }
  return pieces;
}

function headOf(node: ts.Node, source: ts.SourceFile): { code: string; names: string[] } | undefined {
  if (ts.isCatchClause(node) && node.variableDeclaration) {
    const name = node.variableDeclaration.name.getText(source);
    return { code: `const ${name} = new Error('made up')`, names: [name] };
  }
  if (
    !(ts.isForStatement(node) || ts.isForOfStatement(node) || ts.isForInStatement(node)) ||
    !node.initializer ||
    !ts.isVariableDeclarationList(node.initializer)
  )
    return undefined;
  const declared = node.initializer.declarations.map((each) => each.name.getText(source));
  const names = node.initializer.declarations.flatMap((each) => [...namesUsed(each.name)]);
  if (ts.isForStatement(node)) return { code: node.initializer.getText(source), names };
  const all = node.expression.getText(source);
  return {
    code: `let ${declared[0] ?? '$item'} = ${ts.isForOfStatement(node) ? `[...(${all})][0]` : `Object.keys(${all})[0]`}`,
    names,
  };
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return outer.pos <= inner.pos && outer.end >= inner.end;
}

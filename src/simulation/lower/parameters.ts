/**
 * Why this file exists: which values a start would be given, so that a person can see and change them before playing.
 */
import ts from 'typescript';
import { enclosingFunction, findFunction } from './find-function';
import type { MadeUpValue, ReadText, Start } from '../request';
import { outsideTypesOf } from './stand-ins/outside-types';
import { madeUpArguments, valuesByName } from './values';

/** Values for the parameters that `start` needs, in order; none for a whole file. */
export function parametersOf(entry: string, start: Start, read: ReadText): readonly MadeUpValue[] {
  const text = read(entry);
  if (text === undefined || start.kind === 'file') return [];
  const source = ts.createSourceFile(entry, text, ts.ScriptTarget.ES2022, true);
  const outside = outsideTypesOf({ path: entry, text }, read);
  if (start.kind === 'function') {
    const found = findFunction(source, 'name' in start ? start.name : start.offset, outside);
    return found ? madeUpArguments(found.node, outside) : [];
  }
  const used = new Set(text.slice(start.start, start.end).match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []);
  const values: MadeUpValue[] = [];
  const innermost = innermostAt(source, start.start);
  for (let outer = innermost; outer !== undefined; outer = enclosingFunction(outer))
    values.unshift(...valuesByName(outer, outside).filter((each) => used.has(each.name)));
  return values;
}

function innermostAt(source: ts.SourceFile, offset: number): ts.SignatureDeclaration | undefined {
  let best: ts.SignatureDeclaration | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > offset || node.end < offset) return;
    if (ts.isFunctionLike(node)) best = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return best;
}

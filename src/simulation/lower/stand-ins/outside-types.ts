/**
 * Why this file exists: values for parameters whose types another file declares: the checker is asked, once it is
 * needed. Classes that the file imports are constructed; all else stands in place.
 */
import ts from 'typescript';
import type { ReadText } from '../../request';
import type { SourceText } from '../lower-file';
import { directoryOf } from '../paths';
import type { OutsideTypes } from '../values';
import { typeProgramOf } from './type-program';
import { valueText } from './values';
import { newWriter, type Writer } from './writer';

/** Imports of imports of imports are followed: types further off are unknown. */
const mostSteps = 3;

type Asked = ts.TypeNode | ts.ClassLikeDeclaration;

interface Known {
  readonly source: ts.SourceFile;
  readonly writer: Writer;
}

/** What the checker knows of types that `file` does not declare. */
export function outsideTypesOf(file: SourceText, read: ReadText): OutsideTypes {
  let known: Known | undefined;
  return (type, hint, depth) => {
    known ??= open(file, read);
    const { source, writer } = known;
    const same = sameNode(source, type);
    return same && writer.value(typeOf(writer.checker, same), { hint, depth, key: hint });
  };
}

function open(file: SourceText, read: ReadText): Known {
  const program = typeProgramOf([file], directoryOf(file.path), read, mostSteps);
  const source = program.getSourceFile(file.path);
  if (source === undefined) throw new Error(`Loopscope bug: ${file.path} is not among its own types`);
  const words = new Set(file.text.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  const usage = { isMentioned: (name: string) => words.has(name), used: new Map() };
  const classes = classesIn(source, program.getTypeChecker());
  return { source, writer: newWriter(program, 'argument', usage, valueText, () => undefined, classes) };
}

/** What the file can construct, by the names that it has there: its own classes, and those that it imports. */
function classesIn(source: ts.SourceFile, checker: ts.TypeChecker): ReadonlyMap<ts.Symbol, string> {
  const classes = new Map<ts.Symbol, string>();
  const add = (name: ts.Identifier | undefined): void => {
    const symbol = name && checker.getSymbolAtLocation(name);
    if (name === undefined || symbol === undefined) return;
    const target = (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
    if ((target.flags & ts.SymbolFlags.Class) !== 0 && !isAbstract(target)) classes.set(target, name.text);
  };
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement)) add(statement.name);
    if (!ts.isImportDeclaration(statement)) continue;
    add(statement.importClause?.name);
    const bindings = statement.importClause?.namedBindings;
    if (bindings !== undefined && ts.isNamedImports(bindings)) for (const each of bindings.elements) add(each.name);
  }
  return classes;
}

function isAbstract({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((each) => (ts.getCombinedModifierFlags(each) & ts.ModifierFlags.Abstract) !== 0);
}

function typeOf(checker: ts.TypeChecker, node: Asked): ts.Type {
  return ts.isClassLike(node) ? checker.getTypeAtLocation(node) : checker.getTypeFromTypeNode(node);
}

/** The same place in another tree of the same text. */
function sameNode(source: ts.SourceFile, wanted: Asked): Asked | undefined {
  const find = (node: ts.Node): Asked | undefined => {
    if (node.pos > wanted.pos || node.end < wanted.end) return undefined;
    const isThere = node.pos === wanted.pos && node.end === wanted.end;
    if (isThere && (ts.isTypeNode(node) || ts.isClassLike(node))) return node;
    return ts.forEachChild(node, find);
  };
  return find(source);
}

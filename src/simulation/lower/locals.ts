/**
 * Why this file exists: a function that is suspended parks with its variables. Which of them have a value where it
 * waits is known from its text: those that are declared before, in the blocks around, up to the function's parameters.
 */
import ts from 'typescript';
import { callProbe, literal, probe } from './build';
import { namesDeclared, namesIn } from './names-used';
import { originalOf } from './sites';

const { factory } = ts;

/** More are not told: a person looks at a few. */
const most = 12;

/**
 * `$_lim < 0 && $_lh('i', i, …)`, as a further argument of the probe that names the place; none where no variable has a
 * value.
 */
export function heldLocals(node: ts.Node): ts.Expression[] {
  const place = originalOf(node);
  const names = place === undefined ? [] : localsBefore(place).slice(0, most);
  if (names.length === 0) return [];
  const pairs = names.flatMap((name) => [literal(name), factory.createIdentifier(name)]);
  const recording = factory.createBinaryExpression(probe('lim'), ts.SyntaxKind.LessThanToken, literal(0));
  const held = callProbe('lh', ...pairs);
  return [factory.createBinaryExpression(recording, ts.SyntaxKind.AmpersandAmpersandToken, held)];
}

/** The innermost first. Reading one can neither fail nor run anything: none is in its dead zone, none behind `with`. */
function localsBefore(place: ts.Node): string[] {
  const found = new Set<string>();
  const shadowed = new Set<string>(['arguments', 'eval', 'yield']);
  for (let child = place, outer = place.parent; ; child = outer, outer = outer.parent) {
    if (ts.isComputedPropertyName(child)) continue; // a member's key is evaluated outside of the member
    if (ts.isSourceFile(outer) || ts.isWithStatement(outer) || isClassPart(outer)) return [];
    const { declared, known } = namesOf(outer, child);
    for (const name of known) if (!shadowed.has(name)) found.add(name);
    for (const name of declared) shadowed.add(name);
    if (ts.isFunctionLike(outer)) return [...found];
  }
}

function isClassPart(node: ts.Node): boolean {
  return ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node);
}

interface Names {
  /** All that it declares for what is inside. */
  readonly declared: readonly string[];
  /** Those that have a value when `child` runs. */
  readonly known: readonly string[];
}

const none: Names = { declared: [], known: [] };

function namesOf(outer: ts.Node, child: ts.Node): Names {
  if (ts.isFunctionLike(outer)) return known(outer.parameters.flatMap(({ name }) => namesIn(name)));
  if (ts.isCatchClause(outer)) return known(outer.variableDeclaration ? namesIn(outer.variableDeclaration.name) : []);
  if (ts.isBlock(outer) || ts.isCaseOrDefaultClause(outer)) return inStatements(outer.statements, child);
  if (ts.isCaseBlock(outer)) return unknown(outer.clauses.flatMap((each) => each.statements.flatMap(namesDeclared)));
  if (ts.isVariableDeclarationList(outer)) return inList(outer, child);
  if (!ts.isForStatement(outer) && !ts.isForOfStatement(outer) && !ts.isForInStatement(outer)) return none;
  const { initializer } = outer;
  const names = initializer && ts.isVariableDeclarationList(initializer) ? namesInList(initializer) : [];
  const isBound = child === outer.statement || (ts.isForStatement(outer) && child !== initializer);
  return isBound ? known(names) : unknown(names);
}

function unknown(names: readonly string[]): Names {
  return { declared: names, known: [] };
}

function known(names: readonly string[]): Names {
  return { declared: names, known: names };
}

function inStatements(statements: readonly ts.Statement[], child: ts.Node): Names {
  const before = statements.slice(0, statements.findIndex((each) => each === child));
  const variables = before.filter(ts.isVariableStatement).filter((each) => !isAmbient(each));
  return {
    declared: statements.flatMap(namesDeclared),
    known: variables.toReversed().flatMap((each) => namesInList(each.declarationList)),
  };
}

function isAmbient(node: ts.VariableStatement): boolean {
  return node.modifiers?.some((each) => each.kind === ts.SyntaxKind.DeclareKeyword) === true;
}

/** Of one declaration with several names, those before the one whose value is being made. */
function inList(list: ts.VariableDeclarationList, child: ts.Node): Names {
  const before = list.declarations.slice(0, list.declarations.findIndex((each) => each === child));
  return { declared: namesInList(list), known: before.flatMap(({ name }) => namesIn(name)) };
}

function namesInList(list: ts.VariableDeclarationList): string[] {
  return list.declarations.flatMap(({ name }) => namesIn(name));
}

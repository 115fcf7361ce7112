/**
 * Why this file exists: writing to a constant is an error that the engine places at what comes next in its code. So
 * `x = 1` becomes `$_kc(() => x, 'x').v = 1`, whose setter throws, where V8 says it.
 */
import ts from 'typescript';
import { placeOfSet } from './assigned-places';
import { callProbe, placed, probe, property } from './build';
import { symbolOf } from './imported-reads';
import type { Lowering } from './lowering';
import type { Scope } from './scope';
import { originalOf } from './sites';
import { isStrict } from './strictness';
import { isAmbient } from './undeclared';
import { isWritten } from './written';

const { factory } = ts;

type Import = ts.ImportClause | ts.NamespaceImport | ts.ImportSpecifier;
type Declared =
  | ts.VariableDeclaration | ts.BindingElement | ts.ClassLikeDeclaration | ts.FunctionExpression | Import;

/** Finds what declares a constant. The checker is asked only for names that some constant of the file has. */
export function constantNames(
  source: ts.SourceFile,
  checker: () => ts.TypeChecker,
): (name: ts.Identifier) => Declared | undefined {
  let names: ReadonlySet<string> | undefined;
  return (name) => {
    names ??= new Set(declaredConstants(source));
    if (!names.has(name.text)) return undefined;
    const declaration = symbolOf(checker(), name)?.declarations?.filter(isDeclared).find((each) => !isAmbient(each));
    return declaration !== undefined && isConstantTo(name, declaration) ? declaration : undefined;
  };
}

function declaredConstants(node: ts.Node): string[] {
  const names: string[] = [];
  const visit = (each: ts.Node): void => {
    if (isDeclared(each) && each.name !== undefined && ts.isIdentifier(each.name)) names.push(each.name.text);
    ts.forEachChild(each, visit);
  };
  visit(node);
  return names;
}

function isDeclared(node: ts.Node): node is Declared {
  if (ts.isVariableDeclaration(node) || ts.isBindingElement(node)) return isConst(node);
  return ts.isClassLike(node) || ts.isFunctionExpression(node) || isImport(node);
}

function isImport(node: ts.Node): node is Import {
  return ts.isImportClause(node) || ts.isNamespaceImport(node) || ts.isImportSpecifier(node);
}

/** `const`, `using` or `await using`. */
function isConst(node: ts.VariableDeclaration | ts.BindingElement): boolean {
  const kind: ts.NodeFlags = ts.getCombinedNodeFlags(node) & ts.NodeFlags.BlockScoped;
  return kind !== ts.NodeFlags.None && kind !== ts.NodeFlags.Let;
}

/** Inside of a class its name is a constant, outside that of a declared one is a variable (ECMA-262 §15.7.14). */
function isConstantTo(name: ts.Identifier, declaration: Declared): boolean {
  return !ts.isClassLike(declaration) || (name.pos >= declaration.pos && name.end <= declaration.end);
}

/** What is set instead of a constant; undefined for all else. */
export function constantTarget(
  lowering: Lowering,
  node: ts.Node,
  scope: Scope,
): ts.PropertyAccessExpression | undefined {
  const name = ts.isIdentifier(node) ? originalOf(node) : undefined;
  if (name === undefined || !ts.isIdentifier(name) || !isWritten(name)) return undefined;
  const declaration = lowering.constantOf?.(name);
  // In sloppy code nothing happens to the name of a function (ECMA-262 §9.1.1.1.5).
  if (!declaration || (ts.isFunctionExpression(declaration) && !isStrict(lowering, name))) return undefined;
  const value = lowering.walk.expression(lowering, node as ts.Identifier, scope); // its original is one
  const read = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, value);
  const at = placeOfSet(name, lowering.source);
  return placed(property(placed(callProbe(constantProbe, read, name.text), at), 'v'), at);
}

/** The engine says that it cannot be set where it last read a name: behind the value, which nothing takes. */
export function valueForConstant(target: ts.Expression, value: ts.Expression): ts.Expression | undefined {
  if (!ts.isPropertyAccessExpression(target) || !ts.isCallExpression(target.expression)) return undefined;
  const { expression } = target.expression;
  if (!ts.isIdentifier(expression) || expression.text !== `$_${constantProbe}`) return undefined;
  const last = placed(probe('wt'), ts.getSourceMapRange(target).pos);
  return factory.createParenthesizedExpression(factory.createComma(value, last));
}

const constantProbe = 'kc';

/**
 * Why this file exists: what `var` and functions at the top of a page's classic script declare stands on the window as
 * well (ECMA-262 §16.1.7 GlobalDeclarationInstantiation). The script is a function here, so it hands out ways to read
 * and to set each of these variables.
 */
import ts from 'typescript';
import { block, callProbe, list, probe, statement } from './build';
import { varNames } from './var-names';

const { factory } = ts;

function arrow(parameters: readonly ts.ParameterDeclaration[], body: ts.ConciseBody): ts.ArrowFunction {
  return factory.createArrowFunction(undefined, undefined, parameters, undefined, undefined, body);
}

/** `name: [() => name, ($_v) => { name = $_v; }]` */
function waysTo(name: string): ts.ObjectLiteralElementLike {
  const variable = factory.createIdentifier(name);
  const given = factory.createParameterDeclaration(undefined, undefined, probe('v'));
  const set = statement(factory.createAssignment(variable, probe('v')));
  return factory.createPropertyAssignment(name, list([arrow([], variable), arrow([given], block([set]))]));
}

function windowNames(statements: readonly ts.Statement[]): ts.Statement[] {
  const names = varNames(statements);
  for (const each of statements)
    if (ts.isFunctionDeclaration(each) && each.body !== undefined && each.name !== undefined) names.add(each.name.text);
  names.delete('__proto__');
  if (names.size === 0) return [];
  return [statement(callProbe('wn', factory.createObjectLiteralExpression([...names].map(waysTo))))];
}

function isDirective(each: ts.Statement): boolean {
  return ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression);
}

/** The lowered body, which hands out its variables first: after its directives, which count at its beginning alone. */
export function withWindowNames(written: readonly ts.Statement[], body: readonly ts.Statement[]): ts.Statement[] {
  const count = Math.max(body.findIndex((each) => !isDirective(each)), 0);
  return [...body.slice(0, count), ...windowNames(written), ...body.slice(count)];
}

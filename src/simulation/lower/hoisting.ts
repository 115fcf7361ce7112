/** Why this file exists: functions are there before the statements around them run (ECMA-262 §10.2.11, §14.2.3). */
import ts from 'typescript';
import { evaluatesText, varNames } from './var-names';

const { factory } = ts;

/** Of functions that are declared twice the last one counts (ECMA-262 §10.2.11 step 14), whatever their kinds. */
export function withoutOverridden(statements: readonly ts.Statement[]): readonly ts.Statement[] {
  const last = new Map<string, ts.Statement>();
  for (const each of statements) if (ts.isFunctionDeclaration(each) && each.name) last.set(each.name.text, each);
  return statements.filter(
    (each) => !(ts.isFunctionDeclaration(each) && each.name && each.body) || last.get(each.name.text) === each,
  );
}

/** Where the lowered declaration belongs: to the start of the list, or to its place. */
export function hoistFunction(
  lowered: ts.Statement,
  asVariable: boolean,
  hoisted: ts.Statement[],
  rest: ts.Statement[],
): void {
  if (!ts.isFunctionDeclaration(lowered)) hoisted.push(lowered);
  else if (asVariable && lowered.name && lowered.body)
    hoisted.push(functionVariable(lowered, lowered.name, lowered.body));
  else rest.push(lowered);
}

/**
 * The body of a plain function stands in a `try` block, where a function may not be called like a `var` beside it, nor
 * like one that text declares: there it becomes a `var` itself.
 */
export function functionsLikeVariables(statements: readonly ts.Statement[]): (node: ts.FunctionDeclaration) => boolean {
  if (!statements.some((each) => ts.isFunctionDeclaration(each))) return () => false;
  const names = varNames(statements);
  const all = evaluatesText(statements);
  return ({ name }) => all || (name !== undefined && names.has(name.text));
}

function functionVariable(node: ts.FunctionDeclaration, name: ts.Identifier, body: ts.Block): ts.Statement {
  const value = factory.createFunctionExpression(
    node.modifiers?.filter((each) => ts.isModifier(each)),
    node.asteriskToken,
    undefined,
    undefined,
    node.parameters,
    undefined,
    body,
  );
  return factory.createVariableStatement(undefined, [
    factory.createVariableDeclaration(name, undefined, undefined, ts.setOriginalNode(value, node)),
  ]);
}

/**
 * Why this file exists: the engine gives a body its own copy of each parameter as soon as a closure stands among the
 * parameters; in the language both see one variable, unless the body declares another (ECMA-262 §10.2.11). Where one of
 * them writes to it, the parameters become variables of the body.
 */
import ts from 'typescript';
import { probe } from './build';
import { namesIn } from './names-used';
import { expectedArguments, type Scope } from './scope';
import { hasBody, type FunctionNode } from './function-parts';
import { lowerParameters } from './pattern-parameters';
import { isAssignment } from './written';
import type { Lowering } from './lowering';
import { checkedPart } from './taken-apart';
import { evaluatesText, varNames } from './var-names';

const { factory } = ts;

export interface SharedParameters {
  readonly parameters: ts.ParameterDeclaration[];
  readonly declared: ts.Statement[];
}

/** The parameters of a function, and what its body declares first. */
export function parametersOf(lowering: Lowering, node: FunctionNode, scope: Scope): SharedParameters {
  return (
    sharedParameters(lowering, node, scope) ?? { parameters: lowerParameters(lowering, node, scope), declared: [] }
  );
}

/** Undefined where the engine does right. Generators bind their parameters before they run: they stay as they are. */
function sharedParameters(lowering: Lowering, node: FunctionNode, scope: Scope): SharedParameters | undefined {
  if (scope.kind === 'generator' || scope.kind === 'async-generator') return undefined;
  if (!isShared(node)) return undefined;
  const plain = expectedArguments(node);
  const names = Array.from({ length: plain }, (_, i) => String(i));
  const rest = factory.createToken(ts.SyntaxKind.DotDotDotToken);
  return {
    parameters: [
      ...names.map((name) => factory.createParameterDeclaration(undefined, undefined, probe(name))),
      factory.createParameterDeclaration(undefined, rest, probe('rest')),
    ],
    declared: node.parameters.map((each, i) => {
      const { name, initializer } = lowering.walk.node(lowering, each, scope);
      return i < plain ? declare(name, checkedPart(lowering, name, probe(String(i)))) : declare(ofRest(i - plain, name, initializer), probe('rest'));
    }),
  };
}

/** `{ 1: name = initializer }`: the name reaches an anonymous function. */
function ofRest(index: number, name: ts.BindingName, initializer: ts.Expression | undefined): ts.BindingName {
  const key = factory.createNumericLiteral(index);
  return factory.createObjectBindingPattern([factory.createBindingElement(undefined, key, name, initializer)]);
}

function declare(name: ts.BindingName, value: ts.Expression): ts.Statement {
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], ts.NodeFlags.Let),
  );
}

function isShared(node: FunctionNode): boolean {
  if (!hasBody(node) || !ts.isBlock(node.body) || ts.isSetAccessor(node)) return false;
  const { parameters, body } = node;
  if (!parameters.some(hasClosure) || parameters.some((each) => each.dotDotDotToken !== undefined)) return false;
  const names = new Set(parameters.flatMap((each) => namesIn(each.name)));
  const others = [...varNames(body.statements), ...functionNames(body)];
  if (names.has('arguments') || others.some((each) => names.has(each))) return false;
  return !evaluatesText([...parameters, body]) && [...parameters, body].some((each) => writesTo(each, names));
}

function hasClosure(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isClassLike(node) || (ts.forEachChild(node, hasClosure) ?? false);
}

/** Functions that are declared anywhere in a body: sloppy code sees those of blocks around them too. */
function functionNames(node: ts.Node): string[] {
  const names: string[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isFunctionDeclaration(child)) names.push(child.name?.text ?? '');
    else if (!ts.isFunctionLike(child)) names.push(...functionNames(child));
  });
  return names;
}

/** True when one of the names may be written to: what else has such a name is not looked at. */
function writesTo(node: ts.Node, names: ReadonlySet<string>): boolean {
  const target = targetOf(node);
  const mentions = (inner: ts.Node): boolean =>
    (ts.isIdentifier(inner) && names.has(inner.text)) || (ts.forEachChild(inner, mentions) ?? false);
  if (target !== undefined && mentions(target)) return true;
  return ts.forEachChild(node, (child) => writesTo(child, names)) ?? false;
}

function targetOf(node: ts.Node): ts.Node | undefined {
  if (isAssignment(node)) return node.left;
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) return node.operand;
  return ts.isForOfStatement(node) || ts.isForInStatement(node) ? node.initializer : undefined;
}

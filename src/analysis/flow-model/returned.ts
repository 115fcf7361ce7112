/**
 * Why this file exists: what a function returns without saying so is the sum of what its `return`s return. Their types
 * come with all others in one request; inferring a signature would cost two more for each function.
 */
import ts from 'typescript';
import { isAsyncFunction, isFunctionNode, isGeneratorFunction } from '../syntax';
import { type FileAnswers, type Tristate, type TypeFacts, unknownFacts } from '../types/questions';

/** The functions whose return type is written, or must be inferred by the checker. */
export function askedForReturn(node: ts.Node): readonly ts.SignatureDeclaration[] {
  return needsReturn(node) && isInferredByChecker(node) ? [node] : [];
}

/** What stands after `return`, or after `=>`, where that says what the function returns. */
export function returnedExpressions(node: ts.Node): readonly ts.Expression[] {
  if (!needsReturn(node) || isInferredByChecker(node)) return [];
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return [node.body];
  return returnsIn(node).flatMap(({ expression }) => expression ?? []);
}

/** Undefined for a function whose colour does not come from its result. */
export function returnedFacts(node: ts.Node, answers: FileAnswers): TypeFacts | undefined {
  if (!needsReturn(node)) return undefined;
  if (isInferredByChecker(node)) return answers.returns.get(node);
  const found = returnedExpressions(node).map((expression) => answers.types.get(expression) ?? unknownFacts);
  return found.length === 0 ? undefined : sum(found);
}

/** As of the union of the types. */
function sum(parts: readonly TypeFacts[]): TypeFacts {
  const promise = some(parts, (part) => part.promise);
  const others = parts.some((part) => part.promise === 'no' && part.isNothing === 'no');
  return {
    promise,
    thenable: some(parts, (part) => part.thenable),
    alwaysThenable: every(parts, (part) => part.alwaysThenable),
    promiseArray: some(parts, (part) => part.promiseArray),
    mixed: parts.some((part) => part.mixed) || (promise === 'yes' && others),
    nullable: parts.some((part) => part.nullable),
    isNothing: every(parts, (part) => part.isNothing),
  };
}

function some(parts: readonly TypeFacts[], of: (part: TypeFacts) => Tristate): Tristate {
  const answers = parts.map(of);
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function every(parts: readonly TypeFacts[], of: (part: TypeFacts) => Tristate): Tristate {
  const answers = parts.map(of);
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

function returnsIn(node: ts.Node): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  function visit(child: ts.Node): void {
    if (ts.isReturnStatement(child)) found.push(child);
    else if (!ts.isFunctionLike(child) && !ts.isClassLike(child) && !ts.isExpressionStatement(child))
      ts.forEachChild(child, visit);
  }
  ts.forEachChild(node, visit);
  return found;
}

/** A type that is written costs nothing; JavaScript may write it in a comment. */
function isInferredByChecker(node: ts.SignatureDeclaration): boolean {
  return node.type !== undefined || /\.[cm]?jsx?$/.test(node.getSourceFile().fileName);
}

/** Async functions and generators show their colour without their type. */
function needsReturn(node: ts.Node): node is ts.SignatureDeclaration {
  return (
    isFunctionNode(node) &&
    !isAsyncFunction(node) &&
    !isGeneratorFunction(node) &&
    !ts.isClassStaticBlockDeclaration(node) &&
    !ts.isConstructorDeclaration(node) &&
    !ts.isSetAccessor(node)
  );
}

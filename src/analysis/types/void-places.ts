/**
 * Why this file exists: a function that answers a promise may stand where one that answers nothing is expected, and
 * TypeScript lets it. The places and their order of questions follow typescript-eslint's `no-misused-promises`.
 */
import ts from 'typescript';
import type { FunctionFactsReader } from './function-facts';
import { ownAnswer } from './own-answer';
import type { Tristate, TypeFacts, VoidPlaceNode } from './questions';
import { some, type TypeFactsReader } from './type-facts';
import type { NodeReader, ReadParameter, TypeReader } from './type-reader';

export interface Readers<T> {
  readonly types: TypeReader<T>;
  readonly nodes: NodeReader<T>;
  readonly facts: TypeFactsReader<T>;
  readonly functions: FunctionFactsReader<T>;
  readonly known: (node: ts.Node) => TypeFacts | undefined;
  /** What calling a value answers, where that is known without its type. */
  readonly answers: (node: ts.Node) => Tristate | undefined;
}

/** `yes` where the function's promise is surely dropped by whoever the place hands it to. */
export function dropsPromise<T>(node: VoidPlaceNode, readers: Readers<T>): Tristate {
  const answers = answersThenable(node, readers);
  if (answers !== 'yes') return answers;
  return expectsVoid(node, readers) ? 'yes' : 'no';
}

function answersThenable<T>(node: VoidPlaceNode, { nodes, facts, functions, known, answers }: Readers<T>): Tristate {
  const own = ownAnswer(node);
  if (typeof own === 'string') return own;
  if (own !== undefined) {
    return some(own, (each) => {
      const written = known(each);
      if (written !== undefined) return written.thenable;
      const type = nodes.typeAt(each);
      return type === undefined ? 'unknown' : facts.of(type).thenable;
    });
  }
  const written = answers(node);
  if (written !== undefined) return written;
  const type = nodes.typeAt(node);
  return type === undefined ? 'unknown' : functions.of(type).returnsThenable;
}

function expectsVoid<T>(node: VoidPlaceNode, readers: Readers<T>): boolean {
  const { parent } = node;
  if (ts.isClassLike(parent) || ts.isInterfaceDeclaration(parent)) return overridesVoid(node, parent, readers);
  if (ts.isMethodDeclaration(node)) return isVoidMember(node, readers);
  // What is neither a member nor a method is an expression.
  const expression = node as ts.Expression;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return takesVoid(expression, parent, readers);
  if (ts.isVariableDeclaration(parent)) return returnsVoid(readers.nodes.typeAt(parent.name), readers);
  if (ts.isBinaryExpression(parent)) return returnsVoid(readers.nodes.typeAt(parent.left), readers);
  return returnsVoid(readers.nodes.expectedAt(expression), readers);
}

function returnsVoid<T>(type: T | undefined, { functions }: Readers<T>): boolean {
  return type !== undefined && functions.of(type).returnsVoid;
}

/** The member of the expected type of the object that a method stands in. */
function isVoidMember<T>(node: ts.MethodDeclaration, readers: Readers<T>): boolean {
  const object = node.parent;
  if (!ts.isObjectLiteralExpression(object) || ts.isComputedPropertyName(node.name)) return false;
  const expected = readers.nodes.expectedAt(object);
  if (expected === undefined) return false;
  const { name } = node;
  const parts = readers.types.constituents(expected).filter((part) => !readers.types.isPrimitive(part));
  return parts.some((part) => returnsVoid(readers.types.property(part, name.text), readers));
}

/** A class or interface that is extended or implemented has a member of this name that answers nothing. */
function overridesVoid<T>(
  member: VoidPlaceNode,
  owner: ts.ClassLikeDeclaration | ts.InterfaceDeclaration,
  readers: Readers<T>,
): boolean {
  const name = ts.isClassElement(member) || ts.isTypeElement(member) ? member.name : undefined;
  const isPlain = name !== undefined && !ts.isComputedPropertyName(name) && !ts.isPrivateIdentifier(name);
  if (!isPlain) return false;
  const bases = (owner.heritageClauses ?? []).flatMap((clause) => clause.types);
  return bases.some((base) => {
    const type = readers.nodes.typeAt(base);
    return type !== undefined && returnsVoid(readers.types.property(type, name.text), readers);
  });
}

/**
 * The parameter that takes an argument expects a function without a result, and no overload or member of a union takes
 * one that answers a promise there.
 */
function takesVoid<T>(
  argument: ts.Expression,
  call: ts.CallExpression | ts.NewExpression,
  readers: Readers<T>,
): boolean {
  const { types, nodes, functions } = readers;
  const index = (call.arguments ?? []).findIndex((each) => each === argument);
  const callee = nodes.typeAt(call.expression);
  if (callee === undefined || index < 0) return false;
  const kind = ts.isNewExpression(call) ? 'construct' : 'call';
  const declared = types
    .constituents(types.apparent(callee))
    .filter((part) => !types.isPrimitive(part))
    .flatMap((part) => types.signatures(part, kind))
    .flatMap((signature) => expectedOf(signature.parameters(), index, types));
  const facts = declared.map((type) => functions.of(type));
  if (facts.some(({ returnsThenable }) => returnsThenable === 'yes')) return false;
  if (declared.length === 0) return false;
  // What a generic parameter stands for is known of this call only: it may be the very type of the argument.
  const expected = nodes.expectedAt(argument);
  const { returnsThenable, returnsVoid: isVoid } = expected === undefined ? unexpected : functions.of(expected);
  return returnsThenable !== 'yes' && (isVoid || facts.some((each) => each.returnsVoid));
}

const unexpected = { returnsThenable: 'no', returnsVoid: false } as const;

function expectedOf<T>(parameters: readonly ReadParameter<T>[], index: number, types: TypeReader<T>): readonly T[] {
  const last = parameters.at(-1);
  if (last?.isRest !== true || index < parameters.length - 1) {
    const parameter = parameters[index];
    return parameter === undefined ? [] : [parameter.type];
  }
  const elements = types.elements(last.type) ?? [];
  const element = elements.length === 1 ? elements[0] : elements[index - parameters.length + 1];
  return element === undefined ? [] : [element];
}

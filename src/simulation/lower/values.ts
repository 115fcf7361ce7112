/**
 * Why this file exists: values made from types, for the parameters of a function that is started on its own: plausible,
 * the same each time,
 * and shown to the reader as made up. Types are read as they are written; for what another file declares the checker
 * is asked (stand-ins/outside-types.ts).
 */
import ts from 'typescript';
import type { MadeUpValue } from '../request';
import { numberFor, quoted, singular, textFor } from './made-up-words';

const deepest = 4;

/**
 * A value of a type that the file does not declare, so far down in others, or an object of a class whose constructor is
 * another's; undefined: nothing is known of it.
 */
export type OutsideTypes = (
  type: ts.TypeNode | ts.ClassLikeDeclaration,
  hint: string,
  depth: number,
) => string | undefined;

function nothing(): undefined {
  return undefined;
}

/** JavaScript expressions for a function's parameters, in order; a parameter with a default is left to it. */
export function argumentsFor(node: ts.SignatureDeclaration, outside: OutsideTypes = nothing, depth = 0): string[] {
  return node.parameters
    .filter((each) => !isThis(each) && !each.dotDotDotToken)
    .map((each) => (each.initializer ? 'undefined' : valueOfParameter(each, outside, depth)));
}

/** The same with names, for those who show and edit them; parts of a destructured parameter come one by one. */
export function valuesByName(node: ts.SignatureDeclaration, outside: OutsideTypes = nothing): MadeUpValue[] {
  return node.parameters
    .filter((each) => !isThis(each))
    .flatMap((each) => {
      const type = each.type?.getText() ?? 'unknown';
      if (ts.isIdentifier(each.name))
        return [
          { name: each.name.text, type, expression: each.dotDotDotToken ? '[]' : valueOfParameter(each, outside) },
        ];
      const whole = valueOfParameter(each, outside);
      return each.name.elements.flatMap((element, index) => {
        if (ts.isOmittedExpression(element) || !ts.isIdentifier(element.name)) return [];
        const key = ts.isArrayBindingPattern(each.name)
          ? `[${index}]`
          : `.${element.propertyName?.getText() ?? element.name.text}`;
        return [{ name: element.name.text, type: 'unknown', expression: `(${whole})${key}` }];
      });
    });
}

/** What the call of a function would be given, to be shown and edited before playing. */
export function madeUpArguments(node: ts.SignatureDeclaration, outside: OutsideTypes = nothing): MadeUpValue[] {
  const expressions = argumentsFor(node, outside);
  return node.parameters
    .filter((each) => !isThis(each) && !each.dotDotDotToken)
    .map((each, index) => ({
      name: each.name.getText(),
      type: each.type?.getText() ?? 'unknown',
      expression: each.initializer?.getText() ?? expressions[index] ?? 'undefined',
    }));
}

function isThis(node: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(node.name) && node.name.text === 'this';
}

function valueOfParameter(node: ts.ParameterDeclaration, outside: OutsideTypes, depth = 0): string {
  if (node.initializer) return node.initializer.getText();
  const hint = ts.isIdentifier(node.name) ? node.name.text : 'value';
  if (node.type === undefined) return untyped(node, hint);
  return valueOf(node.type, hint, depth, outside);
}

/**
 * Without a type the name is all there is: `i`, `id`, `count` are numbers, `callback` and `fn` functions, others texts.
 */
function untyped(node: ts.ParameterDeclaration, hint: string): string {
  if (/^(i|j|n|ms|id|count|size|delay|index|num\w*|\w+Ms|\w+Count)$/i.test(hint)) return '1';
  if (/^(cb|callback|fn|done|next|resolve|reject|on[A-Z]\w*)$/.test(hint)) return '() => {}';
  return ts.isObjectBindingPattern(node.name) ? '{}' : ts.isArrayBindingPattern(node.name) ? '[]' : `'${hint}'`;
}

function valueOf(type: ts.TypeNode, hint: string, depth: number, outside: OutsideTypes): string {
  if (depth > deepest) return 'undefined';
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
      return numberFor(hint);
    case ts.SyntaxKind.StringKeyword:
      return textFor(hint);
    case ts.SyntaxKind.BooleanKeyword:
      return 'true';
    case ts.SyntaxKind.BigIntKeyword:
      return '1n';
    case ts.SyntaxKind.SymbolKeyword:
      return `Symbol(${quoted(hint)})`;
    case ts.SyntaxKind.ObjectKeyword:
      return '{}';
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.VoidKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.AnyKeyword:
      return 'undefined';
    default:
      return structured(type, hint, depth, outside);
  }
}

function structured(type: ts.TypeNode, hint: string, depth: number, outside: OutsideTypes): string {
  if (ts.isLiteralTypeNode(type))
    return type.literal.kind === ts.SyntaxKind.NullKeyword ? 'null' : type.literal.getText();
  if (ts.isParenthesizedTypeNode(type)) return valueOf(type.type, hint, depth, outside);
  if (ts.isArrayTypeNode(type)) return pair(type.elementType, hint, depth, outside);
  if (ts.isTypeOperatorNode(type)) return valueOf(type.type, hint, depth, outside);
  if (ts.isTupleTypeNode(type)) {
    const parts = type.elements.map((each) =>
      valueOf(ts.isNamedTupleMember(each) ? each.type : each, hint, depth + 1, outside),
    );
    return `[${parts.join(', ')}]`;
  }
  if (ts.isUnionTypeNode(type)) return unionValue(type, hint, depth, outside);
  if (ts.isIntersectionTypeNode(type))
    return `Object.assign({}, ${type.types.map((each) => valueOf(each, hint, depth + 1, outside)).join(', ')})`;
  if (ts.isFunctionTypeNode(type)) return `() => ${parenthesized(valueOf(type.type, 'value', depth + 1, outside))}`;
  if (ts.isTypeLiteralNode(type)) return objectValue(type.members, depth, outside);
  return ts.isTypeReferenceNode(type) ? referenced(type, hint, depth, outside) : '{}';
}

function parenthesized(value: string): string {
  return value === 'undefined' ? '{}' : value.startsWith('{') ? `(${value})` : value;
}

/** The first part that is neither null nor undefined. */
function unionValue(type: ts.UnionTypeNode, hint: string, depth: number, outside: OutsideTypes): string {
  const isNothing = (each: ts.TypeNode): boolean =>
    each.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(each) && each.literal.kind === ts.SyntaxKind.NullKeyword);
  const first = type.types.find((each) => !isNothing(each));
  return first ? valueOf(first, hint, depth, outside) : 'undefined';
}

/** Arrays get two elements: enough to see an order. */
function pair(element: ts.TypeNode | undefined, hint: string, depth: number, outside: OutsideTypes): string {
  if (element === undefined) return '[]';
  const name = singular(hint);
  if (element.kind === ts.SyntaxKind.NumberKeyword) return '[1, 2]';
  if (element.kind === ts.SyntaxKind.StringKeyword) return `[${textFor(name, 1)}, ${textFor(name, 2)}]`;
  const value = valueOf(element, name, depth + 1, outside);
  return `[${value}, ${value}]`;
}

function objectValue(members: readonly ts.TypeElement[], depth: number, outside: OutsideTypes): string {
  const parts = members.flatMap((each) => {
    if (each.name === undefined || ts.isComputedPropertyName(each.name)) return [];
    const key = each.name.getText();
    const hint = ts.isIdentifier(each.name) ? each.name.text : 'value';
    if (ts.isPropertySignature(each))
      return [`${key}: ${each.type ? valueOf(each.type, hint, depth + 1, outside) : 'undefined'}`];
    return ts.isMethodSignature(each)
      ? [`${key}: () => ${parenthesized(each.type ? valueOf(each.type, 'value', depth + 1, outside) : 'undefined')}`]
      : [];
  });
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function referenced(type: ts.TypeReferenceNode, hint: string, depth: number, outside: OutsideTypes): string {
  const name = type.typeName.getText();
  const [first, second] = type.typeArguments ?? [];
  switch (name) {
    case 'Promise':
    case 'PromiseLike':
      return `Promise.resolve(${first ? valueOf(first, hint, depth + 1, outside) : ''})`;
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
      return pair(first, hint, depth, outside);
    case 'Map':
    case 'ReadonlyMap':
      return `new Map([[${first ? valueOf(first, 'key', depth + 1, outside) : "'key'"}, ${second ? valueOf(second, 'value', depth + 1, outside) : '1'}]])`;
    case 'Set':
    case 'ReadonlySet':
      return `new Set(${pair(first, hint, depth, outside)})`;
    case 'Record':
      return `{ key: ${second ? valueOf(second, 'value', depth + 1, outside) : '1'} }`;
    case 'AsyncIterable':
    case 'AsyncIterableIterator':
    case 'AsyncGenerator':
      return `(async function* () { yield* ${pair(first, hint, depth, outside)}; })()`;
    case 'AbortSignal':
      return 'new AbortController().signal';
    case 'Date':
      return 'new Date()';
    case 'Error':
      return `new Error(${quoted(hint)})`;
    case 'RegExp':
      return '/.*/';
    case 'Partial':
    case 'Readonly':
    case 'Required':
    case 'NonNullable':
      return first ? valueOf(first, hint, depth + 1, outside) : '{}';
    case 'Function':
      return '() => {}';
    default:
      return declared(type, name, hint, depth, outside);
  }
}

/** An interface, alias, enum or class that the same file declares, else what is known of it elsewhere. */
function declared(
  type: ts.TypeReferenceNode,
  name: string,
  hint: string,
  depth: number,
  outside: OutsideTypes,
): string {
  const source = type.getSourceFile();
  for (const each of source.statements) {
    if (ts.isInterfaceDeclaration(each) && each.name.text === name) return objectValue(each.members, depth, outside);
    if (ts.isTypeAliasDeclaration(each) && each.name.text === name) return valueOf(each.type, hint, depth + 1, outside);
    if (ts.isEnumDeclaration(each) && each.name.text === name)
      return each.members[0] ? `${name}.${each.members[0].name.getText()}` : '0';
    if (ts.isClassDeclaration(each) && each.name?.text === name) {
      const constructor = each.members.find(ts.isConstructorDeclaration);
      return `new ${name}(${constructor ? argumentsFor(constructor, outside, depth + 1).join(', ') : ''})`;
    }
  }
  return (isTypeParameter(type, name) ? undefined : outside(type, hint, depth)) ?? '{}';
}

/** Of a function or class around it. */
function isTypeParameter(type: ts.Node, name: string): boolean {
  for (let at = type.parent as ts.Node | undefined; at !== undefined; at = at.parent as ts.Node | undefined) {
    const parameters =
      'typeParameters' in at ? (at.typeParameters as readonly ts.TypeParameterDeclaration[] | undefined) : undefined;
    if (parameters?.some((each) => each.name.text === name) === true) return true;
  }
  return false;
}

/**
 * Why this file exists: values made from types, for the parameters of a function that is started on its own: plausible,
 * the same each time,
 * and shown to the reader as made up. Types are read as they are written; what another file declares becomes an empty
 * object.
 */
import ts from 'typescript';
import type { MadeUpValue } from '../request';

const deepest = 4;

/** JavaScript expressions for a function's parameters, in order; a parameter with a default is left to it. */
export function argumentsFor(node: ts.SignatureDeclaration): string[] {
  return node.parameters
    .filter((each) => !isThis(each) && !each.dotDotDotToken)
    .map((each) => (each.initializer ? 'undefined' : valueOfParameter(each)));
}

/** The same with names, for those who show and edit them; parts of a destructured parameter come one by one. */
export function valuesByName(node: ts.SignatureDeclaration): MadeUpValue[] {
  return node.parameters
    .filter((each) => !isThis(each))
    .flatMap((each) => {
      const type = each.type?.getText() ?? 'unknown';
      if (ts.isIdentifier(each.name))
        return [{ name: each.name.text, type, expression: each.dotDotDotToken ? '[]' : valueOfParameter(each) }];
      const whole = valueOfParameter(each);
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
export function madeUpArguments(node: ts.SignatureDeclaration): MadeUpValue[] {
  const expressions = argumentsFor(node);
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

function valueOfParameter(node: ts.ParameterDeclaration): string {
  if (node.initializer) return node.initializer.getText();
  const hint = ts.isIdentifier(node.name) ? node.name.text : 'value';
  if (node.type === undefined) return untyped(node, hint);
  return valueOf(node.type, hint, 0);
}

/**
 * Without a type the name is all there is: `i`, `id`, `count` are numbers, `callback` and `fn` functions, others texts.
 */
function untyped(node: ts.ParameterDeclaration, hint: string): string {
  if (/^(i|j|n|ms|id|count|size|delay|index|num\w*|\w+Ms|\w+Count)$/i.test(hint)) return '1';
  if (/^(cb|callback|fn|done|next|resolve|reject|on[A-Z]\w*)$/.test(hint)) return '() => {}';
  return ts.isObjectBindingPattern(node.name) ? '{}' : ts.isArrayBindingPattern(node.name) ? '[]' : `'${hint}'`;
}

function valueOf(type: ts.TypeNode, hint: string, depth: number): string {
  if (depth > deepest) return 'undefined';
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
      return '1';
    case ts.SyntaxKind.StringKeyword:
      return `'${hint}'`;
    case ts.SyntaxKind.BooleanKeyword:
      return 'true';
    case ts.SyntaxKind.BigIntKeyword:
      return '1n';
    case ts.SyntaxKind.SymbolKeyword:
      return `Symbol('${hint}')`;
    case ts.SyntaxKind.ObjectKeyword:
      return '{}';
    case ts.SyntaxKind.UndefinedKeyword:
    case ts.SyntaxKind.VoidKeyword:
    case ts.SyntaxKind.UnknownKeyword:
    case ts.SyntaxKind.AnyKeyword:
      return 'undefined';
    default:
      return structured(type, hint, depth);
  }
}

function structured(type: ts.TypeNode, hint: string, depth: number): string {
  if (ts.isLiteralTypeNode(type))
    return type.literal.kind === ts.SyntaxKind.NullKeyword ? 'null' : type.literal.getText();
  if (ts.isParenthesizedTypeNode(type)) return valueOf(type.type, hint, depth);
  if (ts.isArrayTypeNode(type)) return pair(type.elementType, hint, depth);
  if (ts.isTypeOperatorNode(type)) return valueOf(type.type, hint, depth);
  if (ts.isTupleTypeNode(type)) {
    const parts = type.elements.map((each) => valueOf(ts.isNamedTupleMember(each) ? each.type : each, hint, depth + 1));
    return `[${parts.join(', ')}]`;
  }
  if (ts.isUnionTypeNode(type)) return unionValue(type, hint, depth);
  if (ts.isIntersectionTypeNode(type))
    return `Object.assign({}, ${type.types.map((each) => valueOf(each, hint, depth + 1)).join(', ')})`;
  if (ts.isFunctionTypeNode(type)) return `() => ${parenthesized(valueOf(type.type, 'value', depth + 1))}`;
  if (ts.isTypeLiteralNode(type)) return objectValue(type.members, depth);
  return ts.isTypeReferenceNode(type) ? referenced(type, hint, depth) : '{}';
}

function parenthesized(value: string): string {
  return value === 'undefined' ? '{}' : value.startsWith('{') ? `(${value})` : value;
}

/** The first part that is neither null nor undefined. */
function unionValue(type: ts.UnionTypeNode, hint: string, depth: number): string {
  const isNothing = (each: ts.TypeNode): boolean =>
    each.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(each) && each.literal.kind === ts.SyntaxKind.NullKeyword);
  const first = type.types.find((each) => !isNothing(each));
  return first ? valueOf(first, hint, depth) : 'undefined';
}

/** Arrays get two elements: enough to see an order. */
function pair(element: ts.TypeNode | undefined, hint: string, depth: number): string {
  if (element === undefined) return '[]';
  const name = hint.replace(/s$/, '');
  if (element.kind === ts.SyntaxKind.NumberKeyword) return '[1, 2]';
  if (element.kind === ts.SyntaxKind.StringKeyword) return `['${name} 1', '${name} 2']`;
  const value = valueOf(element, name, depth + 1);
  return `[${value}, ${value}]`;
}

function objectValue(members: readonly ts.TypeElement[], depth: number): string {
  const parts = members.flatMap((each) => {
    if (each.name === undefined || ts.isComputedPropertyName(each.name)) return [];
    const key = each.name.getText();
    const hint = ts.isIdentifier(each.name) ? each.name.text : 'value';
    if (ts.isPropertySignature(each))
      return [`${key}: ${each.type ? valueOf(each.type, hint, depth + 1) : 'undefined'}`];
    return ts.isMethodSignature(each)
      ? [`${key}: () => ${parenthesized(each.type ? valueOf(each.type, 'value', depth + 1) : 'undefined')}`]
      : [];
  });
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function referenced(type: ts.TypeReferenceNode, hint: string, depth: number): string {
  const name = type.typeName.getText();
  const [first, second] = type.typeArguments ?? [];
  switch (name) {
    case 'Promise':
    case 'PromiseLike':
      return `Promise.resolve(${first ? valueOf(first, hint, depth + 1) : ''})`;
    case 'Array':
    case 'ReadonlyArray':
    case 'Iterable':
      return pair(first, hint, depth);
    case 'Map':
    case 'ReadonlyMap':
      return `new Map([[${first ? valueOf(first, 'key', depth + 1) : "'key'"}, ${second ? valueOf(second, 'value', depth + 1) : '1'}]])`;
    case 'Set':
    case 'ReadonlySet':
      return `new Set(${pair(first, hint, depth)})`;
    case 'Record':
      return `{ key: ${second ? valueOf(second, 'value', depth + 1) : '1'} }`;
    case 'Date':
      return 'new Date()';
    case 'Error':
      return `new Error('${hint}')`;
    case 'RegExp':
      return '/.*/';
    case 'Partial':
    case 'Readonly':
    case 'Required':
    case 'NonNullable':
      return first ? valueOf(first, hint, depth + 1) : '{}';
    case 'Function':
      return '() => {}';
    default:
      return declared(type.getSourceFile(), name, hint, depth);
  }
}

/** An interface, alias, enum or class that the same file declares. */
function declared(source: ts.SourceFile, name: string, hint: string, depth: number): string {
  for (const each of source.statements) {
    if (ts.isInterfaceDeclaration(each) && each.name.text === name) return objectValue(each.members, depth);
    if (ts.isTypeAliasDeclaration(each) && each.name.text === name) return valueOf(each.type, hint, depth + 1);
    if (ts.isEnumDeclaration(each) && each.name.text === name)
      return each.members[0] ? `${name}.${each.members[0].name.getText()}` : '0';
    if (ts.isClassDeclaration(each) && each.name?.text === name) {
      const constructor = each.members.find(ts.isConstructorDeclaration);
      return `new ${name}(${constructor ? argumentsFor(constructor).join(', ') : ''})`;
    }
  }
  return '{}';
}

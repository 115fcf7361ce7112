/**
 * Why this file exists: what a call brings is mostly known from its function's signatures alone. The call itself would
 * make the checker infer its arguments, which is most of what it does.
 */
import ts from 'typescript';
import { nameNode } from '../call-targets';
import type { FunctionFactsReader } from '../function-facts';
import type { TypeFacts } from '../questions';
import type { TypeFactsReader } from '../type-facts';
import type { Symbol, Type } from './client';
import type { NodeReader7 } from './node-reader-7';
import type { SymbolReader7 } from './symbol-reader-7';
import type { TypeReader7 } from './type-reader-7';

export interface Readers7 {
  readonly types: TypeReader7;
  readonly nodes: NodeReader7;
  readonly symbols: SymbolReader7;
  readonly facts: TypeFactsReader<Type>;
  readonly functions: FunctionFactsReader<Type>;
}

/** Reads the results of functions of one snapshot. */
export class CallResults {
  /** By type of function. */
  private readonly known = new Map<number, readonly Type[] | undefined>();
  private readonly ofSymbols = new Map<Symbol, Type | undefined>();

  constructor(private readonly readers: Readers7) {}

  /** Undefined where it takes the call's arguments to know. */
  of(node: ts.Node): TypeFacts | undefined {
    const { facts } = this.readers;
    const [first, ...others] = (this.resultsOf(node) ?? []).map((type) => facts.of(type));
    return first !== undefined && others.every((each) => isSame(each, first)) ? first : undefined;
  }

  /** `no` where what a call brings is surely no function that answers a promise. */
  ofPlace(node: ts.Node): 'no' | undefined {
    const results = this.resultsOf(node);
    return results?.every((type) => this.readers.functions.of(type).returnsThenable === 'no') === true ? 'no' : undefined;
  }

  /** What a function of this type may return; undefined where that depends on type arguments. */
  private ofFunction(type: Type): readonly Type[] | undefined {
    if (!this.known.has(type.id)) this.known.set(type.id, this.decided(type));
    return this.known.get(type.id);
  }

  private decided(type: Type): readonly Type[] | undefined {
    const { types } = this.readers;
    if (!types.isObject(type)) return undefined;
    const signatures = types.signatures(type, 'call');
    const results = signatures.flatMap((signature) => {
      const result = signature.returns();
      return result !== undefined && (!signature.isGeneric || isDecided(result, types)) ? [result] : [];
    });
    return results.length > 0 && results.length === signatures.length ? results : undefined;
  }

  private resultsOf(node: ts.Node): readonly Type[] | undefined {
    if (ts.isParenthesizedExpression(node)) return this.resultsOf(node.expression);
    if (!ts.isCallExpression(node) || !mayBeHeavy(node) || isSpecial(node.expression)) return undefined;
    const type = this.calledType(node.expression);
    return type && this.ofFunction(type);
  }

  private calledType(callee: ts.Expression): Type | undefined {
    const { nodes, symbols } = this.readers;
    const name = nameNode(callee);
    if (name === undefined) return nodes.typeAt(callee);
    const symbol = symbols.at(name);
    if (symbol === undefined) return undefined;
    const resolved = symbols.resolved(symbol);
    if (!this.ofSymbols.has(resolved)) this.ofSymbols.set(resolved, symbols.typeOf(resolved));
    return this.ofSymbols.get(resolved);
  }
}

/** Only what must be inferred costs more than to ask for signatures. */
function mayBeHeavy(node: ts.CallExpression): boolean {
  if (ts.isOptionalChain(node)) return false;
  return nameNode(node.expression) === undefined || node.arguments.some((each) => !isLight(each));
}

function isLight(argument: ts.Expression): boolean {
  return ts.isIdentifier(argument) || ts.isLiteralExpression(argument) || ts.isPropertyAccessExpression(argument);
}

/** Whatever type parameters stand for, it stays the kind of type that it is, and so do its elements. */
function isDecided(type: Type, types: TypeReader7): boolean {
  if (types.isAny(type) || types.isPrimitive(type) || isThis(type)) return true;
  const members = types.constituents(type);
  const parts = members.length === 1 ? (types.intersected(type) ?? []) : members;
  if (parts.length > 0) return parts.every((part) => isDecided(part, types));
  const isOpen = !types.isObject(type) || types.isMapped(type);
  return !isOpen && (types.elements(type) ?? []).every((element) => isDecided(element, types));
}

/** `this` of a class, which a call on `this` brings as it is. */
function isThis(type: Type): boolean {
  return 'isThisType' in type && type.isThisType === true;
}

/** What these bring is not written in a signature. */
function isSpecial(callee: ts.Expression): boolean {
  const { kind } = callee;
  const isWord = kind === ts.SyntaxKind.SuperKeyword || kind === ts.SyntaxKind.ImportKeyword;
  return isWord || (ts.isIdentifier(callee) && callee.text === 'require');
}

function isSame(a: TypeFacts, b: TypeFacts): boolean {
  // Both have the same keys.
  return Object.entries(a).every(([key, value]) => b[key as keyof TypeFacts] === value);
}

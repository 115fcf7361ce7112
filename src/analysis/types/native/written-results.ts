/**
 * Why this file exists: what many calls bring is written where the function is declared. There it is read, for the
 * checker would infer the call: its arguments, overloads and type arguments, which is most of what it does.
 */
import ts from 'typescript';
import { comparisonOperators, isAsyncFunction, isGeneratorFunction } from '../../syntax';
import { nameNode } from '../call-targets';
import { ownAnswer } from '../own-answer';
import type { Tristate, TypeFacts, VoidPlaceNode } from '../questions';
import { nothingFacts, primitiveFacts, promiseFacts } from '../type-facts';
import type { Symbol } from './client';
import type { SymbolReader7 } from './symbol-reader-7';

const { SyntaxKind } = ts;

/** Of a symbol, when it is a member of an instance of a generic type. What is made by mapping has another type. */
const instantiated = 1;

const byKeyword: ReadonlyMap<ts.SyntaxKind, TypeFacts> = new Map([
  [SyntaxKind.VoidKeyword, nothingFacts],
  [SyntaxKind.UndefinedKeyword, nothingFacts],
  [SyntaxKind.StringKeyword, primitiveFacts],
  [SyntaxKind.NumberKeyword, primitiveFacts],
  [SyntaxKind.BooleanKeyword, primitiveFacts],
  [SyntaxKind.BigIntKeyword, primitiveFacts],
  [SyntaxKind.SymbolKeyword, primitiveFacts],
]);

const comparing: ReadonlySet<ts.SyntaxKind> = new Set([
  ...comparisonOperators,
  SyntaxKind.InKeyword,
  SyntaxKind.InstanceOfKeyword,
]);

/** Reads what the functions of one snapshot's own files write. */
export class WrittenResults {
  private readonly known = new Map<ts.Node, TypeFacts | undefined>();
  private readonly shadowing = new Map<ts.SourceFile, boolean>();

  constructor(private readonly symbols: SymbolReader7) {}

  /** What a call of one function of the project brings, where its text says so: a promise, or what is no object. */
  of(node: ts.Node): TypeFacts | undefined {
    if (ts.isParenthesizedExpression(node)) return this.of(node.expression);
    if (isPlain(node)) return primitiveFacts;
    if (isNothing(node)) return nothingFacts;
    if (!ts.isCallExpression(node) || ts.isOptionalChain(node)) return undefined;
    const [called, ...overloads] = calledDeclarations(node.expression, this.symbols) ?? [];
    return called === undefined || overloads.length > 0 ? undefined : this.written(called);
  }

  /** `no` where what stands is surely no function that answers a promise. */
  ofPlace(node: VoidPlaceNode): 'no' | undefined {
    const own = ownAnswer(node);
    if (own === undefined) return this.of(node) !== undefined || this.answerOf(node) === 'no' ? 'no' : undefined;
    if (typeof own === 'string') return own === 'no' ? 'no' : undefined;
    return own.every((each) => this.of(each)?.thenable === 'no') ? 'no' : undefined;
  }

  /** What calling this value answers, where it is the name of one function of the project whose text says so. */
  answerOf(node: ts.Node): Tristate | undefined {
    const symbol = ts.isIdentifier(node) ? this.symbols.fetchedAt(node) : undefined;
    const [named, ...overloads] = (symbol && functionsOf(symbol, this.symbols)) ?? [];
    return named === undefined || overloads.length > 0 ? undefined : this.written(named)?.thenable;
  }

  private written(node: ts.SignatureDeclaration): TypeFacts | undefined {
    if (!this.known.has(node)) this.known.set(node, this.read(node));
    return this.known.get(node);
  }

  private read(node: ts.SignatureDeclaration): TypeFacts | undefined {
    const { type } = node;
    if (isGeneratorFunction(node)) return undefined;
    if (type === undefined) return isAsyncFunction(node) ? promiseFacts : undefined;
    if (ts.isTypePredicateNode(type)) return type.assertsModifier === undefined ? primitiveFacts : nothingFacts;
    if (ts.isTypeReferenceNode(type)) {
      const isPromise = ts.isIdentifier(type.typeName) && type.typeName.text === 'Promise';
      return isPromise && !this.shadowsPromise(node.getSourceFile()) ? promiseFacts : undefined;
    }
    return byKeyword.get(type.kind);
  }

  /** Another `Promise` is declared in a file, or imported. */
  private shadowsPromise(file: ts.SourceFile): boolean {
    let answer = this.shadowing.get(file);
    if (answer === undefined) {
      answer = declaresPromise(file);
      this.shadowing.set(file, answer);
    }
    return answer;
  }
}

/** Written out, or whatever the operands are, this is a text, a number or a truth. */
function isPlain(node: ts.Node): boolean {
  if (ts.isLiteralExpression(node)) return !ts.isRegularExpressionLiteral(node) && ts.isExpression(node.parent);
  if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword) return true;
  if (ts.isBinaryExpression(node)) return comparing.has(node.operatorToken.kind);
  if (ts.isPrefixUnaryExpression(node)) return node.operator === SyntaxKind.ExclamationToken;
  return ts.isTemplateExpression(node) || ts.isTypeOfExpression(node);
}

function isNothing(node: ts.Node): boolean {
  return node.kind === SyntaxKind.NullKeyword || ts.isVoidExpression(node);
}

/** The functions of the project, overloads of one, that a callee stands for; a namespace may share their name. */
export function calledDeclarations(
  callee: ts.Expression,
  symbols: SymbolReader7,
): readonly ts.SignatureDeclaration[] | undefined {
  const name = nameNode(callee);
  const found = name === undefined ? undefined : symbols.at(name);
  return found && functionsOf(found, symbols);
}

function functionsOf(found: Symbol, symbols: SymbolReader7): readonly ts.SignatureDeclaration[] | undefined {
  const symbol = symbols.resolved(found);
  if ((symbol.checkFlags & ~instantiated) !== 0) return undefined;
  const nodes: ts.SignatureDeclaration[] = [];
  for (const each of symbols.declarations(symbol)) {
    if (each.kind === 'library') return undefined;
    if (ts.isModuleDeclaration(each.node)) continue;
    const called = functionOf(each.node);
    if (called === undefined) return undefined;
    nodes.push(called);
  }
  return nodes;
}

function functionOf(node: ts.Node): ts.SignatureDeclaration | undefined {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isMethodSignature(node)) {
    return node.questionToken === undefined ? node : undefined;
  }
  if (!ts.isVariableDeclaration(node) || node.type !== undefined || node.initializer === undefined) return undefined;
  const isConst = (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) !== 0;
  const { initializer } = node;
  return isConst && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)) ? initializer : undefined;
}

/** What only looks like a declaration does no harm. */
function declaresPromise({ text }: ts.SourceFile): boolean {
  return (
    /\b(?:class|interface|type|enum|namespace|import)\s+Promise\b/.test(text) ||
    /[{,<]\s*Promise\s*(?:extends\b|[,>=}])|\bas\s+Promise\s*(?:[,}]|from\b)/.test(text)
  );
}

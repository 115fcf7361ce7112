/**
 * Why this file exists: what the questions about a file ask of the native server: one request for symbols and one for
 * types.
 */
import ts from 'typescript';
import { skipOuter } from '../../syntax';
import { calleeOf, nameNode, typeName } from '../call-targets';
import { typedAt } from '../own-answer';
import type { AccessNode, FileQuestions } from '../questions';
import type { AccessorNames } from './accessor-names';
import type { Node } from './client';
import type { FileNodes } from './file-nodes';

/** One node in the two trees of its file. */
export interface Pair {
  readonly mine: ts.Node;
  readonly node: Node;
}

export interface Requests {
  readonly questions: FileQuestions;
  /** Those where an accessor of the project may run. */
  readonly accesses: readonly AccessNode[];
  readonly names: readonly Pair[];
  /** The specifiers of imports of which only the server knows what they mean. */
  readonly specifiers: readonly Node[];
  /** The files that the others mean. */
  readonly imported: readonly string[];
}

/** What a file's imports mean, as far as that is plain; undefined when all of them are known already. */
export type PlainImports = ((specifier: string) => string | undefined) | undefined;

export function requestsOf(
  questions: FileQuestions,
  table: FileNodes,
  plain: PlainImports,
  accessors: AccessorNames,
): Requests {
  const imports = (plain === undefined ? [] : table.imports).map((node) => ({ node, file: plain?.(textOf(node)) }));
  const accesses = questions.accesses.filter((node) => accessors.mayRun(node));
  return {
    questions,
    accesses,
    names: pairs(namesIn({ ...questions, accesses }), table),
    specifiers: imports.flatMap(({ node, file }) => (file === undefined ? node : [])),
    imported: imports.flatMap(({ file }) => file ?? []),
  };
}

function textOf(specifier: Node): string {
  return 'text' in specifier && typeof specifier.text === 'string' ? specifier.text : '';
}

/** What is asked in one request for symbols, in its order. */
export function named({ names, specifiers }: Pick<Requests, 'names' | 'specifiers'>): readonly Node[] {
  return [...names.map(({ node }) => node), ...specifiers];
}

/** The properties among what is handed over. */
export function propertyPairs(values: readonly ts.Expression[], table: FileNodes): readonly Pair[] {
  const properties = values.map(skipOuter).filter((node) => !ts.isIdentifier(node));
  return pairs([...new Set(properties.flatMap((node) => nameNode(node) ?? []))], table);
}

/** Those of our nodes that the server has, with its own. */
function pairs(nodes: readonly ts.Node[], table: FileNodes): readonly Pair[] {
  const theirs = table.ofNodes(nodes);
  return nodes.flatMap((mine, at) => {
    const node = theirs[at];
    return node === undefined ? [] : [{ mine, node }];
  });
}

/** All whose symbols answer questions, but for the properties that are handed over: not all need be asked. */
function namesIn({ callees, values, accesses, bases }: FileQuestions): readonly ts.Node[] {
  const properties = accesses.filter((node) => !ts.isBindingElement(node));
  const variables = values.filter((node) => ts.isIdentifier(skipOuter(node)));
  const names = [
    ...[...callees.map(calleeOf), ...variables, ...properties].flatMap((node) => nameNode(skipOuter(node)) ?? []),
    ...bases.flatMap((node) => typeName(node) ?? []),
  ];
  return [...new Set(names)];
}

/** All whose types answer questions; what a function that is written at a place answers may be known without. */
export function typedPairs(
  questions: FileQuestions,
  table: FileNodes,
  isKnown: (node: ts.Node) => boolean,
): readonly Pair[] {
  const { types, returns, accesses, iterators, functions, voidPlaces, protocols, lineages } = questions;
  const patterns = accesses.flatMap((node) => (ts.isBindingElement(node) ? node.parent : []));
  const written = returns.flatMap((node) => writtenType(node) ?? []);
  const places = voidPlaces.flatMap((node) => typedAt(node).filter((each) => each === node || !isKnown(each)));
  const asked = [types, written, patterns, iterators, functions, places, protocols, lineages];
  return pairs([...new Set(asked.flat())], table);
}

/** A predicate's type is `boolean`, which only its signature says. */
export function writtenType(node: ts.SignatureDeclaration): ts.TypeNode | undefined {
  return node.type === undefined || ts.isTypePredicateNode(node.type) ? undefined : node.type;
}

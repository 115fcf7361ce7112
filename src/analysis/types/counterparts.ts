/** Why this file exists: the same nodes in two trees that TypeScript 6 parsed from the same text. */
import ts from 'typescript';
import type { FileAnswers, FileQuestions } from './questions';

/** Asks about the nodes of another tree of the same text, and answers for the nodes that were given. */
export function askInTree(
  tree: ts.SourceFile | undefined,
  questions: FileQuestions,
  ask: (questions: FileQuestions) => FileAnswers,
): FileAnswers {
  const given = firstTree(questions);
  if (given === undefined || tree === undefined || given === tree) return ask(questions);
  const theirs = pairs(given, tree);
  // The same place in a tree of the same shape is a node of the same kind.
  function mapped<N extends ts.Node>(nodes: readonly N[]): readonly N[] {
    return nodes.flatMap((node) => (theirs.get(node) as N | undefined) ?? []);
  }
  const answers = ask({
    types: mapped(questions.types),
    returns: mapped(questions.returns),
    callees: mapped(questions.callees),
    values: mapped(questions.values),
    accesses: mapped(questions.accesses),
  });
  const ours = new Map([...theirs].map(([mine, their]) => [their, mine]));
  function back<A>(found: ReadonlyMap<ts.Node, A>): ReadonlyMap<ts.Node, A> {
    return new Map([...found].map(([node, answer]) => [ours.get(node) ?? node, answer]));
  }
  return {
    types: back(answers.types),
    returns: back(answers.returns),
    callees: back(answers.callees),
    values: back(answers.values),
    accesses: back(answers.accesses),
  };
}

/** The answers of both; the second's where both know. */
export function merged(first: FileAnswers, second: FileAnswers): FileAnswers {
  return {
    types: new Map([...first.types, ...second.types]),
    returns: new Map([...first.returns, ...second.returns]),
    callees: new Map([...first.callees, ...second.callees]),
    values: new Map([...first.values, ...second.values]),
    accesses: new Map([...first.accesses, ...second.accesses]),
  };
}

export function isEmpty({ types, returns, callees, values, accesses }: FileQuestions): boolean {
  return types.length + returns.length + callees.length + values.length + accesses.length === 0;
}

function firstTree({ types, returns, callees, values, accesses }: FileQuestions): ts.SourceFile | undefined {
  return [types, returns, callees, values, accesses].find((list) => list.length > 0)?.[0]?.getSourceFile();
}

/** By node of the one tree, the node of the other; empty when the texts differ. */
function pairs(one: ts.SourceFile, other: ts.SourceFile): ReadonlyMap<ts.Node, ts.Node> {
  if (one.text !== other.text) return new Map();
  const others = preorder(other);
  return new Map(
    preorder(one).flatMap((node, index): [ts.Node, ts.Node][] => {
      const candidate = others[index];
      return candidate?.kind === node.kind && candidate.pos === node.pos ? [[node, candidate]] : [];
    }),
  );
}

function preorder(tree: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = [];
  function visit(node: ts.Node): void {
    found.push(node);
    ts.forEachChild(node, visit);
  }
  visit(tree);
  return found;
}

/** Why this file exists: the same nodes in two trees that TypeScript 6 parsed from the same text. */
import ts from 'typescript';
import { answersByKind, type FileAnswers, type FileQuestions, questionKinds, questionsByKind } from './questions';

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
  function mapped(nodes: readonly ts.Node[]): readonly ts.Node[] {
    return nodes.flatMap((node) => theirs.get(node) ?? []);
  }
  const answers = ask(questionsByKind((kind) => mapped(questions[kind])));
  const ours = new Map([...theirs].map(([mine, their]) => [their, mine]));
  function back(found: ReadonlyMap<ts.Node, unknown>): ReadonlyMap<ts.Node, unknown> {
    return new Map([...found].map(([node, answer]) => [ours.get(node) ?? node, answer]));
  }
  return answersByKind((kind) => back(answers[kind]));
}

/** The answers of both; the second's where both know. */
export function merged(first: FileAnswers, second: FileAnswers): FileAnswers {
  return answersByKind((kind) => new Map<ts.Node, unknown>([...first[kind], ...second[kind]]));
}

export function isEmpty(questions: FileQuestions): boolean {
  return questionKinds.every((kind) => questions[kind].length === 0);
}

function firstTree(questions: FileQuestions): ts.SourceFile | undefined {
  return questionKinds.map((kind) => questions[kind]).find((list) => list.length > 0)?.[0]?.getSourceFile();
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

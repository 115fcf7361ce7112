/**
 * Why this file exists: what rules ask about types, put to the native server: the types of all nodes come in one
 * request, what follows from them from caches.
 */
import type ts from 'typescript';
import type { Judge } from '../judge';
import type { FileQuestions } from '../questions';
import type { Type } from './client';
import { type Collected, collect } from './collect';
import type { FileNodes } from './file-nodes';
import type { NodeReader7 } from './node-reader-7';

type JudgedKind = 'functions' | 'voidPlaces' | 'protocols' | 'lineages';

type Judged = Readonly<Record<JudgedKind, Collected<ts.Node, unknown>>>;

interface Readers {
  readonly nodes: NodeReader7;
  readonly judge: Judge<Type>;
}

export function judgeAll({ nodes, judge }: Readers, table: FileNodes, questions: FileQuestions): Judged {
  const asked = [
    ...new Set<ts.Node>([
      ...questions.functions,
      ...questions.voidPlaces,
      ...questions.protocols,
      ...questions.lineages,
    ]),
  ];
  nodes.fetch(asked, table.ofNodes(asked));
  const judged = {
    functions: collect(questions.functions, (node) => judge.functions(node)),
    voidPlaces: collect(questions.voidPlaces, (node) => judge.voidPlaces(node)),
    protocols: collect(questions.protocols, (node) => judge.protocols(node)),
    lineages: collect(questions.lineages, (node) => judge.lineages(node)),
  };
  nodes.forget();
  return judged;
}

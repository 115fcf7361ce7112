/** Why this file exists: many questions are answered one by one, and one that the server fails at stays alone. */
import type ts from 'typescript';
import { failed, single } from './failure';

export interface Collected<N, A> {
  readonly answers: ReadonlyMap<ts.Node, A>;
  readonly unanswered: readonly N[];
}

/** Answers each question; one that the server fails at does not spoil the others. */
export function collect<N extends ts.Node, A>(
  questions: readonly N[],
  answer: (question: N) => A | undefined,
): Collected<N, A> {
  const answers = new Map<ts.Node, A>();
  const unanswered: N[] = [];
  for (const question of questions) {
    const found = single(() => answer(question));
    if (found === failed) unanswered.push(question);
    else if (found !== undefined) answers.set(question, found);
  }
  return { answers, unanswered };
}

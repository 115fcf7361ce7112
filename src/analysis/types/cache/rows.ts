/** Why this file exists: answers about nodes become numbers that a later parse of the same text finds its nodes by. */
import type ts from 'typescript';
import { keyFrom, keyOf, partsOf } from '../node-key';
import type { KeptAnswers } from './kept';
import { answersByKind, type FileAnswers, type FileQuestions, questionKinds, questionsByKind } from '../questions';

/** Every answer once, by what it says. */
export class AnswerTable {
  private readonly index = new Map<string, number>();
  readonly values: unknown[] = [];

  /** The place of an answer; that of null stands for a question which the engine could not answer. */
  place(answer: unknown): number {
    const text = JSON.stringify(answer);
    let place = this.index.get(text);
    if (place === undefined) {
      place = this.values.length;
      this.values.push(answer);
      this.index.set(text, place);
    }
    return place;
  }
}

/** Answers of one file, by node of any parse of its text. */
export class AnswerRows {
  private readonly byKind = new Map<string, Map<number, unknown>>();

  take(questions: FileQuestions, answers: FileAnswers): void {
    for (const kind of questionKinds) {
      const rows = this.rows(kind);
      for (const node of questions[kind]) rows.set(keyOf(node), answers[kind].get(node) ?? null);
    }
  }

  /** What is known of the questions, and the questions of which nothing is. */
  give(questions: FileQuestions): { readonly answers: FileAnswers; readonly missing: FileQuestions } {
    const answers = answersByKind((kind) => {
      const rows = this.rows(kind);
      const found = questions[kind].map((node): [ts.Node, unknown] => [node, rows.get(keyOf(node))]);
      return new Map(found.filter(([, answer]) => answer !== undefined && answer !== null));
    });
    const missing = questionsByKind((kind) => {
      const rows = this.rows(kind);
      return questions[kind].filter((node) => rows.get(keyOf(node)) === undefined);
    });
    return { answers, missing };
  }

  kept(table: AnswerTable): KeptAnswers {
    return Object.fromEntries(
      [...this.byKind].map(([kind, rows]) => [
        kind,
        [...rows].flatMap(([key, answer]) => [...partsOf(key), table.place(answer)]),
      ]),
    );
  }

  static of(kept: KeptAnswers, answers: readonly unknown[]): AnswerRows {
    const found = new AnswerRows();
    for (const [kind, numbers] of Object.entries(kept)) {
      const rows = found.rows(kind);
      for (let at = 0; at < numbers.length; at += 4) {
        const [pos = 0, end = 0, syntaxKind = 0, place = 0] = numbers.slice(at, at + 4);
        rows.set(keyFrom(pos, end, syntaxKind), answers[place]);
      }
    }
    return found;
  }

  private rows(kind: string): Map<number, unknown> {
    let rows = this.byKind.get(kind);
    if (rows === undefined) {
      rows = new Map();
      this.byKind.set(kind, rows);
    }
    return rows;
  }
}

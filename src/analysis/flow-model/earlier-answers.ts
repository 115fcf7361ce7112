/**
 * Why this file exists: while one types, a checker that knows nothing of the last version of a file need not be asked
 * about all of it again. What stands outside the statement or the class member that was edited keeps its answers for
 * the quick answer; the whole one, a moment later, asks anew.
 */
import ts from 'typescript';
import type { CallTarget, FileAnswers, FileQuestions, QuestionKind, TypePlace } from '../types/questions';
import { answersByKind, questionsByKind } from '../types/questions';
import { keyFrom, keyOf, longestText } from '../types/node-key';
import { type Edit, isOfSpace } from './space-edits';
import type { FileSummary } from './summary';

/** What is known from before, and the questions that are still to be asked. */
export interface Earlier {
  readonly answers: FileAnswers;
  readonly missing: FileQuestions;
}

interface Span {
  readonly pos: number;
  readonly end: number;
}

/**
 * The answers of a file as it was that still hold for it as it is, as far as they do not depend on what was edited.
 * Undefined for texts that are too long to know their nodes by keys.
 */
export function earlierAnswers(
  before: FileSummary,
  source: ts.SourceFile,
  questions: FileQuestions,
): Earlier | undefined {
  if (Math.max(before.source.end, source.end) >= longestText) return undefined;
  const edit = editBetween(before.source.text, source.text);
  const delta = edit.newEnd - edit.oldEnd;
  // Of space nothing that is asked about was edited.
  const edited = isOfSpace(before.source, source, edit) ? undefined : editedSpan(source, edit);
  function keyBefore(node: ts.Node): number | undefined {
    if (edited === undefined) {
      const [pos, end] = [node.pos, node.end].map((place) => (place <= edit.start ? place : place - delta));
      return keyFrom(pos ?? 0, end ?? 0, node.kind);
    }
    if (node.end <= edited.pos) return keyOf(node);
    return node.pos >= edited.end ? keyOf(node, -delta) : undefined;
  }
  const missing = new Set<ts.Node>();
  function answersOf(kind: QuestionKind): ReadonlyMap<ts.Node, unknown> {
    const byKey = new Map<number, unknown>([...before.answers[kind]].map(([node, answer]) => [keyOf(node), answer]));
    const kept = new Map<ts.Node, unknown>();
    for (const node of questions[kind]) {
      const key = keyBefore(node);
      const answer = key === undefined ? gone : moved(byKey.get(key), before.file, edit);
      if (answer === gone) missing.add(node);
      else if (answer !== undefined) kept.set(node, answer);
    }
    return kept;
  }
  const answers = answersByKind(answersOf);
  return { answers, missing: questionsByKind((kind) => questions[kind].filter((node) => missing.has(node))) };
}

function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  const most = shorter - start;
  const [oldLast, newLast] = [before.length - 1, after.length - 1];
  while (same < most && before.charCodeAt(oldLast - same) === after.charCodeAt(newLast - same)) same += 1;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}

/** The statements, or members of one class or namespace, that touch what was edited, with the space around them. */
function editedSpan(source: ts.SourceFile, { start, newEnd }: Edit): Span {
  let list: ts.NodeArray<ts.Node> | undefined = source.statements;
  let span: Span = { pos: 0, end: source.end };
  while (list !== undefined && list.pos <= start && newEnd <= list.end) {
    const touched: readonly ts.Node[] = list.filter(({ pos, end }) => pos <= newEnd && start <= end);
    const [first, last] = [touched[0], touched.at(-1)];
    if (first === undefined || last === undefined) break;
    span = { pos: first.pos, end: last.end };
    list = first === last ? partsOf(first) : undefined;
  }
  return span;
}

function partsOf(node: ts.Node): ts.NodeArray<ts.Node> | undefined {
  if (ts.isClassLike(node)) return node.members;
  const body = ts.isModuleDeclaration(node) ? node.body : undefined;
  return body !== undefined && ts.isModuleBlock(body) ? body.statements : undefined;
}

/** Stands for an answer that names a place which was edited. */
const gone = Symbol('gone');

/** An answer with the places of its file where they are now. */
function moved(answer: unknown, file: string, edit: Edit): unknown {
  if (!Array.isArray(answer)) return answer;
  // The answers that are lists are lists of these.
  const places = (answer as readonly (CallTarget | TypePlace)[]).map((each) => movedPlace(each, file, edit));
  return places.includes(undefined) ? gone : places;
}

function movedPlace<P extends CallTarget | TypePlace>(place: P, file: string, edit: Edit): P | undefined {
  if ('owner' in place) {
    const owner = movedPlace(place.owner, file, edit);
    return owner && { ...place, owner };
  }
  if (!('start' in place) || place.file !== file) return place;
  if (place.start >= edit.oldEnd) return { ...place, start: place.start + edit.newEnd - edit.oldEnd };
  return place.start < edit.start ? place : undefined;
}

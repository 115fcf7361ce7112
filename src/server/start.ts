/** Why this file exists: where the reader pointed, as a start of the simulation, with the words for it. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FlowFunction, FlowModel } from '../analysis/flow-model/flow-model';
import type { MadeUpValue, Start } from '../simulation/request';
import { baseName } from './paths';
import type { StartAt } from './protocol';

/** A start, and what people would call it. */
export interface NamedStart {
  readonly start: Start;
  readonly title: string;
}

/** What cannot be started from, in one sentence. */
export interface NoStart {
  readonly kind: 'no-start';
  readonly message: string;
}

/** Only a cursor and a lens need the model; it is asked for when they do. */
export async function startOf(
  at: StartAt, document: TextDocument, path: string, model: () => Promise<FlowModel>,
): Promise<NamedStart | NoStart> {
  const file: NamedStart = { start: { kind: 'file' }, title: baseName(path) };
  switch (at.kind) {
    case 'file': return file;
    case 'selection': {
      return selected(document, document.offsetAt(at.range.start), document.offsetAt(at.range.end), path);
    }
    case 'cursor': {
      const around = functionAround(await model(), document.offsetAt(at.position));
      return around ? functionStart(around) : file;
    }
    case 'function': {
      const offset = document.offsetAt(at.position);
      const there = (await model()).functions.find((candidate) => candidate.kind !== 'module' && candidate.range.start === offset);
      return there ? functionStart(there) : { kind: 'no-start', message: 'The function is no longer there; choose it again.' };
    }
  }
}

/** The start with expressions for its parameters: the reader's where given, else the made-up ones. */
export function withValues(
  start: Start, parameters: readonly MadeUpValue[], values: Readonly<Record<string, string>>,
): Start {
  const given = parameters.map(({ name, expression }) => [name, values[name] ?? expression] as const);
  switch (start.kind) {
    case 'file': return start;
    case 'function': return { ...start, args: given.map(([, expression]) => expression) };
    case 'range': return { ...start, values: Object.fromEntries(given) };
  }
}

/** Blanks around a selection are the pointer's, not the reader's. */
function selected(document: TextDocument, from: number, to: number, path: string): NamedStart | NoStart {
  const text = document.getText();
  const stretch = text.slice(from, to);
  if (stretch.trim() === '') {
    return { kind: 'no-start', message: 'The selection is empty: select statements, or put the cursor into a function.' };
  }
  const start = from + stretch.length - stretch.trimStart().length;
  const end = to - (stretch.length - stretch.trimEnd().length);
  const first = document.positionAt(start).line + 1;
  const last = document.positionAt(end).line + 1;
  const lines = first === last ? `line ${first}` : `lines ${first}–${last}`;
  return { start: { kind: 'range', start, end }, title: `${lines} of ${baseName(path)}` };
}

function functionStart({ range, name }: FlowFunction): NamedStart {
  return { start: { kind: 'function', offset: range.start }, title: name };
}

/** The innermost function with a name: a callback alone says little, what passes it says more. */
function functionAround(model: FlowModel, offset: number): FlowFunction | undefined {
  return model.functions.findLast(({ kind, name, range }) => {
    const isPlayable = kind === 'function' || kind === 'method' || kind === 'arrow';
    return isPlayable && !name.endsWith(' callback') && range.start <= offset && offset <= range.end;
  });
}

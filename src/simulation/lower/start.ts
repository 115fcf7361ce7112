/**
 * Why this file exists: a simulation may begin with the whole file, one function of it, or a selection. For the last
 * two the file supplies
 * the declarations that are needed; its other statements are left out, and what is missing is made from types.
 */
import ts from 'typescript';
import type { TextRange } from '../../base/text';
import type { ReadText, SimulationRefused, Start } from '../request';
import { outsideTypesOf } from './stand-ins/outside-types';
import { withTypesAsValues } from './type-imports';
import { argumentsFor, type OutsideTypes } from './values';
import { localPieces } from './local-pieces';
import { alwaysStays, declarationsFor, namesUsed } from './names-used';
import { blank, compose, type ComposedText, type Piece } from './pieces';
import { enclosingFunction, findFunction, type FoundFunction } from './find-function';
import type { SourceText } from './lower-file';
import { refused } from './refused';

export interface Sliced {
  readonly entry: SourceText;
  readonly original: SourceText;
  readonly placeOf: ComposedText['placeOf'];
  /** Statements of the file that only supply declarations: they run, but are not played. */
  readonly isQuiet: (statement: TextRange) => boolean;
}

/** The text to simulate for a start. */
export function slice(file: SourceText, start: Start, read: ReadText = () => undefined): Sliced | SimulationRefused {
  if (start.kind === 'file') return { entry: file, original: file, placeOf: (range) => range, isQuiet: () => false };
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true);
  const outside = outsideTypesOf(file, read);
  return start.kind === 'function'
    ? sliceFunction(file, source, start, outside)
    : sliceRange(file, source, start, outside);
}

type FunctionStart = Extract<Start, { kind: 'function' }>;
type RangeStart = Extract<Start, { kind: 'range' }>;

function sliceFunction(
  file: SourceText,
  source: ts.SourceFile,
  start: FunctionStart,
  outside: OutsideTypes,
): Sliced | SimulationRefused {
  const found = findFunction(source, 'name' in start ? start.name : start.offset, outside);
  if (found === undefined) {
    const message =
      'name' in start
        ? `There is no function '${start.name}' in this file.`
        : 'There is no function here: put the cursor into one.';
    return refused(file, 'name' in start ? 0 : start.offset, message);
  }
  const args = (start.args ?? argumentsFor(found.node, outside)).join(', ');
  const anchor = { start: found.node.getStart(source), end: found.node.getStart(source) + 1 };
  return composed(file, source, found.node, callPieces({ file, source, outside }, found, args), anchor);
}

/** A file, and what is known of types that it does not declare. */
interface Place {
  readonly file: SourceText;
  readonly source: ts.SourceFile;
  readonly outside: OutsideTypes;
}

/** The call: by name where the file can, else of a copy of the function's own text. */
function callPieces({ file, source, outside }: Place, found: FoundFunction, args: string): Piece[] {
  if (found.callee !== undefined) return [{ text: ended(found, `${found.callee}(${args})`) }];
  const from = found.node.getStart(source);
  const copy: Piece = { text: file.text.slice(from, found.node.end), from };
  const locals = localPieces(file, source, found.node, found.node, outside);
  if (
    !ts.isFunctionDeclaration(found.node) &&
    !ts.isFunctionExpression(found.node) &&
    !ts.isArrowFunction(found.node)
  ) {
    const key = ts.getNameOfDeclaration(found.node)?.getText(source) ?? 'constructor';
    return [...locals, { text: 'void ({ ' }, copy, { text: ` }).${key}(${args});` }];
  }
  return [...locals, { text: 'void (' }, copy, { text: `)(${args});` }];
}

/** A generator does nothing until somebody asks for values. */
function ended(found: FoundFunction, call: string): string {
  if (found.kind === 'generator') return `for (const $value of ${call});`;
  if (found.kind === 'async-generator') return `void (async () => { for await (const $value of ${call}); })();`;
  return `${call};`;
}

function sliceRange(
  file: SourceText,
  source: ts.SourceFile,
  start: RangeStart,
  outside: OutsideTypes,
): Sliced | SimulationRefused {
  const text = file.text.slice(start.start, start.end);
  const from = start.start + (text.length - text.trimStart().length);
  const to = start.end - (text.length - text.trimEnd().length);
  if (from >= to) return refused(file, start.start, 'The selection is empty: select at least one statement.');
  const chosen = statementsIn(source, from, to);
  const [first] = chosen;
  if (first === undefined) return refused(file, from, 'The selection holds no statement: select at least one.');
  const around = enclosingFunction(first);
  if (around === undefined) return sliceTopLevel(file, source, chosen);
  const leaving = jumpOut(chosen);
  if (leaving !== undefined)
    return refused(
      file,
      leaving.getStart(source),
      `Select the whole loop: '${leaving.getText(source)}' leaves what is selected.`,
    );
  return composed(file, source, first, rangePieces({ file, source, outside }, chosen, around, start.values ?? {}), {
    start: from,
    end: from + 1,
  });
}

function sliceTopLevel(file: SourceText, source: ts.SourceFile, chosen: readonly ts.Statement[]): Sliced {
  const names = new Set(chosen.flatMap((each) => [...namesUsed(each)]));
  const needed = declarationsFor(names, source.statements);
  const out = source.statements.filter((each) => !chosen.includes(each) && !needed.has(each) && !alwaysStays(each));
  return {
    entry: {
      path: file.path,
      text: blank(
        file.text,
        out.map((each) => rangeOf(each, source)),
      ),
    },
    original: file,
    placeOf: (range) => range,
    isQuiet: quietOf(
      source,
      [...needed].filter((each) => !chosen.includes(each)),
    ),
  };
}

function rangeOf(node: ts.Node, source: ts.SourceFile): TextRange {
  return { start: node.getStart(source), end: node.end };
}

function quietOf(source: ts.SourceFile, statements: readonly ts.Statement[]): (statement: TextRange) => boolean {
  const starts = new Set(statements.map((each) => each.getStart(source)));
  return (statement) => starts.has(statement.start);
}

/** The file without what `pieces` do not need, then the pieces. */
function composed(
  file: SourceText,
  source: ts.SourceFile,
  target: ts.Node,
  pieces: readonly Piece[],
  anchor: TextRange,
): Sliced {
  const made = ts.createSourceFile('made.ts', pieces.map((each) => each.text).join(''), ts.ScriptTarget.ES2022, true);
  const needed = declarationsFor([...namesUsed(target), ...namesUsed(made)], source.statements);
  const kept = source.statements.filter((each) => needed.has(each) || alwaysStays(each));
  const out = source.statements.filter((each) => !kept.includes(each));
  const text = compose(
    withTypesAsValues(
      blank(
        file.text,
        out.map((each) => rangeOf(each, source)),
      ),
      source,
      namesUsed(made),
    ),
    pieces,
    anchor,
  );
  return {
    entry: { path: file.path, text: text.text },
    original: file,
    placeOf: text.placeOf,
    isQuiet: quietIn(text, quietOf(source, kept)),
  };
}

/** What was made to call the user's code is not played either. */
function quietIn(text: ComposedText, isQuiet: (statement: TextRange) => boolean): (statement: TextRange) => boolean {
  return (statement) => isQuiet(statement) || text.isMade(statement);
}

/** The statements of one list that the selection touches. */
function statementsIn(source: ts.SourceFile, from: number, to: number): ts.Statement[] {
  let list: readonly ts.Statement[] = source.statements;
  const visit = (node: ts.Node): void => {
    if (node.getStart(source) > from || node.end < to) return;
    if (ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node)) {
      const touched = node.statements.filter((each) => each.end > from && each.getStart(source) < to);
      if (touched.length > 0) list = touched;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return list.filter((each) => each.end > from && each.getStart(source) < to);
}

/** A `break`, `continue` or `yield` whose target is not selected. */
function jumpOut(statements: readonly ts.Statement[]): ts.Node | undefined {
  const visit = (node: ts.Node, inLoop: boolean, inSwitch: boolean, labels: readonly string[]): ts.Node | undefined => {
    if (ts.isFunctionLike(node)) return undefined;
    if (ts.isBreakOrContinueStatement(node)) {
      if (node.label) return labels.includes(node.label.text) ? undefined : node;
      return inLoop || (inSwitch && ts.isBreakStatement(node)) ? undefined : node;
    }
    const more = ts.isLabeledStatement(node) ? [...labels, node.label.text] : labels;
    return ts.forEachChild(node, (child) =>
      visit(child, inLoop || ts.isIterationStatement(node, false), inSwitch || ts.isSwitchStatement(node), more),
    );
  };
  for (const each of statements) {
    const found = visit(each, false, false, []);
    if (found) return found;
  }
  return undefined;
}

function rangePieces(
  { file, source, outside }: Place,
  chosen: readonly ts.Statement[],
  around: ts.SignatureDeclaration,
  values: Readonly<Record<string, string>>,
): Piece[] {
  const [first] = chosen;
  const last = chosen[chosen.length - 1];
  if (first === undefined || last === undefined) return [];
  const from = first.getStart(source);
  const kind = kindAround(around, file.text.slice(from, last.end));
  const locals = chosen.flatMap((each) => localPieces(file, source, each, first, outside, values));
  const seen = new Set<string>();
  const once = locals.filter((each) => {
    const isNew = !seen.has(each.text);
    seen.add(each.text);
    return isNew;
  });
  const body: Piece = { text: file.text.slice(from, last.end), from };
  return [{ text: opening[kind] }, ...once, body, { text: `\n${closing[kind]}` }];
}

const opening = {
  sync: '(function selection() {\n',
  async: 'void (async function selection() {\n',
  generator: 'for (const $value of (function* selection() {\n',
  'async-generator': 'void (async () => { for await (const $value of (async function* selection() {\n',
};
const closing = { sync: '})();', async: '})();', generator: '})());', 'async-generator': '})()); })();' };

function kindAround(around: ts.SignatureDeclaration, text: string): keyof typeof opening {
  const isAsync =
    ts.canHaveModifiers(around) &&
    (ts.getModifiers(around) ?? []).some((each) => each.kind === ts.SyntaxKind.AsyncKeyword);
  const yields = 'asteriskToken' in around && around.asteriskToken !== undefined && /\byield\b/.test(text);
  if (yields) return isAsync ? 'async-generator' : 'generator';
  return isAsync ? 'async' : 'sync';
}

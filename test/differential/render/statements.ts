/** Why this file exists: random statements as text. What its place forbids is written as the nearest thing allowed. */
import { unreachable } from '../../../src/base/invariant';
import type { Block, Statement } from '../program';
import { renderAwait } from './awaits';
import { renderOperand, renderPromise, renderValue } from './expressions';
import { renderAsyncGenerator, renderDelegate, renderForAwait, renderGenerator } from './iteration';
import { pieceText } from './pieces/all';
import { openPiece } from './pieces/piece';
import { renderCancel, renderInterval, renderPhases, renderSchedule } from './scheduling';
import { renderShow } from './shapes';
import { count, fresh, indent, label, nested, pickFrom, use } from './writer';
import type { Scope, Writer } from './writer';

type Node<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** The statements of a block, without braces; what it declares goes into `scope`. */
export function renderBlock(writer: Writer, scope: Scope, block: Block): string {
  return block.map((statement) => renderStatement(writer, scope, statement)).join('\n');
}

function renderStatement(writer: Writer, scope: Scope, statement: Statement): string {
  count(writer, statement.kind);
  switch (statement.kind) {
    case 'log': return `log(${label(writer)}, ${renderValue(writer, scope, statement.with)});`;
    case 'declare': return renderDeclare(writer, scope, statement);
    case 'start': return renderStart(writer, scope, statement);
    case 'await': return renderAwaiting(writer, scope, statement);
    case 'try': return renderTry(writer, scope, statement);
    case 'if': return renderIf(writer, scope, statement);
    case 'loop': return renderLoop(writer, scope, statement);
    case 'for-await': return renderForAwait(writer, scope, statement);
    case 'schedule': return renderSchedule(writer, scope, statement);
    case 'interval': return renderInterval(writer, scope, statement);
    case 'cancel': return renderCancel(writer, scope, statement);
    case 'phases': return renderPhases(writer, statement);
    case 'generator': return renderGenerator(writer, scope, statement);
    case 'async-generator': return renderAsyncGenerator(writer, scope, statement);
    case 'yield': return renderYield(writer, scope, statement);
    case 'delegate': return renderDelegate(writer, scope, statement);
    case 'return': return renderReturn(writer, scope, statement);
    case 'throw': return renderThrow(writer, scope, statement);
    case 'jump': return scope.loops ? `${statement.how};` : `log(${label(writer)});`;
    case 'share': return renderShare(writer, scope, statement);
    case 'piece': return renderPiece(writer, scope, statement);
    case 'show': return guard(writer, renderShow(writer, statement.method, statement.shapes));
    case 'imported': return renderImported(writer, scope, statement);
    case 'exit': return statement.how === 'exit' ? `process.exit(${statement.code});` : `process.exitCode = ${statement.code};`;
    default: return unreachable(statement);
  }
}

/** Puts lines into `try`, printing what they throw. */
export function guard(writer: Writer, lines: string): string {
  const error = fresh(writer, 'e');
  return `try {\n${indent(lines)}\n} catch (${error}) {\n  log(${label(writer)}, ${error});\n}`;
}

/** `.then(…, …)` arguments that print what comes. */
export function printers(writer: Writer): string {
  return `.then((v: any) => log(${label(writer)}, v), (e: any) => log(${label(writer)}, e))`;
}

function renderDeclare(writer: Writer, scope: Scope, statement: Node<'declare'>): string {
  const text = renderValue(writer, scope, statement.with);
  const name = fresh(writer, 'v');
  scope.values.push(name);
  return `let ${name}: any = ${text};`;
}

function renderStart(writer: Writer, scope: Scope, statement: Node<'start'>): string {
  const text = renderPromise(writer, scope, statement.promise);
  count(writer, `start ${statement.care}`);
  const care = statement.care === 'none' ? '' : statement.care === 'catch' ? `.catch((e: any) => log(${label(writer)}, e))` : printers(writer);
  if (!statement.keep) return `${care === '' ? 'void ' : ''}${text}${care};`;
  const name = fresh(writer, 'p');
  scope.promises.push(name);
  return `const ${name}: Promise<any> = ${text};${care === '' ? '' : `\n${name}${care};`}`;
}

function renderAwaiting(writer: Writer, scope: Scope, statement: Node<'await'>): string {
  if (!scope.awaits) return `new Promise<any>((resolve) => resolve(${renderOperand(writer, scope, statement.with)}))${printers(writer)};`;
  const [x, y] = [renderOperand(writer, scope, statement.with), renderOperand(writer, scope, statement.other)];
  const { lines, declared } = renderAwait(writer, statement.form, x, y);
  if (statement.guarded) return guard(writer, lines);
  if (declared !== undefined) scope.values.push(declared);
  return statement.form === 'declare' ? lines : `{\n${indent(lines)}\n}`;
}

function renderTry(writer: Writer, scope: Scope, { body, handler, finalizer }: Node<'try'>): string {
  const error = fresh(writer, 'e');
  const caught = handler !== null || finalizer === null;
  const tried = renderBlock(writer, nested(scope, caught ? { throws: true } : {}), body);
  const parts = [`try {\n${indent(tried)}\n}`];
  if (caught) {
    const inner = nested(scope);
    inner.values.push(error);
    parts.push(`catch (${error}: any) {\n${indent(`log(${label(writer)}, ${error});\n${renderBlock(writer, inner, handler ?? [])}`.trimEnd())}\n}`);
  }
  if (finalizer !== null) {
    count(writer, 'finally block');
    parts.push(`finally {\n${indent(renderBlock(writer, nested(scope), finalizer))}\n}`);
  }
  return parts.join(' ');
}

function renderIf(writer: Writer, scope: Scope, statement: Node<'if'>): string {
  const condition = renderValue(writer, scope, statement.condition);
  const then = indent(renderBlock(writer, nested(scope), statement.then));
  return `if (${condition}) {\n${then}\n} else {\n${indent(renderBlock(writer, nested(scope), statement.otherwise))}\n}`;
}

function renderLoop(writer: Writer, scope: Scope, statement: Node<'loop'>): string {
  count(writer, `loop ${statement.form}`);
  const i = fresh(writer, 'i');
  const inner = nested(scope, { loops: true });
  inner.values.push(i);
  const body = indent(renderBlock(writer, inner, statement.body));
  const keys = Array.from({ length: statement.count }, (_, index) => index + 1);
  switch (statement.form) {
    case 'for': return `for (let ${i} = 0; ${i} < ${statement.count}; ${i}++) {\n${body}\n}`;
    case 'while': return `let ${i} = 0;\nwhile (${i}++ < ${statement.count}) {\n${body}\n}`;
    case 'do': return `let ${i} = 0;\ndo {\n${body}\n} while (++${i} < ${statement.count});`;
    case 'for-of': return `for (const ${i} of [${keys.join(', ')}]) {\n${body}\n}`;
    case 'for-in': return `for (const ${i} in { ${keys.map((key) => `k${key}: 1`).join(', ')} }) {\n${body}\n}`;
    case 'labelled': return labelled(i, statement.count, body);
    default: return unreachable(statement.form);
  }
}

/** The inner loop ends by itself, so that a `continue` in the body does. */
function labelled(i: string, count: number, body: string): string {
  const jumps = `    if (${i} === 0) continue outer${i};\n    break outer${i};`;
  const inner = `  for (const once of [1]) {\n${indent(body)}\n${jumps}\n  }`;
  return `outer${i}: for (let ${i} = 0; ${i} < ${count}; ${i}++) {\n${inner}\n}`;
}

function renderYield(writer: Writer, scope: Scope, statement: Node<'yield'>): string {
  if (scope.yields === 'no') return `log(${label(writer)});`;
  count(writer, `yield ${scope.yields}`);
  const text = renderOperand(writer, scope, statement.with);
  const name = fresh(writer, 'v');
  scope.values.push(name);
  return `const ${name}: any = yield ${text};\nlog(${label(writer)}, ${name});`;
}

function renderReturn(writer: Writer, scope: Scope, statement: Node<'return'>): string {
  if (scope.returns === 'no') return `log(${label(writer)});`;
  const text = renderOperand(writer, scope, statement.with);
  if (scope.returns === 'wrapped') return `return Promise.resolve(${text});`;
  return statement.await && scope.awaits ? `return await ${text};` : `return ${text};`;
}

/** Outside of a function whose promise would take it, only a thrown error is let through to the host. */
function renderThrow(writer: Writer, scope: Scope, statement: Node<'throw'>): string {
  const text = `throw ${renderValue(writer, scope, statement.with)};`;
  return scope.throws || statement.with.kind === 'error' ? text : guard(writer, text);
}

function renderShare(writer: Writer, scope: Scope, statement: Node<'share'>): string {
  const shared = use(writer, 'shared');
  if (!scope.awaits) return `${shared} += 1;`;
  return guard(writer, `${shared} += Number(await ${renderOperand(writer, scope, statement.with)}) || 1;\nlog(${label(writer)}, ${shared});`);
}

/** Guarded: what a piece awaits may reject, and some throw by design. */
function renderPiece(writer: Writer, scope: Scope, statement: Node<'piece'>): string {
  count(writer, `piece ${statement.form}`);
  return guard(writer, pieceText(statement.form, openPiece(writer, scope, statement)));
}

function renderImported(writer: Writer, scope: Scope, { pick }: Node<'imported'>): string {
  const read = pickFrom(scope.imports, pick);
  if (read === undefined) return `log(${label(writer)});`;
  count(writer, 'import read');
  return `${use(writer, 'attempt')}(${label(writer)}, () => ${read});`;
}

/** Why this file exists: generators, async generators, their requests, and loops over them, as text. */
import type { IterationSource, Statement } from '../program';
import { renderCall, renderOperand } from './expressions';
import { guard, printers, renderBlock } from './statements';
import { count, fresh, indent, label, nested, use } from './writer';
import type { Scope, Writer } from './writer';

type Node<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export function renderForAwait(writer: Writer, scope: Scope, statement: Node<'for-await'>): string {
  const source = renderSource(writer, scope, statement.source, scope.awaits);
  count(writer, `for await ${statement.source.kind}`);
  const name = fresh(writer, 'v');
  const inner = nested(scope, { loops: true });
  inner.values.push(name);
  const body = indent(`log(${label(writer)}, ${name});\n${renderBlock(writer, inner, statement.body)}`);
  const loop = `for ${scope.awaits ? 'await ' : ''}(const ${name} of ${source}) {\n${body}\n}`;
  return statement.guarded ? guard(writer, loop) : loop;
}

/** Without `async` only what a plain `for…of` takes. */
function renderSource(writer: Writer, scope: Scope, source: IterationSource, async: boolean): string {
  if (source.kind === 'array') return `[${source.items.map((item) => renderOperand(writer, scope, item)).join(', ')}]`;
  if (source.kind === 'iterator') return `${use(writer, 'iterate')}(${label(writer)}, ${source.count}, ${source.async && async})`;
  const call = source.kind === 'generator' || async ? renderCall(writer, scope, [source.kind], source.pick, '1') : undefined;
  return call ?? '[1, 2]';
}

export function renderDelegate(writer: Writer, scope: Scope, statement: Node<'delegate'>): string {
  if (scope.yields === 'no') return `log(${label(writer)});`;
  count(writer, `yield* ${scope.yields}`);
  return `log(${label(writer)}, yield* ${delegated(writer, scope, statement.source)} as any);`;
}

/**
 * In an async generator only what has a `throw` or is asynchronous: what becomes of throw() on a sync iterator without
 * one changed with ECMA-262 2025 (Node 20 answers the error itself, later versions a TypeError).
 */
function delegated(writer: Writer, scope: Scope, source: IterationSource): string {
  if (scope.yields !== 'async') return renderSource(writer, scope, source, false);
  if (source.kind === 'iterator') return renderSource(writer, scope, { ...source, async: true }, true);
  const call = renderCall(writer, scope, [source.kind, 'async-generator', 'generator'], 0, '1');
  return call ?? `${use(writer, 'iterate')}(${label(writer)}, 2, true)`;
}

export function renderGenerator(writer: Writer, scope: Scope, statement: Node<'generator'>): string {
  const call = renderCall(writer, scope, ['generator'], statement.pick, '1');
  if (call === undefined) return `log(${label(writer)});`;
  count(writer, `generator ${statement.use}`);
  if (statement.use === 'spread') return guard(writer, `log(${label(writer)}, ...${call});`);
  if (statement.use === 'destructure') {
    const [first, second] = [fresh(writer, 'v'), fresh(writer, 'v')];
    return guard(writer, `const [${first}, ${second}]: any = ${call};\nlog(${label(writer)}, ${first}, ${second});`);
  }
  if (statement.use === 'for-of') {
    const name = fresh(writer, 'v');
    return guard(writer, `for (const ${name} of ${call}) {\n  log(${label(writer)}, ${name});\n  if (${name} === 1) break;\n}`);
  }
  const name = fresh(writer, 'g');
  const requests = statement.requests.map((request) => {
    count(writer, `generator ${request.kind}`);
    return `${use(writer, 'attempt')}(${label(writer)}, () => ${name}.${request.kind}(${renderOperand(writer, scope, request.with)}));`;
  });
  return [`const ${name}: any = ${call};`, ...requests].join('\n');
}

export function renderAsyncGenerator(writer: Writer, scope: Scope, statement: Node<'async-generator'>): string {
  const call = renderCall(writer, scope, ['async-generator'], statement.pick, '1');
  if (call === undefined) return `log(${label(writer)});`;
  const name = fresh(writer, 'g');
  const requests = statement.requests.map((request) => {
    const text = `${name}.${request.kind}(${renderOperand(writer, scope, request.with)})`;
    const queued = statement.queued || !scope.awaits;
    count(writer, `async generator ${request.kind}${queued ? ' queued' : ''}`);
    return queued ? `${text}${printers(writer)};` : guard(writer, `log(${label(writer)}, await ${text});`);
  });
  return [`const ${name}: any = ${call};`, ...requests].join('\n');
}

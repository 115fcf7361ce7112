/** Why this file exists: random values, promises and thenables as text. */
import { unreachable } from '../../../src/base/invariant';
import type { Handler, Link, Operand, Promised, Settling, Value } from '../program';
import { renderBlock } from './statements';
import { count, delayOf, fresh, indent, label, nested, pickFrom, use } from './writer';
import type { Scope, Writer } from './writer';

export function renderValue(writer: Writer, scope: Scope, value: Value): string {
  switch (value.kind) {
    case 'number': return String(value.value);
    case 'string': return `'${value.value}'`;
    case 'undefined': return 'undefined';
    case 'error': return `new Error('${fresh(writer, 'E')}')`;
    case 'variable': return pickFrom(scope.values, value.pick) ?? String(value.pick);
    case 'shared': return use(writer, 'shared');
    default: return unreachable(value);
  }
}

/** A value, a promise or a thenable, as an expression that binds tighter than `await`. */
export function renderOperand(writer: Writer, scope: Scope, operand: Operand): string {
  return operand.kind === 'value' ? renderValue(writer, scope, operand.value) : renderPromised(writer, scope, operand.promise);
}

/** An expression with `then`, `catch` and `finally`, whatever the operand is. */
export function renderPromise(writer: Writer, scope: Scope, promised: Promised): string {
  const text = renderPromised(writer, scope, promised);
  if (promised.kind === 'thenable') return `Promise.resolve(${text})`;
  return promised.kind === 'exotic' ? `new Promise<any>((resolve) => resolve(${text}))` : text;
}

/** A call of a function in scope with one of these colours; undefined when there is none. */
export function renderCall(
  writer: Writer, scope: Scope, colors: readonly string[], pick: number, argument: string,
): string | undefined {
  const callable = pickFrom(scope.functions.filter((candidate) => colors.includes(candidate.color)), pick);
  if (callable !== undefined) count(writer, `call ${callable.color}`);
  return callable?.call(argument);
}

function renderPromised(writer: Writer, scope: Scope, promised: Promised): string {
  count(writer, promised.kind);
  switch (promised.kind) {
    case 'resolve': return `Promise.resolve(${renderOperand(writer, scope, promised.with)})`;
    case 'reject': return `Promise.reject(${renderValue(writer, scope, promised.with)})`;
    case 'sleep': return renderSleep(writer, scope, promised);
    case 'construct': return renderConstruct(writer, scope, promised.settlings);
    case 'thenable': return renderThenable(writer, scope, promised);
    case 'call': return renderNamedCall(writer, scope, promised);
    case 'immediately-called': return renderImmediatelyCalled(writer, scope, promised);
    case 'chain': return renderPromise(writer, scope, promised.head) + promised.links.map((link) => renderLink(writer, scope, link)).join('');
    case 'combine': return renderCombine(writer, scope, promised);
    case 'variable': return pickFrom(scope.promises, promised.pick) ?? `Promise.resolve(${promised.pick})`;
    case 'pending': return 'new Promise<any>(() => {})';
    case 'exotic': return renderExotic(writer, scope, promised);
    default: return unreachable(promised);
  }
}

function renderNamedCall(writer: Writer, scope: Scope, call: Extract<Promised, { kind: 'call' }>): string {
  const argument = renderOperand(writer, scope, call.argument);
  return renderCall(writer, scope, ['async', 'sync'], call.pick, argument) ?? `Promise.resolve(${argument})`;
}

function renderSleep(writer: Writer, scope: Scope, sleep: Extract<Promised, { kind: 'sleep' }>): string {
  const helper = use(writer, sleep.library ? 'delay' : 'sleep');
  count(writer, helper);
  return `${helper}(${delayOf(writer, sleep.delay)}, ${renderValue(writer, scope, sleep.with)})`;
}

function renderConstruct(writer: Writer, scope: Scope, settlings: readonly Settling[]): string {
  return `new Promise<any>((resolve, reject) => {\n${indent(renderSettlings(writer, scope, settlings))}\n})`;
}

function renderSettlings(writer: Writer, scope: Scope, settlings: readonly Settling[]): string {
  if (settlings.length > 1) count(writer, 'settled twice');
  return settlings.map((settling) => renderSettling(writer, scope, settling)).join('\n');
}

function renderSettling(writer: Writer, scope: Scope, { how, when, with: operand }: Settling): string {
  count(writer, `settle ${how} ${when}`);
  const value = renderOperand(writer, scope, operand);
  if (when === 'now') return how === 'throw' ? `throw ${value};` : `${how}(${value});`;
  const settle = how === 'resolve' ? 'resolve' : 'reject';
  if (when === 'tick' && operand.kind === 'value') return `process.nextTick(${settle}, ${value});`;
  if (when === 'tick') return `process.nextTick(() => ${settle}(${value}));`;
  if (when === 'microtask') return `queueMicrotask(() => ${settle}(${value}));`;
  if (when === 'job') return `Promise.resolve().then(() => ${settle}(${value}));`;
  if (when === 'immediate' && writer.palette.immediates) return `setImmediate(() => ${settle}(${value}));`;
  const delay = delayOf(writer, 0);
  return operand.kind === 'value' ? `setTimeout(${settle}, ${delay}, ${value});` : `setTimeout(() => ${settle}(${value}), ${delay});`;
}

function renderThenable(writer: Writer, scope: Scope, { shape, settlings }: Extract<Promised, { kind: 'thenable' }>): string {
  count(writer, `thenable ${shape}`);
  const entered = label(writer);
  if (shape === 'throwing-getter') return `({ get then(): any { log(${entered}); throw 'no then'; } } as any)`;
  const body = indent(`log(${entered});\n${renderSettlings(writer, scope, settlings)}`);
  const then = `(resolve: any, reject: any) {\n${body}\n}`;
  if (shape === 'getter') return `({ get then() { log(${label(writer)}); return function ${then}; } } as any)`;
  if (shape === 'class') return `(new (class { then${then} })() as any)`;
  if (shape === 'function') return `(Object.assign(() => 1, { then${then} }) as any)`;
  return `({ then${then} } as any)`;
}

function renderImmediatelyCalled(writer: Writer, scope: Scope, called: Extract<Promised, { kind: 'immediately-called' }>): string {
  const inner = nested(scope, { awaits: true, yields: 'no', returns: 'any', loops: false, throws: true });
  const body = indent(`${renderBlock(writer, inner, called.body)}\nreturn ${renderOperand(writer, inner, called.result)};`);
  return called.arrow ? `(async () => {\n${body}\n})()` : `(async function () {\n${body}\n})()`;
}

function renderCombine(writer: Writer, scope: Scope, { method, items, from }: Extract<Promised, { kind: 'combine' }>): string {
  count(writer, `Promise.${method}`);
  const list = items.map((item) => renderOperand(writer, scope, item));
  if (from === 'set') return `Promise.${method}(new Set<any>([${list.join(', ')}]))`;
  if (from === 'generator') return `Promise.${method}((function* (): any {\n${indent(list.map((item) => `yield ${item};`).join('\n'))}\n})())`;
  return `Promise.${method}<any>([${list.join(', ')}])`;
}

function renderExotic(writer: Writer, scope: Scope, exotic: Extract<Promised, { kind: 'exotic' }>): string {
  count(writer, `exotic ${exotic.shape}`);
  const value = renderValue(writer, scope, exotic.with);
  const entered = label(writer);
  switch (exotic.shape) {
    case 'subclass': return `new ${use(writer, 'Subclass')}((resolve: any) => resolve(${value}))`;
    case 'subclass-resolve': return `${use(writer, 'Subclass')}.resolve(${value}).then((v: any) => v)`;
    case 'own-then': return `Object.assign(Promise.resolve(0), { then(resolve: any) { log(${entered}); resolve(${value}); } } as any)`;
    case 'self-resolved': return '(() => { let resolve: any; const self = new Promise<any>((r) => { resolve = r; }); resolve(self); return self; })()';
    case 'constructor-changed': return `Object.assign(Promise.resolve(${value}), { constructor: Object })`;
    default: return unreachable(exotic.shape);
  }
}

function renderLink(writer: Writer, scope: Scope, link: Link): string {
  count(writer, `.${link.kind}`);
  switch (link.kind) {
    case 'then': return `.then(${renderHandler(writer, scope, link.handler, true)})`;
    case 'then-both': return `.then(${renderHandler(writer, scope, link.handler, true)}, ${renderHandler(writer, scope, link.rejected, true)})`;
    case 'catch': return `.catch(${renderHandler(writer, scope, link.handler, true)})`;
    case 'finally': return `.finally(${renderHandler(writer, scope, link.handler, false)})`;
    default: return unreachable(link);
  }
}

function renderHandler(writer: Writer, scope: Scope, handler: Handler, takesValue: boolean): string {
  count(writer, `handler ${handler.kind}`);
  if (handler.kind === 'not-a-function') return takesValue ? 'null' : 'undefined';
  const value = fresh(writer, 'v');
  const isAsync = handler.kind === 'block' && handler.async;
  const inner = nested(scope, { awaits: isAsync, yields: 'no', returns: 'any', loops: false, throws: true });
  if (takesValue) inner.values.push(value);
  const lines = [`log(${label(writer)}${takesValue ? `, ${value}` : ''});`, ...renderHandlerBody(writer, inner, handler, value, takesValue)];
  const parameters = takesValue ? `(${value}: any)` : '()';
  return `${isAsync ? 'async ' : ''}${parameters} => {\n${indent(lines.join('\n'))}\n}`;
}

function renderHandlerBody(
  writer: Writer, inner: Scope, handler: Exclude<Handler, { kind: 'not-a-function' }>, value: string, takesValue: boolean,
): string[] {
  switch (handler.kind) {
    case 'pass-on': return takesValue ? [`return ${value};`] : [];
    case 'return': return [`return ${renderOperand(writer, inner, handler.with)};`];
    case 'throw': return [`throw ${renderValue(writer, inner, handler.with)};`];
    case 'block': return [renderBlock(writer, inner, handler.body), `return ${renderOperand(writer, inner, handler.with)};`];
    default: return unreachable(handler);
  }
}

/** Why this file exists: a random value as an expression, and the statement that shows it. */
import { unreachable } from '../../../src/base/invariant';
import type { Entry, Shape, ShowMethod } from '../shapes';
import { count, fresh, label, use } from './writer';
import type { Writer } from './writer';

export function renderShape(writer: Writer, shape: Shape): string {
  count(writer, `shape ${shape.kind}`);
  switch (shape.kind) {
    case 'literal': return `(${shape.text})`;
    case 'string': return JSON.stringify(shape.value);
    case 'list': return renderList(writer, shape);
    case 'object': return renderObject(writer, shape);
    case 'map':
    case 'set': return renderCollection(writer, shape);
    case 'promise': return renderPromise(writer, shape);
    case 'error': return renderError(writer, shape);
    case 'circle': return `${use(writer, 'circle')}(${renderShape(writer, shape.of)})`;
    case 'proxy': return `${use(writer, 'proxied')}(${renderShape(writer, shape.of)})`;
    case 'custom': return `{ [Symbol.for('nodejs.util.inspect.custom')]: (depth: any) => [${renderShape(writer, shape.of)}, depth] }`;
    default: return unreachable(shape);
  }
}

function renderAll(writer: Writer, items: readonly Shape[]): string {
  return items.map((item) => renderShape(writer, item)).join(', ');
}

type Of<K extends Shape['kind']> = Extract<Shape, { kind: K }>;

function renderList(writer: Writer, { items, repeat, extra, holes }: Of<'list'>): string {
  const inside = renderAll(writer, items);
  const list = repeat === 1 ? `[${inside}${holes ? ', , 1, , ' : ''}]` : `Array.from({ length: ${repeat} }, () => [${inside}]).flat()`;
  return extra ? `Object.assign(${list}, { extra: 1 })` : list;
}

function renderObject(writer: Writer, { entries, made }: Of<'object'>): string {
  const body = `{ ${entries.map((entry) => renderEntry(writer, entry)).join(', ')} }`;
  const hidden = entries.filter(({ how }) => how === 'hidden').map(({ key }) => JSON.stringify(key));
  const object = hidden.length === 0 ? body : `${use(writer, 'hide')}(${body}, [${hidden.join(', ')}])`;
  switch (made) {
    case 'plain': return object;
    case 'frozen': return `Object.freeze(${object})`;
    case 'null': return `Object.setPrototypeOf(${object}, null)`;
    case 'class': return `Object.setPrototypeOf(${object}, class Made {}.prototype)`;
    case 'tagged': return `Object.assign(${object}, { [Symbol.toStringTag]: 'Tag' })`;
    default: return unreachable(made);
  }
}

function renderEntry(writer: Writer, { key, how, value }: Entry): string {
  const name = JSON.stringify(key);
  switch (how) {
    case 'value':
    case 'hidden': return `${name}: ${renderShape(writer, value)}`;
    case 'getter': return `get ${name}() { log(${label(writer)}); return 1; }`;
    case 'setter': return `set ${name}(v: any) { log(${label(writer)}, v); }`;
    case 'both': return `get ${name}() { log(${label(writer)}); return 1; }, set ${name}(v: any) { log(${label(writer)}, v); }`;
    case 'symbol': return `[Symbol(${name})]: ${renderShape(writer, value)}`;
    default: return unreachable(how);
  }
}

function renderCollection(writer: Writer, { kind, items, view }: Of<'map' | 'set'>): string {
  const list = items.map((item) => renderShape(writer, item));
  const made = kind === 'set' ? `new Set<any>([${list.join(', ')}])` : `new Map<any, any>([${list.map((item, index) => `[${index % 2 === 0 ? index : item}, ${item}]`).join(', ')}])`;
  return view === 'whole' ? made : `${made}.${view}()`;
}

function renderPromise(writer: Writer, { state, with: inside }: Of<'promise'>): string {
  const value = renderShape(writer, inside);
  if (state === 'pending') return 'new Promise<any>(() => {})';
  return state === 'fulfilled' ? `Promise.resolve(${value})` : `${use(writer, 'rejected')}(${value})`;
}

/** The stack is a fixed one: frames of real Node name files that the simulation has never seen. */
function renderError(writer: Writer, { made, with: inside }: Of<'error'>): string {
  const message = fresh(writer, 'E');
  const value = renderShape(writer, inside);
  const still = use(writer, 'still');
  switch (made) {
    case 'plain': return `${still}(new Error('${message}'))`;
    case 'cause': return `${still}(new TypeError('${message}', { cause: ${value} }))`;
    case 'named': return `${still}(Object.assign(new Error('${message}'), { name: 'Named' }))`;
    case 'class': return `${still}(new (class Broken extends RangeError {})('${message}'))`;
    case 'aggregate': return `${still}(new AggregateError([${value}], '${message}'))`;
    case 'extra': return `${still}(Object.assign(new Error('${message}'), { code: 'E_CODE', info: ${value} }))`;
    default: return unreachable(made);
  }
}

/** One statement that prints the values. */
export function renderShow(writer: Writer, method: ShowMethod, shapes: readonly [Shape, Shape]): string {
  count(writer, `show ${method}`);
  const [one, two] = shapes.map((shape) => renderShape(writer, shape)) as [string, string]; // `map` forgets the length
  switch (method) {
    case 'log': case 'error': case 'warn': case 'info': case 'debug': return `console.${method}(${one});`;
    case 'two': return `console.log(${label(writer)}, ${one}, ${two});`;
    case 'dir': return `console.dir(${one}, { depth: 0 });`;
    case 'table': return `console.table([${one}, ${two}]);`;
    case 'group': return `console.group(${label(writer)}, ${one});\nconsole.log(${two});\nconsole.groupEnd();`;
    case 'assert': return `console.assert(${one}, ${two});`;
    case 'format': return `console.log('%s %d %i %f %j %o %O %c %% %x', ${use(writer, 'untold')}(${one}), ${two}, 42.5, '1.5px', [1], [${two}]);`;
    case 'string': return `console.log('%s|%s', ${use(writer, 'untold')}(${one}), untold(${two}));`;
    case 'number': return `console.log('%d|%i|%f', ${one}, ${two}, ${one});`;
    case 'json': return `console.log('%j', { a: 1, b: [${JSON.stringify(label(writer))}] });`;
    case 'object': return `console.log('%o %O', ${one}, ${two});`;
    case 'depth': return `console.dir({ a: { b: { c: { d: ${one} } } } }, { depth: null });\nconsole.log({ a: { b: { c: ${two} } } });`;
    case 'inspect': return `console.log(${use(writer, 'inspect')}(${one}, { showHidden: true, sorted: true, compact: false, breakLength: 40 }));`;
    case 'count': return "console.count();\nconsole.count('named');\nconsole.countReset();\nconsole.count();";
    default: return unreachable(method);
  }
}

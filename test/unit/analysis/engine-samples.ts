/** Why this file exists: texts with the kinds of types and declarations that two checkers could judge differently. */
export const samples: Readonly<Record<string, string>> = {
  'promises.ts': `
// ünï 😀: places are counted in UTF-16 units
class Later<T> extends Promise<T> {}
interface Thenable { then(done: (value: number) => void): void }
interface NotThenable { then: number }
declare const mixed: Promise<number> | string | undefined;
declare const either: Promise<number> | undefined;
declare const both: Promise<number> & { cancel(): void };
declare const thenable: Thenable;
declare const not: NotThenable;
declare const untyped: any;
declare const unknowable: unknown;
declare const list: readonly Promise<'😀'>[];
declare const pair: [number, Promise<string>];
declare const lists: Promise<number>[] | number[];
declare const like: PromiseLike<number>;
declare const anything: Function;
export async function f<T, P extends Promise<T>, U extends { then?: () => void }>(value: T, promise: P, maybe: U) {
  value; promise; maybe; mixed; either; both; thenable; not; untyped; unknowable; list; pair; lists; like; anything;
  new Later<number>((resolve) => resolve(1));
  promise.then((each) => each).catch(() => undefined).finally(() => undefined);
  Promise.all(list); Promise.resolve(value); import('./other');
  await both; await list[0]; await mixed; await value;
  for await (const each of pair) each;
  return promise;
}
export const inferred = () => fetchIt(1);
function fetchIt(id: number): Promise<number>;
function fetchIt(id: string): string;
function fetchIt(id: number | string) { return typeof id === 'number' ? Promise.resolve(id) : id; }
export function isText(value: unknown): value is string { return typeof value === 'string'; }
export function assertText(value: unknown): asserts value is string { if (typeof value !== 'string') throw new Error(); }
export function* generate(): Generator<Promise<number>> { yield fetchIt(1); }
export const later: { [K in 'a' | 'b']: Promise<K> } = { a: Promise.resolve('a'), b: Promise.resolve('b') };
later.a; later['b']; ({ ...later }).a;
enum Level { low, high }
Level.high; Symbol.iterator; 1n; \`\${Level.low}\`; void 0; null; never();
function never(): never { throw new Error(); }
`,
  'results.ts': `
function two(x: string): Promise<string>;
function two(x: number): Promise<number>;
function two(x: unknown): Promise<unknown> { return Promise.resolve(x); }
function mixed(x: string): string;
function mixed(x: number): Promise<number>;
function mixed(x: unknown): any { return x; }
function same<T>(x: T): T { return x; }
function listOf<T>(...x: T[]): T[] { return x; }
function later<T>(x: T): Promise<T> { return Promise.resolve(x); }
function either<T>(x: T): T | Promise<T> { return x; }
function mapped<T>(x: T): { [K in keyof T]: T[K] } { return x; }
function picked<T>(x: T): T extends string ? Promise<T> : T { return x as never; }
function wrap<A extends (...given: never[]) => unknown>(action: A): A { return action; }
function make() { return (x: { a: number }) => later(x); }
function choose(x: { ok: boolean }) { return x.ok ? undefined : { then: (done: () => void) => { done(); } }; }
class Chain { on(name: string, listener: () => void): this { listener(); return this; } grow<T>(x: T) { return [x, later(x)]; } run() { return this.on('x', () => {}).grow({}); } }
class Thenable extends Chain { then(done: () => void): void { done(); } }
declare const table: { readonly call?: (x: object) => Promise<void>; readonly sure: (x: object) => void };
async function use(p: Promise<string>) {
  two('x'); two(Number('1')); mixed(String(1)); mixed(Number('1')); same({}); same(p); same(later({})); listOf(p, later({})); listOf({ a: 1 });
  either({}); mapped([p, later({})]); mapped({ a: 1 }); picked(String({})); picked({}); wrap(later)({}); wrap(two)(String({})); make()({ a: 1 });
  choose({ ok: true }); new Chain().on('x', () => {}); new Thenable().on('x', () => {}); new Chain().grow({ a: 1 }); new Chain().run();
  table.call?.({}); table.sure({}); if (table.call) table.call({}); [p].map((x) => ({ x })); [1].map((x) => later({ x })); Object.entries({ p });
  Promise.all([p, later({})]); Object.assign({}, { then() {} }); JSON.parse(String({})); await wrap(later)({}); (() => later({}))(); (() => 1)();
}`,
  'written.ts': `
import type { Promise as Other } from './other';
interface Store<T> { load(): Promise<T>; size(): number; drop?(): Promise<void>; get(): T; twice(): string; twice(key: string): Promise<string> }
type Remote<T> = { [K in keyof T]: T[K] extends (...given: infer A) => infer R ? (...given: A) => Promise<R> : T[K] };
type Local<T> = { [K in keyof T]: T[K] extends () => Promise<infer R> ? () => R : T[K] };
declare const store: Store<number>;
declare const remote: Remote<Store<string>>;
declare const local: Local<Store<string>>;
declare const maybe: Store<string> | undefined;
declare const either: Store<string> | { load(): number };
class Kept implements Store<Promise<string>> {
  async load() { return ''; }
  size(): number { return this.count(); }
  get(): Promise<string> { return this.load(); }
  twice(key?: string): any { return key; }
  private count(): number { return 1; }
  self(): this { return this; }
}
namespace made { export async function inner<T>(value: T): Promise<T> { return value; } export const Promise = 1; }
function made(): void {}
const arrow = (): Promise<void> => made.inner(undefined);
let changed = (): Promise<void> => arrow();
const typed: () => unknown = (): Promise<void> => arrow();
function guard(value: unknown): value is string { return !value; }
function check(value: unknown): asserts value { if (!value) throw new Error(); }
function shadowed<Promise>(value: Promise): Promise { return value; }
function* steps(): Generator<number> { yield 1; }
export function takes(each: () => void, all: (() => void)[]) {
  made(); made.inner(1); arrow(); changed(); typed(); guard(1); check(1); shadowed(1); steps(); maybe?.load(); maybe?.size();
  store.load(); store.size(); store.drop?.(); store.get(); store.twice(); store.twice('a'); remote.size(); remote.load();
  local.load(); either.load(); new Kept().get(); new Kept().self(); (store.load)(); (store).size();
  all.push(() => store.load(), () => store.size(), () => made(), store.load, async () => arrow());
  const put = { each: () => arrow(), other: guard(1), done() { return store.size(); } };
  each = () => arrow();
  return store.load();
}
`,
  'accessors.ts': `
const key = 'computed';
class Base { get plain() { return 1; } set /* a */ written(value: number) {} get 'quoted name'() { return 2; } get [key]() { return 3; } static get own() { return 4; } }
const object = { get inObject() { return new Base(); }, plain: 5 };
export function reads(base: Base) {
  base.plain; base.written = 1; base['quoted name']; base.computed; base['computed']; Base.own; object.inObject.plain; object.plain;
  const { plain, computed: renamed, ...rest } = base;
  return [plain, renamed, rest];
}
`,
  'targets.ts': `
import { readFileSync as read, promises } from 'node:fs';
import * as fs from 'fs';
import cp, { execSync } from 'child_process';
import { config as readConfig } from './missing';
const { writeFileSync } = fs;
const alias = read;
const table = { run: alias, fs, inline() { return 1; }, get lazy() { return read('x'); } };
class Base { constructor() { read('x'); } get size() { return 1; } set size(value) { read(String(value)); } static make() { return new this(); } }
class Derived extends Base { private readonly go = () => read('x'); #own() { return this.go(); } run() { super.size; this.#own(); } }
class Written extends Base { constructor() { super(); } }
namespace Inner { export function work() { return read('x'); } }
export default function main() {
  alias('x'); fs.readFileSync('x'); promises.readFile('x'); cp.execSync('x'); execSync('x'); writeFileSync('x', '');
  table.run('x'); table.inline(); table.lazy; table.fs.statSync('x'); table['run']('x');
  new Derived().run(); new Written(); Base.make(); Inner.work(); new (class extends Base {})();
  const it = new Base(); it.size = 1; it.size; readConfig();
  make()(); (function () { return 1; })(); (() => read('x'))();
  setTimeout(main, 1); process.nextTick(main); [1, 2].map(String); Array.from([1]).forEach(step); structuredClone(it);
  const { size, ...rest } = it; const { inline } = table; inline(); rest;
  tagged\`text\`; JSON.parse('1'); console.log(1); Buffer.from('x').toString(); new Map([[1, 2]]).forEach(step);
  (Math.random() > 0.5 ? [1] : ['x']).some(step); new TextEncoder().encode('x'); new Worker('x'); queueMicrotask(main);
}
function make() { return function made() { return 1; }; }
function step() { return true; }
function tagged(parts: TemplateStringsArray) { return parts.join(''); }
`,
  'script.js': `
const fs = require('fs');
const { execSync: run } = require('node:child_process');
/** @type {(path: string) => Promise<string>} */
const load = (path) => Promise.resolve(fs.readFileSync(path, 'utf8'));
/** @returns {Promise<void>} */
function save() { run('x'); return load('x').then(() => undefined); }
function Old() { this.value = load('x'); }
Old.prototype.get = function () { return this.value; };
new Old().get();
class Own { constructor() { this.value = load('x'); } get() { return this.value; } }
exports.save = save;
module.exports.load = load;
async function main() { save(); await load('x'); new Own().get(); untyped.thing(); for (const each of [save]) each(); }
main();
`,
  'view.tsx': `
export function View({ load, children }: { load: () => Promise<void>; children?: unknown }) {
  return <button onClick={() => { load(); }} title={String(children)}>{load.name}<View load={load} /></button>;
}
`,
  'broken.ts': `
async function save() { return 1 }
export async function f( { save(); const x = ; save().then(; await
class { m() { save() }
`,
  'tuples.ts': `
export function f(options: [number?, string?] = [], rest: [] = []) { g([]); return [options, rest, [] as []]; }
function g(value: [a?: Promise<string>]) { return value; }
`,
};

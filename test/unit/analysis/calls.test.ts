/** Why this file exists: through which calls, reads and iterations blocking is seen, and where it is not there. */
import assert from 'node:assert/strict';
import type { BlockingEffect } from '../../../src/analysis/flow-model/flow-model';
import { fileOf, projectOf } from './samples';

const head = "import { readFileSync } from 'node:fs';\nfunction block(): string { return readFileSync('x', 'utf8'); }\n";

/** The costliest effect of the function `f` of the last text. */
function effectOf(...texts: readonly string[]): BlockingEffect | undefined {
  const names = texts.map((_, index) => `calls-${String(index)}.ts`);
  const project = projectOf(Object.fromEntries(names.map((name, index) => [name, `${head}${texts[index] ?? ''}`])));
  try {
    for (const name of names) project.prepare(fileOf(name));
    const { model } = project.analyse(fileOf(names.at(-1) ?? ''));
    const found = model.functions.find((fn) => fn.name === 'f');
    assert.ok(found !== undefined, 'there is no f');
    return found.effects[0];
  } finally {
    project.dispose();
  }
}

/** The callees from `f` to what blocks; empty where nothing does. */
function chain(...texts: readonly string[]): string {
  return (effectOf(...texts)?.chain ?? []).map((link) => link.callee).join(' ');
}

describe('blocking is followed through', () => {
  it('what implements an interface, in another file', () => {
    const store = 'export interface Store { load(): string }\n';
    const disk = "import type { Store } from './calls-0';\nexport class Disk implements Store { load() { return block(); } }\n";
    const use = "import type { Store } from './calls-0';\nexport function f(store: Store) { return store.load(); }\n";
    assert.equal(chain(store, disk, use), 'store.load block readFileSync');
  });

  it('one of several implementations, and says that it is not certain', () => {
    const text = (other: string): string =>
      'interface Store { load(): string }\nclass Disk implements Store { load() { return block(); } }\n' +
      `class Other implements Store { load() { return ${other}; } }\nexport function f(store: Store) { return store.load(); }\n` +
      'export const all = [new Disk(), new Other()];\n';
    assert.equal(effectOf(text("''"))?.certain, false);
    assert.equal(effectOf(text('block()'))?.certain, true);
  });

  it('an override, an abstract method, and what a subclass inherits', () => {
    const base = 'abstract class Base { abstract load(): string; run() { return this.load(); } }\n';
    assert.equal(
      chain(`${base}export class Disk extends Base { load() { return block(); } }\nexport function f(b: Base) { b.run(); }`),
      'b.run this.load block readFileSync',
    );
    const plain = 'class Base { load() { return 1; } }\nclass Disk extends Base { override load() { block(); return 2; } }\n';
    assert.equal(chain(`${plain}export function f(b: Base) { b.load(); }\nexport const d = new Disk();`), 'b.load block readFileSync');
    const inherited =
      'interface Store { load(): string }\nclass Base { load() { return block(); } }\nexport class Disk extends Base implements Store {}\n';
    assert.equal(chain(`${inherited}export function f(s: Store) { s.load(); }`), 's.load block readFileSync');
  });

  it('an object that is written as an interface', () => {
    const text = 'interface Store { load(): string }\nexport const disk: Store = { load: () => block() };\n';
    assert.equal(chain(`${text}export function f(store: Store) { store.load(); }`), 'store.load block readFileSync');
  });

  it('`super`, which nobody overrides', () => {
    const text =
      'class Base { load() { return 1; } }\nexport class Disk extends Base { override load() { block(); return super.load(); } f() {} }\n' +
      'export class Other extends Base { g = () => super.load(); }\nexport const f = () => new Other().g();\n';
    assert.equal(chain(text), '');
  });

  it('getters, setters and destructuring', () => {
    const box = 'class Box { get size() { block(); return 1; } set size(_: number) {} plain = 1 }\n';
    assert.equal(chain(`${box}export function f(b: Box) { return b.size; }`), 'b.size block readFileSync');
    assert.equal(chain(`${box}export function f(b: Box) { const { size } = b; return size; }`), 'size block readFileSync');
    assert.equal(chain(`${box}export function f(b: Box) { const { size: s } = b; return s; }`), 'size block readFileSync');
    assert.equal(chain(`${box}export function f(b: Box) { const { plain } = b; return plain; }`), '');
    assert.equal(chain(`${box}export function f(b: Box) { b.size = 2; }`), '');
    assert.equal(chain(`${box}export function f(b: Box) { b.size += 2; }`), 'b.size block readFileSync');
  });

  it('constructors, fields, static blocks and default parameters', () => {
    assert.equal(chain('class Box { text = block(); }\nexport function f() { return new Box(); }'), 'new Box block readFileSync');
    assert.equal(
      chain('class Base { constructor() { block(); } }\nclass Box extends Base {}\nexport function f() { return new Box(); }'),
      'new Box Base block readFileSync',
    );
    assert.equal(chain('export function f() { class Box { static { block(); } } return Box; }'), 'block readFileSync');
    assert.equal(chain('function g(text = block()) { return text; }\nexport function f() { g(); }'), 'g block readFileSync');
  });

  it('tagged templates, decorators, optional calls, aliases, bound and applied functions', () => {
    assert.equal(chain('const tag = (_: TemplateStringsArray) => block();\nexport function f() { return tag`x`; }'), 'tag block readFileSync');
    assert.equal(chain('const o = { block };\nexport function f() { return o?.block?.(); }'), 'o.block readFileSync');
    assert.equal(chain('const alias = block;\nconst again = alias;\nexport function f() { again(); }'), 'again readFileSync');
    assert.equal(chain('const b = block.bind(undefined);\nexport function f() { b(); }'), 'b readFileSync');
    assert.equal(chain('export function f() { block.call(undefined); }'), 'block.call readFileSync');
    assert.equal(
      chain('function d(..._: unknown[]) { block(); }\nexport function f() { return class { @d m() {} }; }'),
      'd block readFileSync',
    );
  });

  it('re-exports', () => {
    const texts = ['export function load() { return block(); }\n', "export { load as read } from './calls-0';\n"];
    assert.equal(chain(...texts, "import { read } from './calls-1';\nexport function f() { read(); }\n"), 'read block readFileSync');
  });

  it('overloads and recursion', () => {
    assert.equal(
      chain('function g(x: string): void;\nfunction g(x: number): void;\nfunction g(_: unknown) { block(); }\nexport function f() { g(1); }'),
      'g block readFileSync',
    );
    assert.equal(
      chain('function a(n: number) { if (n > 0) b(n - 1); }\nfunction b(n: number) { a(n); block(); }\nexport function f() { a(2); }'),
      'a b block readFileSync',
    );
  });

  it('iterating: generators of ours, classes with an iterator, spreads, `yield*`', () => {
    const lines = 'function* lines() { yield block(); }\n';
    assert.equal(chain(`${lines}export function f() { for (const x of lines()) void x; }`), 'lines block readFileSync');
    assert.equal(chain(`${lines}export function f() { return [...lines()]; }`), 'lines block readFileSync');
    assert.equal(chain(`${lines}export function f() { const [a] = lines(); return a; }`), 'lines block readFileSync');
    assert.equal(chain(`${lines}export function f() { return lines(); }`), '');
    assert.equal(
      chain(`${lines}function* more() { yield* lines(); }\nexport function f() { for (const x of more()) void x; }`),
      'more lines block readFileSync',
    );
    const box = 'class Box { *[Symbol.iterator]() { yield block(); } }\n';
    assert.equal(chain(`${box}export function f(box: Box) { for (const x of box) void x; }`), 'box block readFileSync');
    const own = 'class Own { [Symbol.iterator]() { return this; } next() { block(); return { done: true, value: 1 }; } }\n';
    assert.equal(chain(`${own}export function f(own: Own) { return [...own]; }`), 'own block readFileSync');
  });
});

describe('a callback that is handed over', () => {
  const now = 'export function now(done: () => void) { done(); }\n';
  const later = 'export function later(done: () => void) { setTimeout(done, 1); }\n';

  it('runs now where the function calls it, also in another file', () => {
    assert.equal(chain(`${now}export function f() { now(block); }`), 'block readFileSync');
    assert.equal(chain(now, "import { now } from './calls-0';\nexport function f() { now(() => { block(); }); }"), 'now block readFileSync');
    assert.equal(chain(now, "import { now } from './calls-0';\nexport function f() { now(block); }"), 'block readFileSync');
  });

  it('runs later where the function gives it to a timer', () => {
    assert.equal(chain(`${later}export function f() { later(block); }`), '');
    assert.equal(chain(later, "import { later } from './calls-0';\nexport function f() { later(() => { block(); }); }"), '');
  });

  it('goes from hand to hand', () => {
    const hands = `${now}export function hand(done: () => void) { now(done); }\nexport function again(done: () => void) { hand(done); }\n`;
    assert.equal(chain(hands, "import { again } from './calls-0';\nexport function f() { again(() => { block(); }); }"), 'again block readFileSync');
    const each = 'export function each(list: number[], done: (n: number) => void) { list.forEach((n) => { done(n); }); }\n';
    assert.equal(chain(each, "import { each } from './calls-0';\nexport function f() { each([1], () => { block(); }); }"), 'each block readFileSync');
  });

  it('is not called by what only keeps it', () => {
    const kept = 'const kept: (() => void)[] = [];\nexport function keep(done: () => void) { kept.push(done); }\n';
    assert.equal(chain(kept, "import { keep } from './calls-0';\nexport function f() { keep(() => { block(); }); }"), '');
  });

  it('runs later after an await', () => {
    const text = 'export async function wait(done: () => void) { await Promise.resolve(); done(); }\n';
    assert.equal(chain(text, "import { wait } from './calls-0';\nexport function f() { void wait(() => { block(); }); }"), '');
  });
});

/** Why this file exists: what a hover says must be true of the await it stands on. */
import assert from 'node:assert/strict';
import type { AwaitFacts } from '../../../src/analysis/explain/explanation';
import { explained } from './explained';

function awaitAt(marked: string): AwaitFacts {
  const { facts } = explained(marked);
  assert.equal(facts.kind, 'await');
  return facts;
}

const imports =
  "import { setTimeout as sleep } from 'node:timers/promises';\nimport { readFile } from 'node:fs/promises';\nexport {};\n";

describe('explanation of an await', () => {
  it('says what is behind it', () => {
    function what(expression: string): string {
      return awaitAt(`${imports}async function other() { return 1; }\nasync function f() { |await ${expression}; }`)
        .what;
    }
    assert.equal(what('sleep(10)'), 'timer');
    assert.equal(what('new Promise((done) => setTimeout(done, 1))'), 'timer');
    assert.equal(what("readFile('x')"), 'pool');
    assert.equal(what("fetch('http://x')"), 'network');
    assert.equal(what('other()'), 'async-function');
    assert.equal(what('Promise.all([other()])'), 'collection');
    assert.equal(what('42'), 'value');
    assert.equal(what('(null as any)'), 'unknown');
  });

  it('takes the iteration of an async generator for what it is', () => {
    const text = `${imports}async function* g() { yield 1; }\nasync function f() { for |await (const x of g()) x; }`;
    assert.equal(awaitAt(text).what, 'async-function');
  });

  it('counts the microtask turns it takes at least', () => {
    function turns(declaration: string, expression: string): number {
      return awaitAt(`${imports}${declaration}\nasync function f() { |await ${expression}; }`).microtaskTurns;
    }
    assert.equal(turns('async function g() { return 1; }', 'g()'), 1);
    assert.equal(turns('async function h() { return 1; }\nasync function g() { return h(); }', 'g()'), 3);
    assert.equal(turns('declare const t: { then(done: (x: number) => void): void };', 't'), 2);
  });

  it('says where a rejection goes', () => {
    function place(body: string): string {
      return awaitAt(`${imports}async function f() { ${body} }`).rejection.kind;
    }
    assert.equal(place('try { |await sleep(1); } catch {}'), 'catch');
    assert.equal(place('try {} catch { |await sleep(1); }'), 'caller');
    assert.equal(place('try { |await sleep(1); } finally {}'), 'caller');
    assert.equal(awaitAt(`${imports}|await sleep(1);`).rejection.kind, 'process');
  });

  it('names what others may change meanwhile', () => {
    const text = `${imports}let count = 0;\nconst fixed = 1;\nexport async function f() { const seen = count; |await sleep(1); count = seen + fixed; }`;
    assert.deepEqual(awaitAt(text).mayChange, [{ name: 'count', by: ['f'] }]);
    const field = `${imports}class C { n = 0; async f() { |await sleep(1); this.n += 1; this.g(); } g() {} }`;
    assert.deepEqual(awaitAt(field).mayChange, [{ name: 'this.n', by: ['C.f'] }]);
    const shared =
      `${imports}const cache = new Map<string, number>();\nexport function put(k: string) { cache.set(k, 1); }\n` +
      'export async function f(k: string) { if (!cache.has(k)) { |await sleep(1); return cache.get(k); } return 0; }';
    assert.deepEqual(awaitAt(shared).mayChange, [{ name: 'cache', by: ['put'] }]);
    const quiet = `${imports}const fixed = [1];\nexport async function f(own: number[]) { |await sleep(1); own.push(1); return fixed; }`;
    assert.deepEqual(awaitAt(quiet).mayChange, []);
    const { markdown } = explained(shared);
    assert.match(markdown, /May have changed by then: `cache` \(by `put`\)/);
  });

  it('is a few lines of Markdown with a picture and a link', () => {
    const { markdown } = explained(`${imports}async function f() { |await sleep(10); }`);
    assert.match(markdown, /^\*\*await\*\* `sleep`: waits for a \*\*timer\*\*\.\n- Suspended: `f`;/);
    assert.match(markdown, /\(go:\d+\)$/);
    const picture = /\(data:image\/svg\+xml;base64,([^)]+)\)/.exec(markdown)?.[1] ?? '';
    assert.match(Buffer.from(picture, 'base64').toString('utf8'), /^<svg [^]*<\/svg>$/);
    assert.ok(markdown.split('\n').length <= 12);
  });
});

describe('explanation of calls and functions', () => {
  it('says the colour and the boundary of a call', () => {
    const { facts, markdown } = explained("import fs from 'fs';\nexport async function f() { fs.read|FileSync('x'); }");
    assert.equal(facts.kind === 'call' ? facts.boundary : undefined, 'blocking');
    assert.match(markdown, /Blocks through `fs\.readFileSync` \(high cost, measured: 50 MB in 66 ms\)/);
  });

  it('says the colour of a function and through whom it blocks', () => {
    const { markdown } = explained(
      "import fs from 'fs';\nfunction l|oad() { return parse(); }\nfunction parse() { return fs.readFileSync('x'); }\nexport { load };",
    );
    assert.match(markdown, /`load` is \*\*sync\*\*/);
    assert.match(markdown, /`parse` → `fs\.readFileSync`/);
  });
});

describe('explanation of what reaches the event loop', () => {
  const kinds = (marked: string): unknown => {
    const { facts } = explained(marked);
    return facts;
  };

  it('tells a chain, and what becomes of its promise', () => {
    assert.deepEqual(kinds('declare const p: Promise<number>;\np.th|en(String);'), {
      kind: 'chain', method: 'then', receiver: 'p', handlesRejection: false, result: 'floating',
    });
    assert.deepEqual(kinds('declare const p: Promise<number>;\nexport const f = () => p.ca|tch(String);'), {
      kind: 'chain', method: 'catch', receiver: 'p', handlesRejection: true, result: 'returned',
    });
  });

  it('tells a new promise, a timer, a tick, an immediate and a microtask apart', () => {
    assert.deepEqual(kinds('export const p = n|ew Promise((done) => setTimeout(done, 1));'), {
      kind: 'new-promise', what: 'timer', result: undefined,
    });
    const by = (text: string): unknown => {
      const facts = explained(text).facts;
      return facts.kind === 'schedule' ? [facts.by, facts.delay] : facts.kind;
    };
    assert.deepEqual(by('setTime|out(() => {}, 10);'), ['timer', '10']);
    assert.deepEqual(by('setImm|ediate(() => {});'), ['immediate', undefined]);
    assert.deepEqual(by('process.next|Tick(() => {});'), ['tick', undefined]);
    assert.deepEqual(by('queueMicro|task(() => {});'), ['microtask', undefined]);
  });

  it('tells workers, messages and yields', () => {
    const head = "import { Worker } from 'node:worker_threads';\n";
    assert.deepEqual(kinds(`${head}new Wor|ker('w.js');`), { kind: 'worker', callee: 'new Worker', does: 'starts' });
    assert.deepEqual(kinds(`${head}new Worker('w.js').post|Message(1);`), {
      kind: 'worker', callee: 'new Worker.postMessage', does: 'posts',
    });
    assert.deepEqual(kinds('export function* g() { yi|eld 1; }'), {
      kind: 'yield', generator: 'g', isAsync: false, delegates: false,
    });
  });

  it('gives the word of Python', () => {
    const word = (text: string): string => /In Python: `([^`]+)`/.exec(explained(text).markdown)?.[1] ?? '';
    assert.equal(word('async function f() { |await 1; }'), 'await');
    assert.equal(word('async function f(l: AsyncIterable<1>) { for |await (const x of l) void x; }'), 'async for');
    assert.equal(word('async function g() {}\nexport async function f() { await Promise.a|ll([g()]); }'), 'asyncio.gather()');
    assert.equal(word('async function g() {}\nexport function f() { g|(); }'), 'asyncio.create_task()');
    assert.equal(word('setTime|out(() => {}, 10);'), 'loop.call_later()');
  });
});

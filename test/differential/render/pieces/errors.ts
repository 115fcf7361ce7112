/** Why this file exists: mistakes whose words are the engine's own: V8 is quoted, message by message. */
import type { Pieces } from './piece';

/**
 * Each throws at run time; a parameter's pattern is given undefined only: of null the engine does not say that it was.
 * `o`, `f`, `n`, `u` and `K` are an object, a function, null, undefined and a class.
 */
const mistakes = [
  'u.foo', 'n.foo', 'u.foo()', 'o.missing()', 'o.a.b.c', 'o.a()', 'o.x.y()', 'u()', 'n()', "'text'()", 'o()', 'o["k" + 1]()', 'f()()', 'o.f().g()', 'u[0]', "n['key']",
  'u.foo = 1', 'n[Symbol.iterator]', 'undeclared', 'undeclared()', 'undeclared = 1', 'typeof early; early', 'fixed = 2', 'fixed++', 'new o()', 'new u()', 'new o.a()', 'new f.g()', 'new (() => {})()',
  'new (async () => {})()', 'K()', 'K.call({})', 'new (class extends K { constructor() { super(); super(); } })()', 'new (class extends K { constructor() {} })()', 'class X extends 5 {}', 'class X extends n.y {}',
  "JSON.parse('{')", "JSON.parse('')", "JSON.parse('{\"a\":}')", "JSON.parse('[1,]')", 'JSON.parse(u)', 'JSON.stringify(loop)', 'JSON.stringify(1n)', '[].reduce((a, b) => a)', 'new Array(-1)',
  "'x' in 'text'", '1 instanceof 2', '1 instanceof (() => {})', 'o instanceof {}', "Symbol() + ''", '`${Symbol()}`', '1n + 1', 'BigInt(1.5)', "BigInt('x')", '+1n', 'const [a] = n', 'const [a] = u', 'const [a] = 1', 'const [a] = o',
  'const { a } = n', 'const { a } = u', 'const { a: { b } } = {}', '(({ a }) => a)(u)', '(([a]) => a)()', '[...o]', '[...u]', '[...1]', 'f(...o)', 'Math.max(...5)', 'new Map([1])', 'new Set(1)', 'for (const x of o) x', 'for (const x of 5) x',
  'for (const x of u) x', 'Object.defineProperty(1, "a", {})', 'Object.defineProperty(Object.freeze({}), "a", {})', 'Object.freeze([1]).push(2)', 'Object.freeze(o2).z = 1', '(o3).g = 1', 'delete Object.freeze({ a: 1 }).a',
  "'a'.repeat(-1)", '(1).toFixed(101)', '(1).toString(1)', "'a'.normalize('x')", "decodeURIComponent('%')", "new RegExp('[')", "new RegExp('a', 'zz')", 'new Date(NaN).toISOString()', 'Object.setPrototypeOf(1)', 'Object.create(1)',
  'Reflect.ownKeys(1)', 'new Proxy(1, {})', 'Symbol.keyFor(1)', 'new Symbol()', 'Symbol.prototype.toString.call(1)', 'Map.prototype.get.call({}, 1)', 'new WeakMap().set(1, 1)', 'new Promise()', 'Promise()', 'Promise.resolve.call(1)',
  'structuredClone(f)', 'String.fromCodePoint(-1)', 'new Uint8Array(-1)', 'new ArrayBuffer(-1)', '[].at.call(n)', 'Array.from(1, 2)', '[].map(3)', '[3].forEach()', '[1].sort(1)', 'f.apply(1, 2)', 'Function.prototype.call.call(1)', 'g.next.call({})',
  'K.secret({})', 'o.f.bind.call(1)', 'throw u', 'throw n', "throw 'text'", 'Object.fromEntries([1])', 'Object.fromEntries(5)', 'Object.entries(u)', 'Object.assign(n)', 'new Intl.Nothing()', 'BigInt(Symbol())', 'Number(Symbol())', 'eval("1 +")', 'new Function("return }")',
] as const;

const world = `const [o, f, n, u]: any[] = [{ f: () => 1, a: 1 }, () => 1, null, undefined];
  const [o2, o3]: any[] = [{ z: 0 }, { get g() { return 1; } }];
  const loop: any = {};
  loop.loop = loop;
  class K { #s = 1; static secret(k: any) { return k.#s; } }
  const g: any = (function* (): any {})();
  const fixed: any = 1;`;

export const errorPieces = {
  'mistakes': ({ label, name, pick }) => {
    const error = name('e');
    const tries = [0, 1, 2, 3].map((n) => {
      const mistake = mistakes[(pick + n * 41) % mistakes.length] ?? 'u.foo';
      const early = mistake.includes('early') ? '\n    let early: any = 1;' : '';
      return `  try {\n    ${mistake};${early}\n  } catch (${error}: any) {\n    log(${label()}, ${error}?.name, ${error}?.message);\n  }`;
    });
    return `{\n  ${world}\n${tries.join('\n')}\n  void [o2, o3, loop, K, g, fixed];\n}`;
  },
  'async-mistakes': ({ label }) =>
    `(async () => { const u: any = undefined; await u.x; })().catch((e: any) => log(${label()}, e.message));\nPromise.resolve(null).then((v: any) => v.a.b).catch((e: any) => log(${label()}, e.message));\n(async () => { for await (const x of 5 as any) void x; })().catch((e: any) => log(${label()}, e.message));\n(async function* (): any { yield* null as any; })().next().catch((e: any) => log(${label()}, e.message));`,
  'deep-recursion': ({ label, name }) => {
    const f = name('f');
    return `function ${f}(n: number): number { return 1 + ${f}(n + 1); }\ntry {\n  ${f}(0);\n} catch (e: any) {\n  log(${label()}, e instanceof RangeError, e.message);\n}`;
  },
  'own-errors': ({ v, label, name }) => {
    const k = name('K');
    return `class ${k} extends Error {\n  constructor(message: string, readonly code: any = ${v}) { super(message, { cause: 'why' }); this.name = '${k}'; }\n}\ntry {\n  throw new ${k}('own');\n} catch (e: any) {\n  log(${label()}, String(e), e.cause, e.code, e instanceof ${k}, e instanceof Error, e.stack.split('\\n')[0], Object.keys(e));\n}`;
  },
  'error-chain': ({ x, label }) =>
    `(async () => { try { await Promise.reject(${x}); } catch (cause) { throw new Error('outer', { cause }); } })().catch((e: any) => log(${label()}, e.message, e.cause));`,
} as const satisfies Pieces;

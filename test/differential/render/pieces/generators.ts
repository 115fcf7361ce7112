/** Why this file exists: generators of both kinds in their corners: requests in odd moments, delegation, closing. */
import type { Pieces } from './piece';

function ask(g: string, request: string, label: () => string): string {
  return `attempt(${label()}, () => ${g}.${request});`;
}

function asked(g: string, request: string, label: () => string): string {
  return `${g}.${request}.then((v: any) => log(${label()}, v), (e: any) => log(${label()}, e));`;
}

export const generatorPieces = {
  'yield-in-finally': ({ v, label, name, use }) => {
    const g = name('g');
    use('attempt');
    const body = `  try {\n    log(${label()}, yield 1);\n  } catch (e) {\n    log(${label()}, e);\n    yield 2;\n  } finally {\n    log(${label()}, yield 3);\n  }\n  return ${v};`;
    return `const ${g}: any = (function* (): any {\n${body}\n})();\n${['next(0)', "throw('t')", "return('r')", "next('n')", 'next()', "throw('late')"].map((r) => ask(g, r, label)).join('\n')}`;
  },
  'delegates': ({ label, name, use }) => {
    const [g, o] = [name('g'), name('g')];
    use('attempt');
    const inner = `  try {\n    log(${label()}, yield 'a');\n    yield 'b';\n  } finally {\n    log(${label()});\n    if (n > 1) yield 'c';\n  }\n  return 'done';`;
    return `function* ${g}(n: number): any {\n${inner}\n}\nfunction* ${o}(): any { log(${label()}, yield* ${g}(1)); log(${label()}, yield* ${g}(2)); yield* 'xy'; }\nconst it: any = ${o}();\n${['next(1)', 'next(2)', 'next(3)', 'next(4)', "return('r')", 'next(5)', 'next(6)'].map((r) => ask('it', r, label)).join('\n')}`;
  },
  'runs-itself': ({ label, name, use }) => {
    const g = name('g');
    return `const ${g}: any = (function* (): any { try { ${g}.next(); } catch (e: any) { log(${label()}, e.name, e.message); } yield 1; })();\n${use('attempt')}(${label()}, () => ${g}.next());`;
  },
  'spread-and-close': ({ label, name }) => {
    const [g, v] = [name('g'), name('v')];
    return `function* ${g}(): any { try { yield 1; yield 2; yield 3; } finally { log(${label()}); } }\nlog(${label()}, ...${g}(), Math.max(...${g}()));\nfor (const ${v} of ${g}()) if (${v} === 2) break;\nconst [first] = ${g}();\nlog(${label()}, first, Array.from(${g}(), (n: any) => n * 2), new Set(${g}()).size);`;
  },
  'closing-throws': ({ v, label, name }) => {
    const it = name('it');
    return `const ${it}: any = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { log(${label()}); throw 'from return'; } }) };\ntry {\n  for (const _ of ${it}) throw ${v};\n} catch (e) {\n  log(${label()}, e);\n}\ntry {\n  for (const _ of ${it}) break;\n} catch (e) {\n  log(${label()}, e);\n}`;
  },
  'queued-requests': ({ x, label, name }) => {
    const g = name('g');
    const body = `  try {\n    log(${label()}, yield ${x});\n    log(${label()}, yield Promise.resolve(2));\n  } finally {\n    log(${label()});\n    await null;\n  }\n  return 'end';`;
    return `const ${g}: any = (async function* (): any {\n${body}\n})();\n${['next()', "next('v')", "return('r')", "next('late')", "throw('t')"].map((r) => asked(g, r, label)).join('\n')}`;
  },
  'async-delegates': ({ label, name, use }) => {
    const g = name('g');
    return `const ${g}: any = (async function* (): any {\n  log(${label()}, yield* (async function* (): any { try { yield 1; yield 2; } finally { log(${label()}); } return 'in'; })());\n  yield* [3, Promise.resolve(4)];\n  yield* ${use('iterate')}(${label()}, 1, true);\n})();\n${['next()', 'next()', 'next()', 'next()', "return('r')", 'next()'].map((r) => asked(g, r, label)).join('\n')}`;
  },
  'async-return-awaits': ({ label, name }) => {
    const g = name('g');
    return `const ${g}: any = (async function* (): any { yield 1; })();\n${["return(Promise.resolve('r'))", "return(Promise.reject('bad'))", 'next()'].map((r) => asked(g, r, label)).join('\n')}\nconst other: any = (async function* (): any { try { yield 1; } finally { yield 'kept'; } })();\n${['next()', "return(Promise.reject('in'))", 'next()'].map((r) => asked('other', r, label)).join('\n')}`;
  },
  'async-wrong-receiver': ({ label }) =>
    `(Object.getPrototypeOf(async function* () {}).prototype as any).next.call({}).then(null, (e: any) => log(${label()}, e.name));\ntry {\n  (Object.getPrototypeOf(function* () {}).prototype as any).next.call({});\n} catch (e: any) {\n  log(${label()}, e.name);\n}`,
  'for-await-closes': ({ v, label, name, use }) => {
    const n = name('v');
    return `(async () => {\n  for await (const ${n} of ${use('iterate')}(${label()}, 3, true)) if (${n} === 2) break;\n  for await (const ${n} of iterate(${label()}, 3, false)) { log(${label()}, ${n}); if (${n} === 1) throw ${v}; }\n})().catch((e: any) => log(${label()}, e));`;
  },
  'for-await-patterns': ({ label, name }) => {
    const [a, b] = [name('a'), name('b')];
    return `(async () => {\n  for await (const { ${a} = await 1, ...${b} } of [{ x: 1 }, Promise.resolve({ ${a}: 2 })] as any[]) log(${label()}, ${a}, ${b});\n  let target: any = {};\n  for await (target.value of (async function* () { yield 5; })()) log(${label()}, target.value);\n})();`;
  },
  'parameter-error': ({ label, name }) => {
    const f = name('f');
    return `async function* ${f}({ a }: any): any { yield a; }\ntry {\n  ${f}(null).next();\n} catch (e: any) {\n  log(${label()}, e.name);\n}\n(async ({ a }: any) => a)(null).catch((e: any) => log(${label()}, e.name));`;
  },
  'lazy': ({ label, name }) => {
    const [n, t] = [name('n'), name('t')];
    return `function* ${n}(): any { let i = 0; while (true) { log(${label()}, i); yield i++; } }\nfunction* ${t}(of: any, count: number): any { for (const v of of) { if (count-- <= 0) return; yield v; } }\nlog(${label()}, ...${t}(${n}(), 2));`;
  },
  'iterator-symbols': ({ label, name }) => {
    const c = name('K');
    return `class ${c} {\n  *[Symbol.iterator](): any { yield* [1, 2]; }\n  async *[Symbol.asyncIterator](): any { for (const v of this) yield v * 2; }\n}\nlog(${label()}, ...new ${c}());\n(async () => { for await (const v of new ${c}()) log(${label()}, v); })();`;
  },
} as const satisfies Pieces;

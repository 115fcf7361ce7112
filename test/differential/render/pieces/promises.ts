/** Why this file exists: promises where a program looks closely: statics, subclasses, species, thenables, patches. */
import type { Pieces } from './piece';

function both(label: () => string): string {
  return `.then((v: any) => log(${label()}, v), (e: any) => log(${label()}, e))`;
}

export const promisePieces = {
  'species': ({ p, label, name }) => {
    const s = name('S');
    return `class ${s} extends Promise<any> { static override get [Symbol.species]() { log(${label()}); return Promise; } }\nconst made = new ${s}((resolve: any) => resolve(${p}));\nlog(${label()}, made instanceof ${s}, made.then(() => 1) instanceof ${s}, made.catch(() => 1) instanceof ${s}, made.finally(() => {}) instanceof ${s});\nmade${both(label)};`;
  },
  'subclass-statics': ({ x, label, name }) => {
    const s = name('S');
    return `class ${s} extends Promise<any> {\n  static made = 0;\n  constructor(executor: any) { super(executor); ${s}.made += 1; }\n  override then(...all: any[]): any { log(${label()}); return super.then(...all); }\n}\n${s}.all([1, ${s}.resolve(2), ${x}])${both(label)};\n(async () => await ${s}.resolve(3))()${both(label)};\nlog(${label()}, ${s}.made, ${s}.resolve(${s}.resolve(1)) instanceof ${s}, ${s}.made);`;
  },
  'combinator-internals': ({ label, name }) => {
    const c = name('C');
    return `function ${c}(this: any, executor: any) { executor((v: any) => log(${label()}, v), (e: any) => log(${label()}, e)); }\n${c}.resolve = (v: any): any => ({ then(f: any) { log(${label()}, v); f(v); f(v); } });\nPromise.all.call(${c} as any, [1, 2]);\nPromise.race.call(${c} as any, [3]);`;
  },
  'combinator-errors': ({ label, use }) =>
    `Promise.all(5 as any)${both(label)};\nPromise.any([])${both(label)};\nPromise.race([])${both(label)};\nPromise.all({ [Symbol.iterator]() { throw 'iterator'; } } as any)${both(label)};\nPromise.allSettled([Promise.reject(1), 2, ${use('iterate')}(${label()}, 1, false)])${both(label)};`,
  'combinator-closes': ({ label, use }) =>
    `{\n  const real = Promise.resolve;\n  Promise.resolve = (() => { throw 'resolve'; }) as any;\n  try {\n    Promise.all(${use('iterate')}(${label()}, 2, false)).then(null, (e: any) => log(${label()}, e));\n  } finally {\n    Promise.resolve = real;\n  }\n}`,
  'finally-thenable': ({ x, v, label }) =>
    `Promise.resolve(${x}).finally(() => ({ then(f: any) { log(${label()}); f(${v}); } }) as any)${both(label)};\nPromise.reject(1).finally(() => { throw 2; })${both(label)};\nPromise.prototype.finally.call({ constructor: Promise, then(a: any, b: any) { log(${label()}, typeof a, typeof b); } } as any, () => {});`,
  'resolve-twice': ({ p, v, label }) =>
    `new Promise<any>((resolve, reject) => { resolve(${p}); reject(1); resolve(${v}); throw 2; })${both(label)};`,
  'foreign-thenable': ({ v, label }) =>
    `(async () => {\n  const t: any = { then(f: any, r: any) { log(${label()}, f.length, r.length, f.name); queueMicrotask(() => f({ then(g: any) { g(${v}); } })); return 'ignored'; } };\n  log(${label()}, await t);\n  return t;\n})()${both(label)};`,
  'throwing-thenable': ({ label }) =>
    `Promise.resolve({ then(f: any) { f(1); throw 2; } } as any)${both(label)};\nPromise.resolve({ then() { throw 3; } } as any)${both(label)};\nPromise.resolve({ get then() { throw 4; } } as any)${both(label)};\nPromise.resolve({ then: 5 } as any).then((v: any) => log(${label()}, Object.keys(v)));`,
  'itself': ({ label }) =>
    `{\n  let done: any;\n  const self: any = new Promise<any>((resolve) => { done = resolve; });\n  self.catch((e: any) => log(${label()}, e.constructor.name, e.message));\n  done(self);\n  const chained: any = Promise.resolve().then(() => chained);\n  chained.catch((e: any) => log(${label()}, e.name));\n}`,
  'patched-then': ({ x, label }) =>
    `{\n  const real = Promise.prototype.then;\n  Promise.prototype.then = function (this: any, ...all: any[]): any { log(${label()}); return real.apply(this, all as any); } as any;\n  try {\n    Promise.resolve(1).catch(() => {});\n    (async () => ${x})();\n    Promise.all([3]).finally(() => {});\n  } finally {\n    Promise.prototype.then = real;\n  }\n}`,
  'own-constructor': ({ v, label }) =>
    `{\n  const p: any = Promise.resolve(${v});\n  p.constructor = class Other { static get [Symbol.species]() { log(${label()}); return Promise; } };\n  p.then((v: any) => log(${label()}, v));\n  (async () => log(${label()}, await p))();\n  log(${label()}, Promise.resolve(p) === p);\n}`,
  'returns': ({ x, label }) =>
    `for (const f of [async () => ${x}, async () => { return await Promise.resolve(1); }, async () => Promise.resolve(2), async () => { try { return Promise.reject(3); } catch { return 4; } }, async () => { try { return await Promise.reject(5); } catch { return 6; } }] as any[]) f()${both(label)};`,
  'executor-errors': ({ label }) =>
    `for (const f of [() => (Promise as any)(() => {}), () => new (Promise as any)(), () => new (Promise as any)(5), () => Promise.prototype.then.call(1 as any), () => Promise.resolve.call(undefined as any, 1)]) {\n  try {\n    f();\n  } catch (error: any) {\n    log(${label()}, error.name, error.message);\n  }\n}`,
  'late-handler': ({ v, label }) =>
    `{\n  const bad: any = Promise.reject(${v});\n  bad.catch(() => {});\n  setTimeout(() => bad.then(null, (e: any) => log(${label()}, e)), 0);\n}`,
  'nested-microtasks': ({ label }) =>
    `Promise.resolve().then(() => { log(${label()}); process.nextTick(() => log(${label()})); queueMicrotask(() => log(${label()})); }).then(() => log(${label()}));`,
  'tick-arguments': ({ x, label }) => `process.nextTick((...all: any[]) => log(${label()}, ...all), ${x}, 2);`,
  'from-async': ({ x, label }) =>
    `(async () => { const all: any[] = []; for await (const v of [1, Promise.resolve(2), ${x}]) all.push(v); return all; })()${both(label)};`,
} as const satisfies Pieces;

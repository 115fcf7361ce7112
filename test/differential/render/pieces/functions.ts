/** Why this file exists: what functions carry along: `this`, `arguments`, `super`, `new.target`, names and texts. */
import type { Pieces } from './piece';

const said = '.then((v: any) => log';

export const functionPieces = {
  'this-and-arguments': ({ x, label, async }) =>
    `(function (this: any, ..._: any[]) {\n  return (async () => {\n    log(${label()}, arguments.length, this.tag, new.target);\n    log(${label()}, ${x}, arguments[0], this.tag);\n${async()}\n    return arguments[1];\n  })();\n}).call({ tag: 't' }, 1, 2)${said}(${label()}, v), (e: any) => log(${label()}, e));`,
  'async-arguments': ({ label, name }) => {
    const f = name('f');
    return `async function ${f}(this: any, a?: any, b?: any): Promise<any> {\n  await null;\n  return [arguments.length, a, b, this?.tag, await (async () => arguments[1])()];\n}\n${f}.call({ tag: 'u' }, 1, 2)${said}(${label()}, v));\nlog(${label()}, ${f}.length, ${f}.name);`;
  },
  'new-target': ({ v, label, name }) => {
    const f = name('F');
    return `class ${f} {\n  later: any;\n  constructor() {\n    this.later = (async () => { await null; return [new.target === ${f}, this instanceof ${f}]; })();\n  }\n}\nnew ${f}().later${said}(${label()}, v, ${v}));`;
  },
  'super-in-async': ({ x, label, name }) => {
    const [a, b] = [name('K'), name('K')];
    return `class ${a} {\n  get g() { return 'up'; }\n  async m(v: any) { log(${label()}, v); return this.g; }\n  static async s() { return this.name.length; }\n}\nclass ${b} extends ${a} {\n  override get g() { return 'down'; }\n  override async m(v: any) {\n    const first = await super.m(v);\n    const f = async () => [super.g, await super.m(2)];\n    return [first, ...(await f())];\n  }\n  static override async s() { return (await super.s()) + 1; }\n}\nnew ${b}().m(${x})${said}(${label()}, v));\n${b}.s()${said}(${label()}, v > 1));`;
  },
  'super-of-object': ({ x, label, name }) => {
    const o = name('o');
    return `const ${o}: any = { __proto__: { async m(v: any) { return [v, this.tag]; } }, tag: 't', async m(v: any) { return await super.m(v); }, *g() { yield super.toString === Object.prototype.toString; } };\n${o}.m(${x})${said}(${label()}, v));\nlog(${label()}, ...${o}.g());`;
  },
  'looks': ({ label }) =>
    `for (const f of [async () => 1, async function n(a: any, b = 1) {}, function* () {}, async function* () {}, () => 1, class {}] as any[]) log(${label()}, f.name, f.length, Object.prototype.toString.call(f), f.constructor.name, 'prototype' in f, typeof f);`,
  'looks-of-results': ({ label }) =>
    `for (const v of [(async () => 1)(), (function* () {})(), (async function* () {})(), Promise.resolve()] as any[]) log(${label()}, Object.prototype.toString.call(v), v instanceof Promise, Object.getOwnPropertyNames(v).length, typeof v[Symbol.iterator], typeof v[Symbol.asyncIterator]);`,
  'text': ({ label, name }) => {
    const o = name('o');
    return `const ${o} = { async m(a = 1) { await a; }, f: async () => { await 1; }, async *g() { yield 1; } };\nlog(${label()}, ...[${o}.m, ${o}.f, ${o}.g].map((f) => f.toString().replaceAll(/\\s+/g, ' ')));`;
  },
  'bound': ({ x, label, name }) => {
    const f = name('f');
    return `async function ${f}(this: any, ...all: any[]): Promise<any> { return [this?.tag, ...all]; }\n${f}.bind({ tag: 'b' }, 1)(${x})${said}(${label()}, v));\nlog(${label()}, ${f}.bind(null).name, Reflect.apply(Math.max, null, [1, 2]));`;
  },
  'construct': ({ v, label, name }) => {
    const c = name('K');
    return `class ${c} {\n  ok = 1;\n  constructor(back?: any) { if (back) return back; }\n}\nlog(${label()}, new ${c}().ok, new ${c}({ ok: ${v} }).ok, Reflect.construct(${c}, [], Array) instanceof Array);`;
  },
  'await-in-constructor-arguments': ({ x, y, label, name }) => {
    const c = name('K');
    return `class ${c} {\n  constructor(readonly a: any, private readonly b: any = 2) { log(${label()}, this.a, this.b); }\n}\nlog(${label()}, new ${c}(${x}, ${y}).a, new (class extends ${c} { tag = 1; })(${x}).tag);`;
  },
  'private-async': ({ x, label, name }) => {
    const c = name('K');
    return `class ${c} {\n  #n: any = 1;\n  async #add(v: any) { this.#n += show(await v); return this.#n; }\n  async add(v: any) { return (await this.#add(v)) + (await this.#add(1)); }\n  get #twice() { return [this.#n, this.#n]; }\n  static async peek(v: any) { return #n in v ? v.#twice : 'no'; }\n}\nconst k = new ${c}();\nk.add(${x})${said}(${label()}, v));\n${c}.peek(k)${said}(${label()}, v));\n${c}.peek({})${said}(${label()}, v));`;
  },
  'recursion': ({ x, label, name }) => {
    const f = name('f');
    return `const ${f} = async (n: number): Promise<any> => (n === 0 ? ${x} : [n, await ${f}(n - 1)]);\n${f}(3)${said}(${label()}, v), (e: any) => log(${label()}, e));`;
  },
  'async-method-forms': ({ x, label, name }) => {
    const o = name('o');
    return `const ${o}: any = { async await_() { return 1; }, async 'quoted name'() { return 2; }, async [\`c\${3}\`]() { return ${x}; }, async 4() { return 4; }, async get() { return 5; }, async async() { return 6; } };\nPromise.all(Object.keys(${o}).map((k) => ${o}[k]()))${said}(${label()}, v), (e: any) => log(${label()}, e));\nlog(${label()}, ...Object.keys(${o}).map((k) => ${o}[k].name));`;
  },
  'hoisting': ({ v, label, name }) => {
    const f = name('f');
    return `log(${label()}, typeof ${f}, ${f}());\nfunction ${f}(): any { return ${v}; }\nvar late${f}: any = 1;\nlog(${label()}, late${f});`;
  },
} as const satisfies Pieces;

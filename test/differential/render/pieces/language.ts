/** Why this file exists: constructs of TypeScript and JavaScript that are not about promises, with awaits inside. */
import type { Pieces } from './piece';

export const languagePieces = {
  'enum': ({ x, name, label }) => {
    const e = name('E');
    return `enum ${e} { a, b = 4, c, d = b | 3, e = 'x'.length, f = 'text' as any }\nlog(${label()}, ${e}, ${e}.c, ${e}[4], ${e}[${x} as any]);`;
  },
  'const-enum': ({ x, name, label }) => {
    const e = name('E');
    return `const enum ${e} { low = 1, high = low << 3, word = 'w' }\nlog(${label()}, ${e}.high, ${e}.word, ${x});`;
  },
  'satisfies': ({ x, y, name, label }) => {
    const v = name('v');
    return `const ${v} = { a: ${x}, b: [${y}] as const } satisfies Record<string, unknown>;\nlog(${label()}, (${v}.a as any)!, (${v}.b as any)[0]);`;
  },
  'using': ({ x, label, use, inline }) =>
    `{\n  using r = ${use('disposable')}(${label()});\n  using none = null;\n  log(${label()}, ${x}, none);\n${inline()}\n}`,
  'using-in-loop': ({ label, use, inline }) =>
    `for (using r of [${use('disposable')}(${label()}), disposable(${label()})]) {\n  log(${label()}, r.open);\n${inline()}\n}`,
  'await-using': ({ awaits, x, label, use, inline }) =>
    `{\n  ${awaits ? 'await ' : ''}using r = ${use('disposable')}(${label()});\n  using s = disposable(${label()});\n  log(${label()}, ${x}, r.open, s.open);\n${inline()}\n}`,
  'using-throws': ({ v, label, use }) =>
    `try {\n  using r = ${use('disposable')}(${label()}, true);\n  using s = disposable(${label()}, true);\n  log(${label()}, r.open, s.open);\n  throw ${v};\n} catch (error: any) {\n  log(${label()}, error?.constructor?.name, error?.error, error?.suppressed);\n}`,
  'switch': ({ x, y, v, label, inline }) =>
    `switch (${x} as any) {\n  case ${y}:\n    log(${label()});\n  default:\n    let inner = ${v};\n    log(${label()}, inner);\n  case 'b': {\n${inline()}\n    break;\n  }\n  case 3:\n    log(${label()});\n}`,
  'labelled-block': ({ x, label, name, inline }) => {
    const l = name('out');
    return `${l}: {\n  if (${x}) break ${l};\n${inline()}\n  log(${label()});\n}`;
  },
  'labelled-loops': ({ x, label, name }) => {
    const [l, i, j] = [name('out'), name('i'), name('j')];
    return `${l}: for (let ${i} = 0; ${i} < 3; ${i}++) {\n  for (const ${j} of [0, 1, 2]) {\n    try {\n      if (${j} === ${i}) continue ${l};\n      if (${i} === 2) break ${l};\n      log(${label()}, ${i}, ${j}, ${x});\n    } finally {\n      log(${label()}, ${i});\n    }\n  }\n}`;
  },
  'closures-of-loops': ({ x, label, name }) => {
    const [fs, i] = [name('fs'), name('i')];
    return `const ${fs}: any[] = [];\nfor (let ${i} = 0, end = 3; ${i} < end; ${i}++) {\n  ${fs}.push(() => ${i}++);\n  if (${i} === 1) continue;\n  log(${label()}, ${x});\n}\nlog(${label()}, ...${fs}.map((f: any) => f() + f()));`;
  },
  'closures-left-by-errors': ({ x, label, name, inline }) => {
    const [fs, i, n, e] = [name('fs'), name('i'), name('n'), name('e')];
    return `const ${fs}: any[] = [];\nfor (const ${i} of [0, 1]) {\n  try {\n    let ${n} = ${i} * 10;\n    ${fs}.push(() => ${n}++);\n    for (let j = 0; j < 2; j++) {\n      ${fs}.push(() => j);\n      if (j === 1) throw ${i};\n    }\n  } catch (${e}) {\n    ${fs}.push(() => ${e});\n    log(${label()}, ${x});\n${inline()}\n  }\n}\nlog(${label()}, ...${fs}.map((f) => f()), ...${fs}.map((f) => f()));`;
  },
  'optional-chain': ({ x, y, label, name }) => {
    const o = name('o');
    return `const ${o}: any = { a: { f: (v: any) => ({ v }), n: null } };\nlog(${label()}, ${o}?.a?.f?.(${x})?.v, ${o}.b?.c.d(${y}), ${o}.a.n?.[show(${y})], delete ${o}?.a?.n, ${o}?.['a'].f.length);`;
  },
  'tagged': ({ x, y, label, name }) => {
    const [tag, once] = [name('tag'), name('once')];
    return `const ${tag} = (strings: any, ...values: any[]): any => [strings, strings.raw.join('|'), ...values];\nconst ${once} = (v: any): any => ${tag}\`a\${v}\\n\${v}\`;\nlog(${label()}, ${tag}\`<\${${x}}\\u0041\${${y}}>\`.slice(1), ${once}(1)[0] === ${once}(2)[0], Object.isFrozen(${once}(3)[0]));`;
  },
  'destructure': ({ x, y, v, label, name }) => {
    const [a, b, c, rest, d] = [name('a'), name('b'), name('c'), name('rest'), name('d')];
    return `const { a: [${a} = ${x}, ...${b}], ['k' + 1]: { ${c} = ${y} } = {}, ...${rest} }: any = { a: [undefined, 2, ${v}], z: 1, y: 2 };\nlet ${d}: any;\n({ length: ${d} = ${y} } = [] as any);\nlog(${label()}, ${a}, ${b}, ${c}, ${rest}, ${d});`;
  },
  'destructure-closes': ({ x, label, name, use }) => {
    const [a, b] = [name('a'), name('b')];
    return `const [${a}, , ${b} = ${x}]: any = ${use('iterate')}(${label()}, 2, false);\nlog(${label()}, ${a}, ${b});`;
  },
  'parameter-defaults': ({ v, label, name, use }) => {
    const f = name('f');
    return `const ${f} = async (a: any = ${use('say')}(${label()}, ${v}), { b = say(${label()}, a) }: any = {}, ...[c = b]: any[]): Promise<any> => [a, b, c];\n${f}().then((v: any) => log(${label()}, v));\n${f}(1, null).then(null, (e: any) => log(${label()}, e));`;
  },
  'getter-setter': ({ x, label, name }) => {
    const o = name('o');
    return `const ${o}: any = { n: 1, get g() { log(${label()}); return this.n; }, set g(v: any) { log(${label()}, v); this.n = v; } };\n${o}.g += show(${x});\n${o}.g ??= 1;\nlog(${label()}, ${o}.g, Object.keys(${o}));`;
  },
  'spread': ({ x, y, label, use }) =>
    `log(${label()}, [...${use('iterate')}(${label()}, 2, false), ...[${x}]], { ...{ a: ${y}, get b() { log(${label()}); return 1; } }, ...'hi', ...null }, Math.max(...[1, 2]));`,
  'operators': ({ x, y, v, label, name }) => {
    const o = name('o');
    return `const ${o}: any = { a: 1 };\nlog(${label()}, typeof ${x}, void 0, 'a' in ${o}, delete ${o}.a, 'a' in ${o}, (${y}, 2) ** 3, 7 % -4, -7 >>> 28, 1 < 2 < 3, !${v}, +'0x1f', ~~3.7, null ?? ${v}, 0 || 'or', 1 && 'and');`;
  },
  'for-in': ({ x, label, name }) => {
    const k = name('k');
    return `for (const ${k} in Object.assign(Object.create({ up: 1 }), { b: ${x}, 2: 1, a: 1, 1: 1 })) log(${label()}, ${k});`;
  },
  'array-callbacks': ({ v, label }) =>
    `log(${label()}, [3, 1, 2].map((n, i) => n * i).filter((n) => n !== 2).reduce((a, b) => a + b, 1), [3, 1, 10].sort(), [1, 2].flatMap((n) => [n, ${v}]), [1, [2, [3]]].flat(Infinity), Array.from('ab', (c) => c + 1), [1, 2, 3].at(-1), [2, 1].toSorted());`,
  'json': ({ v, label }) =>
    `log(${label()}, JSON.stringify({ a: [${v}, undefined, () => 1], b: { toJSON: (key: any) => key + '!' }, c: new Date(0), d: NaN }, null, 1), JSON.parse('{"a":[1,{"b":2}]}', (key, value) => (key === 'b' ? value + 1 : value)));`,
  'regexp': ({ v, label }) =>
    `log(${label()}, 'a1b22'.replace(/(?<n>\\d+)/g, (all, n) => \`<\${n}\${show(${v})}>\`), [...'x1y2'.matchAll(/[a-z](\\d)/g)].map((m) => m[1]), 'a-b_c'.split(/[-_]/), /^(?=.*\\d).+$/u.test('a1'), /(?<y>\\d{4})/.exec('in 2024')?.groups?.y);`,
  'symbols': ({ x, label, name }) => {
    const o = name('o');
    return `const ${o}: any = { [Symbol.toPrimitive](hint: any) { log(${label()}, hint); return 2; }, get [Symbol.toStringTag]() { return 'Tag'; }, static: 1 };\nlog(${label()}, ${o} * 3, \`\${${o}}\`, ${o} + 1, Object.prototype.toString.call(${o}), ${x} instanceof ({ [Symbol.hasInstance]: (v: any) => v === 1 } as any), Symbol.for('k') === Symbol.for('k'), Symbol('d').description);`;
  },
  'proxy': ({ x, label, name, use }) => {
    const p = name('p');
    return `const ${p}: any = ${use('watched')}(${label()}, { a: 1, f(this: any) { return this.a; } });\n${p}.b = ${x};\nlog(${label()}, ${p}.f(), 'a' in ${p}, delete ${p}.a, Object.keys(${p}), { ...${p} });`;
  },
  'proxy-awaited': ({ x, label, use, awaits }) =>
    awaits ? `log(${label()}, (await ${use('watched')}(${label()}, { a: ${x} })).a);` : `Promise.resolve(${use('watched')}(${label()}, { a: ${x} })).then((v: any) => log(${label()}, v.a));`,
  'bigint': ({ v, label }) => `log(${label()}, 2n ** 64n, -7n / 2n, BigInt.asUintN(8, 257n), 1_000_000, 0b101, 10n > 9, typeof 1n, BigInt('0x1f'), show(${v}).length);`,
  'date': ({ v, label }) =>
    `log(${label()}, new Date(Date.UTC(2024, 1, 29, 12)).toISOString(), new Date('2024-03-10T10:00:00Z').getTime(), JSON.stringify(new Date(1e12)), typeof Date.now(), ${v});`,
  'accessor-pairs': ({ x, label, name }) => {
    const o = name('o');
    return `const ${o} = Object.defineProperty({} as any, 'p', { get: async () => ${x}, enumerable: true });\n${o}.p.then((v: any) => log(${label()}, v), (e: any) => log(${label()}, e));`;
  },
  'class-expression': ({ x, v, label, name }) => {
    const c = name('K');
    return `const ${c}: any = class extends (${x}, Object) {\n  [show(${v})] = 1;\n  static #count = 0;\n  static made = ++this.#count;\n  static { log(${label()}, this.made, this.name); }\n  static has(v: any): boolean { return #count in v; }\n};\nlog(${label()}, ${c}.has(${c}), ${c}.has({}), Object.keys(new ${c}()), ${c}.name);`;
  },
} as const satisfies Pieces;

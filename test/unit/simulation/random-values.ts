/**
 * Why this file exists: expressions for values of every kind, nested at random, and statements that print them. Each is
 * JavaScript that real Node runs as it is.
 */
import fc from 'fast-check';

const primitives = [
  '0', '-0', '1.5', 'NaN', '-1e21', '10n', 'true', 'null', 'undefined', "Symbol('s')", 'Symbol.iterator', "''", "'a'", "'it\\'s'",
  "'both \\' and \"'", "'line\\nbreak'", "'\\u0001\\x7f\\ud800'", "'é😀'", "'x'.repeat(90)", "'word '.repeat(30)", "'a\\nb\\n'.repeat(9)",
];
const plain = [
  '(function f() {})', '(() => 1)', '(async () => 1)', '(async function g() {})', '(function* gen() {})', '(class A {})', '(class extends Map {})',
  'Math.max', 'new Date(0)', 'new Date(NaN)', '/a+b/gi', 'new Number(-0)', "new String('str')", 'Object(7n)', 'new Uint8Array(3)',
  'new Float64Array([1.5, -0])', 'new ArrayBuffer(4)', 'new WeakMap()', 'Promise.resolve(5)', 'new Promise(() => {})',
  'new (class MyP extends Promise {})(() => {})', '(function* gen() {})()', '[1][Symbol.iterator]()', 'new Map([[1, 2], [3, 4]]).entries()',
  'new Set([1, [2]]).values()', '(() => { const i = new Map([[1, 2], [3, 4]]).keys(); i.next(); return i; })()', 'Math', 'Object.create(Array.prototype)',
  'Object.assign(/x/y, { p: 1 })', '(() => { const c = { list: [] }; c.self = c; c.list.push(c, { c }); return c; })()',
];
const keys = ['a', 'b', 'longKeyName', "'quoted-key'", '1', "''", "[Symbol('k')]", 'name'];
const wrappers: readonly ((value: string) => string)[] = [
  (value) => `[${value}]`,
  (value) => `[, ${value}, ,]`,
  (value) => `new Map([['k', ${value}], [${value}, 1]])`,
  (value) => `new Set([${value}, ${value}])`,
  (value) => `new (class Foo { constructor() { this.a = ${value}; } #p = 1; get g() { return 1; } })()`,
  (value) => `new (class MyMap extends Map {})([[1, ${value}]])`,
  (value) => `Object.assign(Object.create(null), { a: ${value} })`,
  (value) => `new Proxy({ a: ${value} }, {})`,
  (value) => `Promise.resolve(${value})`,
  (value) => `Object.assign(new Error('m', { cause: ${value} }), { stack: 'Error: m\\n    at q (z.js:1:1)', extra: ${value} })`,
  (value) => `Object.assign(new TypeError('t'), { stack: ${value} })`,
  (value) => `{ [Symbol.toStringTag]: 'Tag', a: ${value} }`,
  (value) => `{ [Symbol.for('nodejs.util.inspect.custom')]() { return ${value}; } }`,
  (value) => `Array.from({ length: 27 }, (_, i) => (i % 5 ? i : ${value}))`,
  (value) => `Array.from({ length: 105 }, () => (${value}))`,
  (value) => `Object.assign([${value}], { extra: 1 })`,
  (value) => `{ a: { b: { c: ${value} } } }`,
];

const { value } = fc.letrec<{ value: string }>((tie) => {
  const property = fc.tuple(fc.constantFrom(...keys), tie('value')).map(([key, each]) => `${key}: ${each}`);
  const object = fc.array(property, { maxLength: 5 }).map((each) => `{ ${each.join(', ')} }`);
  const list = fc.array(tie('value'), { maxLength: 8 }).map((each) => `[${each.join(', ')}]`);
  const wrapped = fc.tuple(fc.constantFrom(...wrappers), tie('value')).map(([wrap, each]) => wrap(each));
  const leaf = fc.constantFrom(...primitives, ...plain);
  return { value: fc.oneof({ depthSize: 'small', withCrossShrink: true }, leaf, object, list, wrapped) };
});

const options = fc.constantFrom(
  '{ depth: 0 }', '{ depth: null }', '{ colors: true }', '{ compact: false }', '{ compact: 1 }', '{ breakLength: 40 }', '{ sorted: true }',
  '{ getters: true }', '{ maxArrayLength: 2 }', '{ maxStringLength: 5 }', '{ showProxy: true }', '{ numericSeparator: true }',
);
const formats = fc.constantFrom("'%s'", "'%s %d'", "'%i %f'", "'%j'", "'%O'", "'100% %x'", "'%c|'");

/** A statement that prints one or two values. */
export const printing: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: value.map((each) => `console.log(${each})`) },
  { weight: 2, arbitrary: fc.tuple(value, options).map(([each, given]) => `console.dir(${each}, ${given})`) },
  { weight: 1, arbitrary: fc.tuple(formats, value, value).map((parts) => `console.log(${parts.join(', ')})`) },
  { weight: 1, arbitrary: value.map((each) => `console.table(${each})`) },
);

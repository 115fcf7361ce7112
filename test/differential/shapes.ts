/** Why this file exists: random values of every kind, as plain data, for what `console.log` makes of them. */
import fc from 'fast-check';

export type Shape =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'list'; readonly items: readonly Shape[]; readonly repeat: number; readonly extra: boolean; readonly holes: boolean }
  | { readonly kind: 'object'; readonly entries: readonly Entry[]; readonly made: 'plain' | 'null' | 'class' | 'tagged' | 'frozen' }
  | { readonly kind: 'map' | 'set'; readonly items: readonly Shape[]; readonly view: 'whole' | 'values' | 'entries' }
  | { readonly kind: 'promise'; readonly state: 'fulfilled' | 'rejected' | 'pending'; readonly with: Shape }
  | { readonly kind: 'error'; readonly made: 'plain' | 'cause' | 'named' | 'class' | 'aggregate' | 'extra'; readonly with: Shape }
  | { readonly kind: 'circle'; readonly of: Shape }
  | { readonly kind: 'proxy'; readonly of: Shape }
  | { readonly kind: 'custom'; readonly of: Shape };

export interface Entry {
  readonly key: string;
  readonly how: 'value' | 'getter' | 'setter' | 'both' | 'symbol' | 'hidden';
  readonly value: Shape;
}

/** How a value is shown. */
export type ShowMethod = (typeof showMethods)[number];
export const showMethods = [
  'log', 'error', 'warn', 'info', 'debug', 'dir', 'table', 'group', 'assert', 'format', 'inspect', 'two', 'string', 'number', 'json', 'object', 'depth', 'count',
] as const;

/**
 * Expressions without anything inside; each is printed in a way of its own. Constructors of the language, their
 * prototypes and `Math` are not among them: what newer versions of Node have is there too, and their members cannot all
 * be put in V8's order.
 */
const literals = [
  '0', '-0', '1.5', '1e21', 'NaN', '-Infinity', '12n', '123456789', 'true', 'undefined', 'null', 'Symbol()', "Symbol('s')", 'Symbol.iterator', '/a+\\/b/gi',
  'new Date(0)', 'new Date(NaN)', 'function named() {}', '() => {}', 'async () => {}', 'function* steps() {}', 'async function* many() {}', 'class {}',
  'class A1 extends Array {}', 'class N1 { static s = 1 }', 'new Number(3)', "new String('abc')", 'Object(Symbol.iterator)', 'Object(1n)', 'new Boolean(false)',
  'new Uint8Array([1, 2, 3])', 'new Float64Array(2)', 'new ArrayBuffer(4)', 'new DataView(new ArrayBuffer(2))', 'new WeakMap()', 'new WeakSet()', 'JSON',
  '(function () { return arguments; })(1, 2)', '(function* inner() {})()', '(async function* () {})()', 'Object.assign(() => {}, { a: 1 })',
  'Object.create({ inherited: 1 })', 'Object.create(class Made {}.prototype)', 'new (class extends Map {})([[1, 2]])', 'new (class Own extends Array {})(1, 2, 3)',
  'new (class extends Promise<any> {})(() => {})', 'Object.assign([1], { 7: 2 })', 'Reflect', 'Promise.resolve(1)', '[undefined, null]',
  'new (class Kept { #hidden = 1; open = 2; get g() { return 3; } })()', 'new (class extends Set { tag = 1; })([1])', 'BigInt64Array.of(1n)', 'new Error("e").message',
];

const keys = ['a', 'b', 'c', 'longer', 'with space', "quo'te", '1', '-1', 'über', 'constructor', 'then', '__proto__x', ''];
const strings = ['', 'a', 'plain text', "it's", 'say "x"', 'both \' and "', 'line\nbreak', 'tab\t', '\u0000\u001b', '☃', '😀', '\ud800', 'back\\slash', '`tick`', '%s'];
const long = 'lorem ipsum dolor sit amet, consectetur adipiscing elit '.repeat(3);

function is<const K extends string>(kind: K): fc.Arbitrary<K> {
  return fc.constant(kind);
}

const leaf: fc.Arbitrary<Shape> = fc.oneof(
  { withCrossShrink: true },
  { weight: 2, arbitrary: fc.record({ kind: is('literal'), text: fc.constantFrom('1', '2', "'s'", 'true') }) },
  { weight: 3, arbitrary: fc.record({ kind: is('literal'), text: fc.constantFrom(...literals) }) },
  { weight: 2, arbitrary: fc.record({ kind: is('string'), value: fc.constantFrom(...strings, long) }) },
);

const tied = fc.letrec<{ shape: Shape; entry: Entry }>((tie) => {
  const shape = tie('shape');
  function items(maxLength: number): fc.Arbitrary<Shape[]> {
    return fc.array(shape, { maxLength, size: 'max' });
  }
  return {
    shape: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'shape', depthSize: 'medium', withCrossShrink: true },
      { weight: 5, arbitrary: leaf },
      { weight: 4, arbitrary: fc.record({ kind: is('list'), items: items(8), repeat: fc.constantFrom(1, 1, 1, 1, 3, 30), extra: fc.nat({ max: 9 }).map((n) => n === 9), holes: fc.nat({ max: 9 }).map((n) => n === 9) }) },
      { weight: 6, arbitrary: fc.record({ kind: is('object'), entries: fc.array(tie('entry'), { maxLength: 6, size: 'max' }), made: fc.constantFrom<('plain' | 'null' | 'class' | 'tagged' | 'frozen')[]>('plain', 'plain', 'plain', 'plain', 'null', 'class', 'tagged', 'frozen') }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom<('map' | 'set')[]>('map', 'set'), items: items(5), view: fc.constantFrom<('whole' | 'values' | 'entries')[]>('whole', 'whole', 'values', 'entries') }) },
      { weight: 1, arbitrary: fc.record({ kind: is('promise'), state: fc.constantFrom<('fulfilled' | 'rejected' | 'pending')[]>('fulfilled', 'rejected', 'pending'), with: shape }) },
      { weight: 1, arbitrary: fc.record({ kind: is('error'), made: fc.constantFrom<('plain' | 'cause' | 'named' | 'class' | 'aggregate' | 'extra')[]>('plain', 'cause', 'named', 'class', 'aggregate', 'extra'), with: shape }) },
      { weight: 1, arbitrary: fc.record({ kind: is('circle'), of: shape }) },
      { weight: 1, arbitrary: fc.record({ kind: is('proxy'), of: shape }) },
      { weight: 1, arbitrary: fc.record({ kind: is('custom'), of: shape }) },
    ),
    entry: fc.record({
      key: fc.constantFrom(...keys),
      how: fc.constantFrom<Entry['how'][]>('value', 'value', 'value', 'value', 'value', 'value', 'getter', 'setter', 'both', 'symbol', 'hidden'),
      value: shape,
    }),
  };
});

export const shapes: fc.Arbitrary<Shape> = tied.shape;

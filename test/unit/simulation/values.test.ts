/** Why this file exists: made-up values are valid JavaScript, plausible for their type, and the same every time. */
import assert from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import ts from 'typescript';
import { argumentsFor, madeUpArguments, valuesByName } from '../../../src/simulation/lower/values';

/** The value made for a parameter of this type, in a file with these declarations. */
function valueFor(type: string, declarations = ''): string {
  return parametersFor(`async function f(x: ${type}) {}`, declarations)[0] ?? 'none';
}

function functionIn(text: string, declarations = ''): ts.SignatureDeclaration {
  const source = ts.createSourceFile('made.ts', `${text}\n${declarations}`, ts.ScriptTarget.ES2022, true);
  const [first] = source.statements;
  if (first === undefined || !ts.isFunctionDeclaration(first)) throw new Error('the text begins with no function');
  return first;
}

function parametersFor(text: string, declarations = ''): string[] {
  return argumentsFor(functionIn(text, declarations));
}

const types: readonly (readonly [type: string, expression: string])[] = [
  ['number', '1'],
  ['string', "'x'"],
  ['boolean', 'true'],
  ['bigint', '1n'],
  ['symbol', "Symbol('x')"],
  ['object', '{}'],
  ['null', 'null'],
  ['undefined', 'undefined'],
  ['unknown', 'undefined'],
  ['any', 'undefined'],
  ["'north' | 'south'", "'north'"],
  ['null | undefined | string', "'x'"],
  ['42', '42'],
  ['-1', '-1'],
  ['number[]', '[1, 2]'],
  ['readonly string[]', "['x 1', 'x 2']"],
  ['[number, name: string]', "[1, 'x']"],
  ['{ id: number; tags: string[] }', "{ id: 1, tags: ['tag 1', 'tag 2'] }"],
  ["{ 'quoted key': boolean; method(): number }", "{ 'quoted key': true, method: () => 1 }"],
  ['() => number', '() => 1'],
  ['(n: number) => { a: number }', '() => ({ a: 1 })'],
  ['Promise<number>', 'Promise.resolve(1)'],
  ['Promise<void>', 'Promise.resolve(undefined)'],
  ['Map<string, number>', "new Map([['key', 1]])"],
  ['Set<number>', 'new Set([1, 2])'],
  ['Record<string, boolean>', '{ key: true }'],
  ['Date', 'new Date()'],
  ['Error', "new Error('x')"],
  ['RegExp', '/.*/'],
  ['Partial<{ a: number }>', '{ a: 1 }'],
  ['(number)', '1'],
  ['Unknown', '{}'],
];

describe('simulation: values made from types', () => {
  for (const [type, expression] of types) {
    it(`${type} becomes ${expression}`, () => {
      assert.equal(valueFor(type), expression);
      assert.doesNotThrow(() => evaluate(expression));
    });
  }

  it('follows what the file declares', () => {
    const declarations = `interface User { id: number; friend?: User }
type Alias = { list: User[] };
enum Level { Low, High }
class Store { constructor(readonly name: string, size = 3) {} }`;
    assert.match(valueFor('User', declarations), /^\{ id: 1, friend: \{ id: 1, friend: /);
    assert.match(valueFor('Alias', declarations), /^\{ list: \[\{ id: 1/);
    assert.equal(valueFor('Level', declarations), 'Level.Low');
    assert.equal(valueFor('Store', declarations), "new Store('name', undefined)");
  });

  it('ends for types that hold themselves', () => {
    const text = valueFor('Node', 'interface Node { left: Node; right: Node; all: Node[] }');
    assert.ok(text.length < 5000, `${text.length} characters`);
    assert.doesNotThrow(() => evaluate(text));
    assert.doesNotThrow(() => evaluate(valueFor('Loop', 'type Loop = Loop[]')));
  });

  it('guesses by the name where there is no type', () => {
    assert.deepEqual(parametersFor('function f(id, callback, ms, name, { a }, [b]) {}'), ['1', '() => {}', '1', "'name'", '{}', '[]']);
  });

  it('leaves defaults to the function, and skips `this` and rest parameters', () => {
    assert.deepEqual(parametersFor('function f(this: Window, a: number, b = 5, ...rest: string[]) {}'), ['1', 'undefined']);
  });

  it('shows the values that are made, with names and types as they are written', () => {
    const made = madeUpArguments(functionIn('function f(id: number, { a }: { a: string }, retries = 3, plain) {}'));
    assert.deepEqual(made, [
      { name: 'id', type: 'number', expression: '1' },
      { name: '{ a }', type: '{ a: string }', expression: "{ a: 'a' }" },
      { name: 'retries', type: 'unknown', expression: '3' },
      { name: 'plain', type: 'unknown', expression: "'plain'" },
    ]);
  });

  it('gives the parts of a pattern one by one, for a selection that uses them', () => {
    const made = valuesByName(functionIn('function f({ id, name: label }: { id: number; name: string }, [first]: number[], ...rest: string[]) {}'));
    assert.deepEqual(made.map(({ name }) => name), ['id', 'label', 'first', 'rest']);
    const values = made.map(({ expression }) => evaluate(expression));
    assert.deepEqual(values, [1, 'name', 1, []]);
  });
});

function evaluate(expression: string): unknown {
  return runInThisContext(`(${expression})`);
}

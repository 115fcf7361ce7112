/**
 * Why this file exists: stacks are what a learner reads first. Chains of calls of all kinds, each failing at its end,
 * are made from the tables in test/fixtures/stacks: ways to run code (`= ` before an expression that runs it, `: `
 * before a statement), what stands around a call, and what fails. Real Node and the simulation must print the same.
 */
import fs from 'node:fs';
import path from 'node:path';

type Random = () => number;

interface Way {
  readonly declaration: string;
  readonly expressions: readonly string[];
  readonly statements: readonly string[];
}

const folder = path.resolve('test/fixtures/stacks');
const ends = lines('ends.txt');
const contexts = lines('contexts.txt');
const ways = waysOf('ways.txt');
const asyncWays = waysOf('async-ways.txt');

function lines(name: string): string[] {
  return fs.readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n');
}

function waysOf(name: string): Way[] {
  return lines(name).join('\n').split('\n\n').map((block) => {
    const all = block.split('\n');
    const marked = (mark: string): string[] => all.filter((each) => each.startsWith(mark)).map((each) => each.slice(2));
    const declaration = all.filter((each) => !/^[=:] /.test(each)).join('\n');
    return { declaration, expressions: marked('= '), statements: marked(': ') };
  });
}

/** mulberry32: numbers from 0 to below 1. */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('an empty table');
  return found;
}

/** The body of one function: declarations that call each other, the last of them called. */
function chain(seed: number, isAsync: boolean): string {
  const random = randomFrom(seed * 7919 + (isAsync ? 13 : 0));
  const length = 1 + (seed % 4);
  let fails = pick(random, ends);
  let statement: string | undefined;
  const declarations: string[] = [];
  for (let i = 1; i <= length; i++) {
    const awaits = isAsync && i > length / 2;
    const way = pick(random, awaits ? asyncWays : ways);
    const inner = statement ?? fails;
    const whole = statement;
    // Statements run as an expression too; what awaits does so in an async function.
    const value = whole === undefined ? inner : `(${awaits && /\bawait\b/.test(whole) ? 'async ' : ''}() => { ${whole} })()`;
    const body = (): string => whole ?? within(pick(random, contexts), inner);
    declarations.push(way.declaration.replaceAll('§', String(i)).replaceAll(/BODY|FAILS/g, (word) => (word === 'FAILS' ? value : body())));
    const runsByStatement = way.statements.length > 0 && random() < 0.5;
    statement = runsByStatement ? pick(random, way.statements).replaceAll('§', String(i)) : undefined;
    fails = pick(random, way.expressions).replaceAll('§', String(i));
  }
  return [...declarations, statement ?? `${fails};`].join('\n');
}

function within(context: string, expression: string): string {
  const isAlone = context === 'FAILS;' && /^(?:[[{(`'"]|function|class)/.test(expression);
  return context.replaceAll('FAILS', () => (isAlone ? `void ${expression}` : expression));
}

const head = `const fail = () => { throw new Error('e'); };
let nothing;
const o0 = { a: {}, n: {}, g: 1, k: (x) => ({}) };
const use = (...x) => undefined;
class Box { constructor(x) { this.x = x; } }
const bad = { toString() { throw new Error('bad'); } };
const frozen = Object.freeze([1]);
const tooDeep = () => { throw new RangeError('deep'); };
const show = (k, e) => {
  const lines = e instanceof Error ? String(e.stack).replaceAll(__dirname, '').split('\\n') : [typeof e];
  console.log(k + ' ' + lines.join('\\n'));
};
`;

/** A CommonJS program that runs the chains of these seeds and prints the stack of each. */
export function stackProgram(seeds: readonly number[], isAsync: boolean): string {
  const tests = seeds.map((seed) => `${isAsync ? 'async ' : ''}function t${seed}() {\n${chain(seed, isAsync)}\n}`);
  const list = `[${seeds.map((seed) => `[${seed}, t${seed}]`).join(', ')}]`;
  const loop = `for (const [k, t] of ${list}) try { ${isAsync ? 'await ' : ''}t(); console.log(k); } catch (e) { show(k, e); }`;
  return `${head}${tests.join('\n')}\n${isAsync ? `(async () => { ${loop} })();` : loop}\n`;
}

/** What was printed of each seed. */
export function bySeed(stdout: string): ReadonlyMap<string, string> {
  return new Map(stdout.split(/^(?=\d+(?: |$))/m).map((part) => [/^\d+/.exec(part)?.[0] ?? '', part.trim()]));
}

/** Why this file exists: Node 20 cannot judge what Node has from version 22 on: the specification does. */
import assert from 'node:assert/strict';
import { openSimulator, ranText } from './engine';

const programs: readonly (readonly [what: string, text: string, printed: string])[] = [
  ['awaits elements, holes and thenables', 'console.log(await Array.fromAsync([1, Promise.resolve(2), , { then(r) { r(3); } }]));', '[ 1, 2, undefined, 3 ]'],
  ['takes what is like an array, by its length', "console.log(await Array.fromAsync({ length: 2.9, 0: Promise.resolve('a') }));", "[ 'a', undefined ]"],
  ['maps with the index and awaits the answer', 'console.log(await Array.fromAsync([1, 2], async (x, i) => x * 10 + i));', '[ 10, 21 ]'],
  ['makes an instance of its receiver', 'class Mine extends Array {}\nconsole.log(await Mine.fromAsync([1]));', 'Mine(1) [ 1 ]'],
  [
    'closes a sync iterator when a value of it rejects',
    "const it = { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: Promise.reject('no') }), return() { console.log('closed'); return {}; } }) };\nconsole.log(await Array.fromAsync(it).catch((e) => e));",
    'closed\nno',
  ],
  [
    'closes an async iterator when the mapper throws',
    "const it = { [Symbol.asyncIterator]: () => ({ next: () => ({ done: false, value: 1 }), return() { console.log('closed'); return {}; } }) };\nconsole.log(await Array.fromAsync(it, () => { throw 'no'; }).catch((e) => e));",
    'closed\nno',
  ],
  ['rejects, never throws', 'console.log(await Array.fromAsync(null).catch((e) => e.name), await Array.fromAsync([], 5).catch((e) => e.name));', 'TypeError TypeError'],
  ['runs at once in Promise.try, with arguments', "const p = Promise.try((...a) => { console.log('at once'); return a.join(); }, 1, 2);\nconsole.log(await p);", 'at once\n1,2'],
  ['turns what Promise.try throws into a rejection', "console.log(await Promise.try(() => { throw 'no'; }).catch((e) => e));", 'no'],
  ['hands out the functions of Promise.withResolvers', 'const { promise, resolve } = Promise.withResolvers();\nresolve(8);\nconsole.log(await promise, resolve.name, resolve.length);', '8  1'],
];

describe('simulation: what newer versions of Node have', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const [what, text, printed] of programs) {
    it(what, async () => {
      const { stdout, stderr } = await ranText(simulator, text, { name: 'main.mjs' });
      assert.deepEqual({ stdout, stderr }, { stdout: `${printed}\n`, stderr: '' });
    });
  }
});

/** Why this file exists: how programs change the built-ins they run on, and a program that uses all of the runtime. */

/** Uses every queue, awaits, generators, combinators and errors, and only prints by one function of its own. */
export const everything = `
const print = console.log;
async function load(n: number): Promise<number> { await null; return n * 2; }
async function* items() { yield 1; yield await load(2); }
function* plain() { yield 'p'; yield 'q'; }
setTimeout(() => print('timer'), 5);
setImmediate(() => print('immediate'));
process.nextTick(() => print('tick'));
queueMicrotask(() => print('microtask'));
void (async () => {
  for await (const item of items()) print('item', item);
  for (const each of plain()) print(each);
  print('all', (await Promise.all([load(1), 2])).join());
  print((await Promise.allSettled([Promise.reject(new Error('no'))])).length);
  print(await Promise.race([load(3)]), await Promise.any([load(4)]));
  await Promise.reject(new Error('caught')).catch((e: Error) => print(e.message)).finally(() => print('finally'));
  try { await load((undefined as any).x); } catch (e) { print((e as Error).name); }
  const interval = setInterval(() => { clearInterval(interval); print('interval'); }, 3);
})();
print('sync');`;

/** Built-ins that programs replace, by mistake or by intent. */
export const patches: readonly (readonly [string, string])[] = [
  ['Array.prototype methods', "for (const k of ['push', 'pop', 'shift', 'map', 'filter', 'forEach', 'find', 'indexOf', 'includes', 'splice', 'slice', 'concat', 'sort', 'at']) if (k !== 'join') Object.defineProperty(Array.prototype, k, { value() { throw new Error('patched ' + k); }, configurable: true, writable: true });"],
  ['Map.prototype and Set.prototype methods', "for (const C of [Map, Set, WeakMap] as any[]) for (const k of ['get', 'set', 'has', 'add', 'delete', 'forEach']) if (k in C.prototype) C.prototype[k] = () => { throw new Error('patched'); };"],
  ['Promise on the global object', "(globalThis as any).Promise = Object.assign(function () { throw new Error('patched'); }, Promise, { resolve: Promise.resolve.bind(Promise), reject: Promise.reject.bind(Promise), all: Promise.all.bind(Promise), allSettled: Promise.allSettled.bind(Promise), any: Promise.any.bind(Promise), race: Promise.race.bind(Promise) });"],
  ['Reflect and Function.prototype.call', "for (const k of ['apply', 'get', 'construct', 'defineProperty', 'ownKeys', 'getOwnPropertyDescriptor']) (Reflect as any)[k] = () => { throw new Error('patched'); }; Function.prototype.call = Function.prototype.apply = Function.prototype.bind = () => { throw new Error('patched'); };"],
  ['Object.defineProperty, keys and create', "for (const k of ['defineProperty', 'keys', 'create', 'assign', 'entries', 'getPrototypeOf', 'setPrototypeOf', 'freeze', 'getOwnPropertyDescriptor']) (Object as any)[k] = () => { throw new Error('patched'); };"],
  ['setters on Object.prototype', "for (const k of ['task', 'run', 'done', 'kind', 'how', 'queue', 'origin', 'label', 'site', 'frame', 'promise', 'state', 'next', 'resolve', 'reject', 'capability', 'result', 'id', 'msecs', '0', '1']) Object.defineProperty(Object.prototype, k, { set(v) { throw new Error('setter ' + k); }, get() { return undefined; }, configurable: true });"],
  ['getters on Object.prototype', "for (const k of ['record', 'depth', 'signal', 'ref', 'then2', 'due', 'error', 'cause']) Object.defineProperty(Object.prototype, k, { get() { return undefined; }, set(v) { Object.defineProperty(this, k, { value: v, writable: true, enumerable: true, configurable: true }); }, configurable: true });"],
  ['setters on Array.prototype', "for (let i = 0; i < 10; i++) Object.defineProperty(Array.prototype, i, { set() { throw new Error('setter'); }, get() { return undefined; }, configurable: true });"],
  ['String.prototype and RegExp.prototype methods', "for (const C of [String, RegExp] as any[]) for (const k of ['replace', 'replaceAll', 'slice', 'indexOf', 'exec', 'test', 'match', 'split', 'search', 'startsWith']) if (k in C.prototype) C.prototype[k] = () => { throw new Error('patched'); };"],
  ['Error and its prototype', "(globalThis as any).Error = function () { throw 1; }; (globalThis as any).Error.prototype = {}; (globalThis as any).TypeError = undefined; (globalThis as any).Error = class Error { name = 'Error'; constructor(public message: string) {} };"],
  ['JSON, Math and Date', "(globalThis as any).JSON = undefined; (globalThis as any).Math = undefined; (globalThis as any).Date = undefined; (globalThis as any).Number = undefined; (globalThis as any).Symbol = undefined;"],
  ['generator prototypes', "const G = Object.getPrototypeOf(function* () {}).prototype; const nextOf = G.next; G.return = () => { throw new Error('patched'); }; G.throw = () => { throw new Error('patched'); };"],
  ['process methods', "(process as any).emit = () => false; (process as any).listenerCount = () => 0; (process as any).on = () => { throw new Error('patched'); };"],
];

/** Why this file exists: fast-check's recipes for random programs. Failures shrink to the first choice of each. */
import fc from 'fast-check';
import type { ClassNode, Member } from './class-node';
import { awaitForms, hookEvents } from './program';
import type {
  Block, FileNode, FunctionNode, Handler, Hook, ImportLink, IterationSource, Link, Operand, Program, Promised, Request,
  Settling, Statement, Value,
} from './program';
import { pieceForms } from './render/pieces/all';
import { shapes, showMethods } from './shapes';

interface Recipes {
  operand: Operand;
  promised: Promised;
  settling: Settling;
  handler: Handler;
  link: Link;
  request: Request;
  source: IterationSource;
  block: Block;
  statement: Statement;
}

const pick = fc.nat({ max: 7 });
function few<T>(of: fc.Arbitrary<T>, minLength: number, maxLength: number): fc.Arbitrary<T[]> {
  return fc.array(of, { minLength, maxLength, size: 'max' });
}

function is<const K extends string>(kind: K): fc.Arbitrary<K> {
  return fc.constant(kind);
}

function weighted<T>(...options: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof({ withCrossShrink: true }, ...options.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** Three times in four the likely one, which is also what failures shrink to. */
function often<const T>(likely: T, ...rare: readonly T[]): fc.Arbitrary<T> {
  const options = rare.map<readonly [number, fc.Arbitrary<T>]>((value) => [1, fc.constant(value)]);
  return weighted([3 * rare.length, fc.constant(likely)], ...options);
}

const value: fc.Arbitrary<Value> = weighted<Value>(
  [5, fc.record({ kind: is('number'), value: fc.nat({ max: 9 }) })],
  [3, fc.record({ kind: is('string'), value: fc.constantFrom('a', 'b', 'c', 'd') })],
  [1, fc.record({ kind: is('undefined') })],
  [1, fc.record({ kind: is('error') })],
  [3, fc.record({ kind: is('variable'), pick })],
  [1, fc.record({ kind: is('shared') })],
);

const recipes = fc.letrec<{ [K in keyof Recipes]: Recipes[K] }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'program', depthSize: 'large', withCrossShrink: true },
    { weight: 2, arbitrary: fc.record({ kind: is('value'), value }) },
    { weight: 3, arbitrary: fc.record({ kind: is('promise'), promise: tie('promised') }) },
  ),
  settling: fc.record({
    how: fc.constantFrom<Settling['how'][]>('resolve', 'resolve', 'resolve', 'resolve', 'reject', 'throw'),
    when: often<Settling['when']>('now', 'tick', 'microtask', 'job', 'timer', 'immediate'),
    with: tie('operand'),
  }),
  promised: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'program', depthSize: 'large', withCrossShrink: true },
    { weight: 4, arbitrary: fc.record({ kind: is('resolve'), with: fc.record({ kind: is('value'), value }) }) },
    { weight: 2, arbitrary: fc.record({ kind: is('resolve'), with: tie('operand') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('reject'), with: value }) },
    { weight: 2, arbitrary: fc.record({ kind: is('sleep'), delay: pick, with: value, library: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ kind: is('construct'), settlings: few(tie('settling'), 1, 3) }) },
    { weight: 3, arbitrary: fc.record({ kind: is('thenable'), shape: often('object', 'getter', 'class', 'function', 'throwing-getter'), settlings: few(tie('settling'), 1, 3) }) },
    { weight: 8, arbitrary: fc.record({ kind: is('call'), pick, argument: tie('operand') }) },
    { weight: 2, arbitrary: fc.record({ kind: is('immediately-called'), body: tie('block'), result: tie('operand'), arrow: fc.boolean() }) },
    { weight: 5, arbitrary: fc.record({ kind: is('chain'), head: tie('promised'), links: few(tie('link'), 1, 3) }) },
    { weight: 3, arbitrary: fc.record({ kind: is('combine'), method: fc.constantFrom('all', 'allSettled', 'any', 'race'), items: few(tie('operand'), 0, 3), from: often('array', 'set', 'generator') }) },
    { weight: 3, arbitrary: fc.record({ kind: is('variable'), pick }) },
    { weight: 1, arbitrary: fc.record({ kind: is('exotic'), shape: fc.constantFrom('subclass', 'subclass-resolve', 'own-then', 'self-resolved', 'constructor-changed'), with: value }) },
  ),
  handler: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'program', depthSize: 'large', withCrossShrink: true },
    { weight: 3, arbitrary: fc.record({ kind: is('pass-on') }) },
    { weight: 4, arbitrary: fc.record({ kind: is('return'), with: tie('operand') }) },
    { weight: 2, arbitrary: fc.record({ kind: is('throw'), with: value }) },
    { weight: 2, arbitrary: fc.record({ kind: is('block'), body: tie('block'), async: fc.boolean(), with: tie('operand') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('not-a-function') }) },
  ),
  link: fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.record({ kind: is('then'), handler: tie('handler') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('then-both'), handler: tie('handler'), rejected: tie('handler') }) },
    { weight: 2, arbitrary: fc.record({ kind: is('catch'), handler: tie('handler') }) },
    { weight: 2, arbitrary: fc.record({ kind: is('finally'), handler: tie('handler') }) },
  ),
  request: fc.record({ kind: often<Request['kind']>('next', 'throw', 'return'), with: tie('operand') }),
  source: fc.oneof(
    { maxDepth: 6, depthIdentifier: 'program', depthSize: 'large', withCrossShrink: true },
    { weight: 2, arbitrary: fc.record({ kind: is('iterator'), async: fc.boolean(), count: fc.nat({ max: 3 }) }) },
    { weight: 3, arbitrary: fc.record({ kind: is('array'), items: few(tie('operand'), 0, 3) }) },
    { weight: 2, arbitrary: fc.record({ kind: is('generator'), pick }) },
    { weight: 4, arbitrary: fc.record({ kind: is('async-generator'), pick }) },
  ),
  block: few(tie('statement'), 1, 3),
  statement: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'program', depthSize: 'large', withCrossShrink: true },
    { weight: 5, arbitrary: fc.record({ kind: is('log'), with: value }) },
    { weight: 2, arbitrary: fc.record({ kind: is('declare'), with: value }) },
    { weight: 7, arbitrary: fc.record({ kind: is('start'), promise: tie('promised'), care: fc.constantFrom('then-catch', 'then-catch', 'then-catch', 'catch', 'catch', 'catch', 'catch', 'none'), keep: fc.boolean() }) },
    { weight: 11, arbitrary: fc.record({ kind: is('await'), form: often(...awaitForms), with: tie('operand'), other: tie('operand'), guarded: often(true, false) }) },
    { weight: 3, arbitrary: fc.record({ kind: is('try'), body: tie('block'), handler: fc.option(tie('block'), { freq: 4 }), finalizer: fc.option(tie('block'), { freq: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ kind: is('if'), condition: value, then: tie('block'), otherwise: tie('block') }) },
    { weight: 2, arbitrary: fc.record({ kind: is('loop'), form: fc.constantFrom('for', 'while', 'do', 'for-of', 'labelled', 'for-in'), count: fc.integer({ min: 1, max: 3 }), body: tie('block') }) },
    { weight: 3, arbitrary: fc.record({ kind: is('for-await'), source: tie('source'), body: tie('block'), guarded: often(true, false) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: is('schedule'), queue: fc.constantFrom('tick', 'microtask', 'timer', 'immediate'), delay: pick, async: often(false, true), body: tie('block'),
        then: often('nothing', 'cancel', 'unref', 'keep'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: is('interval'), delay: pick, count: fc.integer({ min: 1, max: 3 }), body: tie('block') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('cancel'), pick }) },
    { weight: 1, arbitrary: fc.record({ kind: is('phases'), delay: pick }) },
    { weight: 2, arbitrary: fc.record({ kind: is('generator'), pick, requests: few(tie('request'), 1, 4), use: often('requests', 'spread', 'destructure', 'for-of') }) },
    { weight: 3, arbitrary: fc.record({ kind: is('async-generator'), pick, requests: few(tie('request'), 1, 4), queued: fc.boolean() }) },
    { weight: 4, arbitrary: fc.record({ kind: is('yield'), with: tie('operand') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('delegate'), source: tie('source') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('return'), with: tie('operand'), await: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ kind: is('throw'), with: value }) },
    { weight: 1, arbitrary: fc.record({ kind: is('jump'), how: fc.constantFrom('break', 'continue') }) },
    { weight: 1, arbitrary: fc.record({ kind: is('share'), with: tie('operand') }) },
    { weight: 14, arbitrary: fc.record({ kind: is('piece'), form: fc.constantFrom(...pieceForms), pick: fc.nat({ max: 255 }), with: tie('operand'), other: tie('operand'), value, body: tie('block') }) },
    { weight: 4, arbitrary: fc.record({ kind: is('show'), method: often('log', ...showMethods), shapes: fc.tuple(shapes, shapes) }) },
    { weight: 4, arbitrary: fc.record({ kind: is('imported'), pick }) },
  ),
}));

const color = fc.constantFrom<FunctionNode['color'][]>(
  'async', 'async', 'async', 'sync', 'generator', 'async-generator', 'async-generator',
);

const functionNode: fc.Arbitrary<FunctionNode> = fc.record({
  color,
  form: often<FunctionNode['form']>('declaration', 'expression', 'arrow', 'method', 'static', 'object', 'namespace'),
  parameter: often<FunctionNode['parameter']>('plain', 'default', 'rest', 'pattern'),
  body: few(recipes.statement, 1, 4),
  result: recipes.operand,
  ending: often<FunctionNode['ending']>('return', 'return-await', 'throw', 'none'),
});

const member: fc.Arbitrary<Member> = weighted<Member>(
  [3, fc.record({ kind: is('field'), static: fc.boolean(), name: fc.constantFrom('plain', 'private', 'computed', 'accessor'), value, decorated: fc.boolean() })],
  [4, fc.record({ kind: is('method'), static: often(false, true), name: fc.constantFrom('plain', 'private', 'computed'), color, body: few(recipes.statement, 0, 2), result: recipes.operand, decorated: often(false, true), calls: fc.constantFrom('nothing', 'this', 'super') })],
  [1, fc.record({ kind: is('accessors'), static: fc.boolean(), private: fc.boolean(), body: few(recipes.statement, 0, 2) })],
  [1, fc.record({ kind: is('static-block'), body: few(recipes.statement, 0, 2) })],
);

const classNode: fc.Arbitrary<ClassNode> = fc.record({
  parent: fc.option(pick),
  decorated: often(false, true),
  parameterProperties: fc.boolean(),
  constructed: few(recipes.statement, 0, 2),
  members: few(member, 1, 5),
});

const link: fc.Arbitrary<ImportLink> = fc.record({
  kind: fc.constantFrom<ImportLink['kind'][]>('namespace', 'named', 'default', 'side-effect', 're-export', 'star', 'dynamic', 'require'), pick,
});

const file: fc.Arbitrary<FileNode> = fc.record({
  format: fc.constantFrom<FileNode['format'][]>('module', 'module', 'module', 'commonjs', 'commonjs', 'json'),
  plain: often(false, true), links: few(link, 0, 3), awaits: fc.boolean(), body: few(recipes.statement, 0, 3),
});

/** Three programs in five are one file. */
const files: fc.Arbitrary<Pick<Program, 'files' | 'links'>> = weighted(
  [3, fc.record({ files: fc.constant<FileNode[]>([]), links: fc.constant<ImportLink[]>([]) })],
  [2, fc.record({ files: few(file, 1, 4), links: few(link, 1, 4) })],
);

const hook: fc.Arbitrary<Hook> = fc.record({
  event: fc.constantFrom(...hookEvents), does: often<Hook['does']>('nothing', 'schedule', 'exit-code', 'throw', 'print-all'),
});

/** Things that end or reshape a whole program: rare, and only at its top level. */
const rareStatement: fc.Arbitrary<Statement> = weighted<Statement>(
  [150, recipes.statement],
  [1, fc.record({ kind: is('exit'), code: fc.integer({ min: 2, max: 5 }), how: fc.constantFrom('exitCode', 'exit') })],
  [1, fc.record({ kind: is('start'), promise: fc.record({ kind: is('pending') }), care: is('catch'), keep: fc.boolean() })],
  [1, fc.record({ kind: is('await'), form: is('statement'), with: fc.record({ kind: is('promise'), promise: fc.record({ kind: is('pending') }) }), other: fc.record({ kind: is('value'), value }), guarded: fc.boolean() })],
);

/** Any random program; see render/ for its text. */
export const programs: fc.Arbitrary<Program> = fc.record({
  form: fc.constantFrom<Program['form'][]>('script', 'cts', 'mts', 'exports', 'top-level-await', 'mts', 'cts', 'tsx', 'cjs', 'mjs'),
  palette: fc.nat({ max: 15 }),
  settings: fc.option(
    fc.record({ useDefineForClassFields: fc.boolean(), experimentalDecorators: fc.boolean() }), { freq: 2 },
  ),
  hooks: weighted<readonly Hook[]>([3, fc.constant([])], [1, few(hook, 1, 2)]),
  classes: weighted<readonly ClassNode[]>([1, fc.constant([])], [1, few(classNode, 1, 2)]),
  functions: few(functionNode, 0, 4),
  files,
  body: few(rareStatement, 3, 7),
}).map(({ files: { files: all, links }, ...rest }) => ({ ...rest, files: all, links }));

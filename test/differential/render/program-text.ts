/** Why this file exists: a random program as the text of a TypeScript file, with only the helpers that it uses. */
import type { Hook, Program } from '../program';
import { renderFunction } from './functions';
import { renderBlock } from './statements';
import { count, indent, label } from './writer';
import type { Callable, Helper, Palette, Scope, Writer } from './writer';

export interface ProgramText {
  /** `.ts`, `.cts` or `.mts`. */
  readonly extension: string;
  /** Whether it is an ES module, by its extension or by its syntax. */
  readonly module: boolean;
  readonly text: string;
  /** How often each construct was written. */
  readonly counts: ReadonlyMap<string, number>;
}

/** How long the timers of one program may be: only combinations whose order real Node fixes. */
const palettes: readonly Palette[] = [
  ...Array<Palette>(4).fill({ delays: [30], immediates: false }),
  ...Array<Palette>(2).fill({ delays: [0], immediates: false }),
  { delays: [0, 1], immediates: false },
  { delays: [20, 50], immediates: false },
  { delays: [0, 40], immediates: false },
  { delays: [10], immediates: false },
  ...Array<Palette>(6).fill({ delays: 'apart', immediates: true }),
];

export function programText(program: Program): ProgramText {
  const module = program.form === 'mts' || program.form === 'exports' || program.form === 'top-level-await';
  const palette = palettes[program.palette % palettes.length] ?? { delays: [30], immediates: false };
  const writer: Writer = { palette, module, helpers: new Set(), counts: new Map(), ids: 0, timers: 0 };
  count(writer, `form ${program.form}`);
  const parts = [...program.hooks.map((hook) => renderHook(writer, hook)), ...renderMain(writer, program)];
  if (program.form === 'exports') parts.push('export const done = true;');
  if (program.form === 'top-level-await') parts.push("await 'the end';");
  const extension = program.form === 'mts' || program.form === 'cts' ? `.${program.form}` : '.ts';
  return { extension, module, text: `${[...preamble(writer), ...parts].join('\n')}\n`, counts: writer.counts };
}

function renderMain(writer: Writer, program: Program): string[] {
  const functions: Callable[] = [];
  const texts = program.functions.map((node) => {
    const { text, callable } = renderFunction(writer, node, [...functions]);
    functions.push(callable);
    return text;
  });
  const scope: Scope = { values: [], promises: [], handles: [], functions, awaits: writer.module, yields: 'no', returns: 'no', loops: false, throws: false };
  return [...texts, `log(${label(writer)});`, renderBlock(writer, scope, program.body), `log(${label(writer)});`];
}

function renderHook(writer: Writer, hook: Hook): string {
  count(writer, `on ${hook}`);
  if (hook === 'rejectionHandled') return `process.on('rejectionHandled', () => log('on ${hook}'));`;
  return `process.on('${hook}', (what: any) => log('on ${hook}', what));`;
}

/** Prints nothing that differs between engines: no stacks, and of an engine's own errors only the name. */
const show = `function show(v: any): string {
  if (v instanceof AggregateError) return \`AggregateError(\${v.errors.map(show).join(' ')})\`;
  if (v instanceof Error) return v.constructor === Error ? v.message : v.name;
  if (Array.isArray(v)) return \`[\${v.map(show).join(' ')}]\`;
  if (typeof v === 'function') return 'function';
  if (typeof v !== 'object' || v === null) return String(v);
  if (v instanceof Promise) return 'promise';
  if ('then' in v) return 'thenable';
  return \`{\${Object.entries(v).map(([key, value]) => \`\${key}:\${show(value)}\`).join(' ')}}\`;
}`;

const log = `function log(label: string, ...values: any[]): void {
  console.log([label, ...values.map(show)].join(' '));
}`;

const helperTexts: Readonly<Record<Helper, string>> = {
  'delay': "import { setTimeout as delay } from 'node:timers/promises';",
  'shared': 'let shared = 0;',
  'sleep': 'const sleep = (ms: number, value?: any): Promise<any> => new Promise((resolve) => setTimeout(resolve, ms, value));',
  'attempt': `function attempt(label: string, request: () => any): void {
  try {
    log(label, request());
  } catch (error) {
    log(label, 'threw', error);
  }
}`,
  'tag': 'const tag = (strings: TemplateStringsArray, ...values: any[]): string => strings.raw.join(values.map(show).join());',
  'iterate': `function iterate(label: string, count: number, async: boolean): any {
  let n = 0;
  const answer = (result: any): any => (async ? Promise.resolve(result) : result);
  const iterator = {
    next(value: any) {
      log(label, 'next', value);
      return answer({ value: ++n, done: n > count });
    },
    return(value: any) {
      log(label, 'return', value);
      return answer({ value, done: true });
    },
  };
  return { [async ? Symbol.asyncIterator : Symbol.iterator]: () => iterator };
}`,
  'Subclass': `class Subclass extends Promise<any> {
${indent('static made = 0;\nconstructor(executor: any) {\n  super(executor);\n  Subclass.made += 1;\n}')}
}`,
};

const helperOrder: readonly Helper[] = ['delay', 'shared', 'sleep', 'attempt', 'tag', 'iterate', 'Subclass'];

function preamble(writer: Writer): string[] {
  const [imports, rest] = [helperOrder.slice(0, 1), helperOrder.slice(1)];
  return [...textsOf(writer, imports), show, log, ...textsOf(writer, rest)];
}

function textsOf(writer: Writer, names: readonly Helper[]): string[] {
  return names.filter((name) => writer.helpers.has(name)).map((name) => helperTexts[name]);
}

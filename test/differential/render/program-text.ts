/** Why this file exists: a random program as the texts of its files, each with only the helpers that it uses. */
import ts from 'typescript';
import type { FileNode, Form, Hook, Program } from '../program';
import { renderClass } from './classes';
import { renderFunction } from './functions';
import { preamble } from './helper-texts';
import { exportTexts, renderLinks } from './links';
import type { FileFace } from './links';
import { renderBlock } from './statements';
import { count, fresh, indent, label } from './writer';
import type { Callable, Palette, Scope, Writer } from './writer';

export interface TextFile {
  /** `main.mts`; other files lie beside it. */
  readonly name: string;
  readonly text: string;
  readonly format: 'module' | 'commonjs' | 'json';
}

export interface ProgramText {
  /** The entry first; a tsconfig.json, where there is one, is not among them. */
  readonly files: readonly [TextFile, ...TextFile[]];
  readonly settings: Program['settings'];
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

const entryNames: Readonly<Record<Form, string>> = {
  'script': 'main.ts', 'exports': 'main.ts', 'top-level-await': 'main.ts', 'cts': 'main.cts', 'mts': 'main.mts', 'tsx': 'main.tsx', 'cjs': 'main.cts', 'mjs': 'main.mts',
};
const moduleForms: readonly Form[] = ['mts', 'exports', 'top-level-await', 'mjs'];

export function programText(program: Program): ProgramText {
  const palette = palettes[program.palette % palettes.length] ?? { delays: [30], immediates: false };
  const common = { palette, counts: new Map<string, number>(), numbers: { ids: 0, timers: 0 } };
  const faces = [entryFace(program.form), ...program.files.map(faceOf)];
  const settings = program.settings;
  const isModule = moduleForms.includes(program.form);
  const entry = entryText({ ...common, module: isModule, helpers: new Set() }, program, faces);
  const others = program.files.map((file, index) => {
    const writer = { ...common, module: file.format === 'module', helpers: new Set<never>() };
    return fileText(writer, file, faceOf(file, index), faces, settings);
  });
  const plain = program.form === 'cjs' || program.form === 'mjs';
  return { files: [plainIf(plain, entry, settings), ...others], settings, counts: common.counts };
}

function entryFace(form: Form): FileFace {
  const name = entryNames[form].replace(/tsx?$/, 'js');
  const format = moduleForms.includes(form) ? 'module' : 'commonjs';
  return { specifier: `./${name}`, format, syntax: format === 'module' || form === 'cts', index: 0 };
}

function faceOf(file: FileNode, position: number): FileFace {
  const index = position + 1;
  if (file.format === 'json') return { specifier: `./f${index}.json`, format: 'json', syntax: false, index };
  const extension = file.format === 'module' ? 'mjs' : 'cjs';
  return { specifier: `./f${index}.${extension}`, format: file.format, syntax: file.format === 'module' || !file.plain, index };
}

function entryText(writer: Writer, program: Program, faces: readonly FileFace[]): TextFile {
  const { form } = program;
  const [face] = faces;
  count(writer, `form ${form}`);
  if (program.settings !== null) count(writer, 'settings');
  const many = program.files.length > 0 && face !== undefined;
  const links = many ? renderLinks(writer, program.links, face, faces) : { head: [], body: [], reads: [] };
  const exported = many ? exportTexts(writer, face) : { before: [], after: [] };
  const hooks = program.hooks.map((hook) => renderHook(writer, hook));
  const main = [...links.body, ...renderMain(writer, program, links.reads)];
  const parts = [...hooks, ...exported.before, ...main, ...exported.after];
  if (form === 'exports') parts.push('export const done = true;');
  if (form === 'top-level-await') parts.push("await 'the end';");
  const text = `${[...links.head, ...preamble(writer), ...parts].join('\n')}\n`;
  return { name: entryNames[form], text, format: moduleForms.includes(form) ? 'module' : 'commonjs' };
}

function renderMain(writer: Writer, program: Program, reads: readonly string[]): string[] {
  const functions: Callable[] = [];
  const parents: string[] = [];
  const outer = fileScope(writer.module, [], reads);
  const classes = program.classes.map((node) => {
    const { text, callables } = renderClass(writer, node, { ...outer, functions: [...functions] }, parents);
    functions.push(...callables);
    return text;
  });
  const texts = program.functions.map((node) => {
    const { text, callable } = renderFunction(writer, node, [...functions], reads);
    functions.push(callable);
    return text;
  });
  const scope = fileScope(writer.module, functions, reads);
  return [...classes, ...texts, `log(${label(writer)});`, renderBlock(writer, scope, program.body), `log(${label(writer)});`];
}

function fileScope(awaits: boolean, functions: readonly Callable[], imports: readonly string[]): Scope {
  return { values: [], promises: [], handles: [], functions, imports, awaits, yields: 'no', returns: 'no', loops: false, throws: false };
}

function fileText(
  writer: Writer, file: FileNode, face: FileFace, faces: readonly FileFace[], settings: Program['settings'],
): TextFile {
  count(writer, `file ${file.format}`);
  const stem = `f${face.index}`;
  if (file.format === 'json') return { name: `${stem}.json`, text: `{ "from": ${face.index}, "list": [1, null] }\n`, format: 'json' };
  const links = renderLinks(writer, file.links, face, faces);
  const exported = exportTexts(writer, face);
  const scope = fileScope(file.format === 'module' && file.awaits, [], links.reads);
  const body = renderBlock(writer, scope, file.body);
  const parts = [`log(${label(writer)});`, ...exported.before, ...links.body, body, ...exported.after, `log(${label(writer)});`];
  const text = `${[...links.head, ...preamble(writer), ...parts].join('\n')}\n`;
  return plainIf(file.plain, { name: `${stem}.${file.format === 'module' ? 'mts' : 'cts'}`, text, format: file.format }, settings);
}

/** The same file as JavaScript, where it is to be that. */
function plainIf(plain: boolean, file: TextFile, settings: Program['settings']): TextFile {
  if (!plain || file.format === 'json') return file;
  const name = file.name.replace(/\.([mc])ts$/, '.$1js');
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.Preserve, ...settings };
  return { ...file, name, text: ts.transpileModule(file.text, { compilerOptions, fileName: file.name }).outputText };
}

function renderHook(writer: Writer, { event, does }: Hook): string {
  count(writer, `on ${event}`);
  count(writer, `hook ${does}`);
  if (event === 'rejectionHandled') return `process.on('rejectionHandled', () => log('on ${event}'));`;
  const lines = [`log('on ${event}', what?.name === 'Warning' ? what.message : what);`, ...hookLines(writer, event, does)];
  return `process.on('${event}', (what: any, ..._more: any[]) => {\n${indent(lines.join('\n'))}\n});`;
}

function hookLines(writer: Writer, event: Hook['event'], does: Hook['does']): string[] {
  const once = fresh(writer, 'n');
  switch (does) {
    case 'nothing': return [];
    case 'print-all': return ['log(typeof what, ..._more.map((v) => typeof v));'];
    case 'exit-code': return ['process.exitCode = 6;'];
    case 'throw': return event === 'exit' ? ["throw new Error('in exit');"] : [];
    // Once only: a timer in beforeExit keeps the process alive for another beforeExit.
    case 'schedule': return [`if (!(globalThis as any).${once}) {\n  (globalThis as any).${once} = true;\n  setTimeout(() => log(${label(writer)}), 1);\n  Promise.resolve().then(() => log(${label(writer)}));\n}`];
  }
}

/**
 * Why this file exists: a program as plain JavaScript for real Node: what tsc would emit for the entry and the files
 * that it imports, each in the format that the simulation decides on, so that Node 20 runs TypeScript too.
 */
import ts from 'typescript';
import type { EmittedFile, EmittedProgram, ReadText, SimulationRefused } from '../request';
import { formatOf, settingsFor } from './format';
import type { ModuleFormat, SourceText } from './lower-file';
import { directoryOf } from './paths';
import { projectRoot } from './project-root';
import { resolveSpecifier } from './resolve';
import { namedWorkerFiles } from './worker-files';

interface Specifier {
  /** Of its opening quote. */
  readonly start: number;
  readonly text: string;
  readonly target: string;
}

interface Planned extends SourceText {
  readonly format: ModuleFormat | 'json';
  /** Those that lead to files of the program. */
  readonly specifiers: readonly Specifier[];
}

/** Emits the program below one folder. What types alone import comes along and does no harm. */
export function emitProgram(entry: string, read: ReadText): EmittedProgram | SimulationRefused {
  if (read(entry) === undefined) return { kind: 'refused', message: `Cannot read '${entry}': check the path.` };
  const planned = planFiles(entry, read);
  const root = projectRoot(planned.map(({ path }) => path), read);
  const { names, types } = nameFiles(planned, root);
  const files = planned.map((file): EmittedFile => ({ name: names.get(file.path) ?? '', text: emitted(file, names, read) }));
  for (const [folder, type] of types) files.push({ name: `${folder}package.json`, text: JSON.stringify({ type }) });
  return { kind: 'emitted', entry: names.get(entry) ?? '', root, files };
}

function planFiles(entry: string, read: ReadText): readonly Planned[] {
  const planned: Planned[] = [];
  const paths = [entry];
  for (const path of paths) {
    const file = { path, text: read(path) ?? '' };
    const format = path.endsWith('.json') ? 'json' : formatOf(file, read);
    const specifiers = format === 'json' ? [] : specifiersOf(file, format === 'module', read);
    planned.push({ ...file, specifiers, format });
    for (const { target } of specifiers) if (!paths.includes(target)) paths.push(target);
  }
  return planned;
}

function specifiersOf(file: SourceText, isModule: boolean, read: ReadText): readonly Specifier[] {
  const imported = ts.preProcessFile(file.text, true, true).importedFiles.flatMap(({ fileName: text, pos: start }) => {
    const target = found(text, file.path, isModule, read);
    const isPlain = file.text.startsWith(text, start + 1); // without escapes
    return target !== undefined && isPlain ? [{ start, text, target }] : [];
  });
  const ofWorkers = namedWorkerFiles(file.text).flatMap(({ start, text }) => {
    const target = found(/^[./]/.test(text) ? text : `./${text}`, file.path, isModule, read);
    return target === undefined ? [] : [{ start, text, target }];
  });
  return [...imported, ...ofWorkers].sort((a, b) => a.start - b.start);
}

/** The file that a specifier leads to. A script requires and may import(), a module the other way round. */
function found(specifier: string, from: string, isModule: boolean, read: ReadText): string | undefined {
  for (const how of isModule ? (['import', 'require'] as const) : (['require', 'import'] as const)) {
    const target = resolveSpecifier(specifier, from, how, read);
    if (target.kind === 'file') return target.path;
  }
  return undefined;
}

interface Names {
  readonly names: ReadonlyMap<string, string>;
  /** What each folder's package.json says. */
  readonly types: ReadonlyMap<string, ModuleFormat>;
}

/** `.js` where the folder's package.json says the format, which is that of its first such file; else `.mjs`, `.cjs`. */
function nameFiles(planned: readonly Planned[], root: string): Names {
  const names = new Map<string, string>();
  const types = new Map<string, ModuleFormat>();
  const taken = new Set<string>();
  for (const { path, format } of planned) {
    const name = nameOf(path.slice(root.length), format, types);
    const free = taken.has(name) ? name.replace(/(\.\w+)$/, `-${taken.size}$1`) : name;
    taken.add(free);
    names.set(path, free);
  }
  return { names, types };
}

function nameOf(name: string, format: Planned['format'], types: Map<string, ModuleFormat>): string {
  if (format === 'json' || /\.[mc]js$/.test(name)) return name;
  if (/\.[mc]ts$/.test(name)) return name.replace(/ts$/, 'js');
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const type = types.get(folder) ?? format;
  types.set(folder, type);
  return name.replace(/\.[jt]sx?$/, type === format ? '.js' : format === 'module' ? '.mjs' : '.cjs');
}

/** JavaScript stays as it is, apart from where its imports lead. */
function emitted(file: Planned, names: ReadonlyMap<string, string>, read: ReadText): string {
  const text = redirected(file, names);
  if (!/\.[mc]?tsx?$/.test(file.path)) return text;
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: file.format === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext, // which keeps import() in CommonJS
    moduleDetection: ts.ModuleDetectionKind.Auto, // what has no import or export is a script
    esModuleInterop: true,
    inlineSourceMap: true,
    useDefineForClassFields: true,
    ...settingsFor(file.path, read),
    sourceRoot: `${directoryOf(file.path)}/`, // so that Node's stacks show the user's own file and positions
  };
  return ts.transpileModule(text, { compilerOptions, fileName: file.path }).outputText;
}

function redirected(file: Planned, names: ReadonlyMap<string, string>): string {
  const from = directoryOf(`/${names.get(file.path) ?? ''}`);
  let { text } = file;
  for (const { start, text: was, target } of file.specifiers.toReversed()) {
    text = `${text.slice(0, start + 1)}${relativeTo(from, names.get(target) ?? '')}${text.slice(start + 1 + was.length)}`;
  }
  return text;
}

function relativeTo(folder: string, name: string): string {
  const from = folder.split('/').filter((part) => part !== '');
  const to = name.split('/');
  let shared = 0;
  while (shared < from.length && from[shared] === to[shared]) shared += 1;
  const up = '../'.repeat(from.length - shared);
  return `${up === '' ? './' : up}${to.slice(shared).join('/')}`;
}

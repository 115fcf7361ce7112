/**
 * Why this file exists: the files of a program, found from the entry by their imports, and the one script that the
 * sandbox evaluates.
 */
import type { Site, TraceFile } from '../../trace/trace';
import type { HostKind, ReadText, SimulationRefused } from '../request';
import { formatInBrowser, formatOf, settingsFor, type ModuleFormat } from './format';
import { lowerFile, type LoweredFile, type SourceText, type SyntaxProblem } from './lower-file';
import { lowerText, type LoweredText } from './lower-text';
import { neededParts, partsInBrowser } from './needed-parts';
import { commonFolder, projectRoot } from './project-root';
import { refused } from './refused';
import { exportNamesOf } from './commonjs-names';
import { resolveSpecifier, type How, type MissingCode } from './resolve';
import { insidePath, shownPath } from './inside-paths';
import type { SiteTable } from './sites';
import type { LateModule } from '../late-modules';
import type { Sliced } from './start';

export interface LoweredProgram {
  readonly script: string;
  readonly files: readonly TraceFile[];
  readonly sites: readonly Site[];
  readonly texts: readonly (string | null)[];
  readonly maps: readonly CodeMap[];
  /** Parts of the guest that it may ask for. */
  readonly parts: readonly string[];
  /** What reports of errors quote: each file as stacks name it. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
  /** Lowers text that the program makes while it runs: `sites` and `texts` grow. */
  readonly lowerText: (text: string, flags: number) => LoweredText;
  readonly roots: Roots;
  /** The same for another agent: what it makes of text is its own. */
  readonly again: () => LoweredProgram;
}

/** Folders, each with a slash at its end. */
export interface Roots {
  /** What the program believes to be `/project`, and may see of the disk. */
  readonly home: string;
  /** What paths are shown relative to. */
  readonly shown: string;
}

/** Where a file's code stands in the script (line from 1), and its source map's mappings. */
export interface CodeMap {
  readonly path: string;
  readonly line: number;
  readonly lines: number;
  readonly column: number;
  readonly mappings: string;
  /** fault-places.ts, as JSON. */
  readonly faults: string;
}

interface LoadedFile {
  readonly path: string;
  /** What follows its path in the specifier: each is a module of its own. */
  readonly query: string;
  readonly format: 'commonjs' | 'module' | 'json';
  readonly text: string;
  readonly lowered: LoweredFile | undefined;
  /** What is wrong with a file that does not parse: who asks for it as the program runs is told. */
  readonly broken?: SyntaxProblem;
  readonly requests: Readonly<Record<How, Record<string, Requested>>>;
  /** What must be there before anything runs: files by number, and why one is not. */
  readonly needs: (number | SimulationRefused)[];
}

/** The number of a file, the name of a module of Node's, or why there is none. */
type Requested = number | string | { readonly code: MissingCode; readonly detail: string };

/**
 * Lowers the entry and whatever it imports. A file that does not parse, or an import that is not there, refuses the
 * whole, unless the program asks for it only while it runs. `late` is what it asked for in a run before this one.
 */
export function lowerProgram(
  sliced: Sliced,
  read: ReadText,
  late: readonly LateModule[] = [],
  given?: Roots,
  host: HostKind = 'node',
): LoweredProgram | SimulationRefused {
  const { entry } = sliced;
  const table: SiteTable = { sites: [], texts: [] };
  const files: LoadedFile[] = [];
  const byPath = new Map<string, number>();
  const queue: (SourceText & { readonly query: string })[] = [{ ...entry, query: '' }];
  byPath.set(entry.path, 0);
  const numberOf = (path: string, asked: string): number => {
    const text = read(path) ?? '';
    const query = asked !== '' && isModule({ path, text }, read) ? asked : '';
    const known = byPath.get(path + query);
    if (known !== undefined) return known;
    byPath.set(path + query, queue.push({ path, text, query }) - 1);
    return queue.length - 1;
  };
  for (let index = 0; index < queue.length; index++) {
    const file = queue[index];
    if (file === undefined) break;
    const format = host === 'browser' ? formatInBrowser(file, index === 0, read) : formatOf(file, read);
    const loaded = load(file, index, table, read, format, index === 0 ? sliced.isQuiet : () => false);
    files.push(loaded);
    for (const request of loaded.lowered?.facts.requests ?? []) {
      const { specifier, how, offset } = request;
      const target = resolveSpecifier(specifier, file.path, how, read);
      if (target.kind === 'missing') {
        if (!request.isOptional) loaded.needs.push(refused(file, offset, missingWords(specifier, target)));
        loaded.requests[how][specifier] = { code: target.code, detail: target.detail };
      } else if (target.kind === 'builtin') loaded.requests[how][specifier] = target.name;
      else {
        const number = numberOf(target.path, queryOf(specifier, how));
        loaded.requests[how][specifier] = number;
        if (!request.isOptional) loaded.needs.push(number);
      }
    }
    for (const { from, how, specifier, path } of late)
      if (from === file.path) loaded.requests[how][specifier] = numberOf(path, queryOf(specifier, how));
  }
  const problem = firstProblem(files);
  if (problem !== undefined) return problem;
  const paths = files.map((each) => each.path);
  const { home, shown } = given ?? { home: projectRoot(paths, read), shown: commonFolder(paths) };
  const { script, maps } = scriptOf(files, home, exportNamesOf(files));
  const sites = table.sites.map((site) => (site.file === 0 ? { ...site, ...sliced.placeOf(site) } : site));
  const { texts } = table;
  const common = {
    script,
    maps,
    parts: host === 'browser' ? partsInBrowser(files) : neededParts(files),
    roots: { home, shown },
    files: files.map((each, i) => ({
      path: shownPath(each.path, shown),
      text: i === 0 ? sliced.original.text : each.text,
    })),
    sources: files.map((each, i) => ({
      path: nameInStacks(each, home),
      text: i === 0 ? sliced.original.text : each.text,
    })),
  };
  const again = (): LoweredProgram => {
    const running: SiteTable = { sites: [...sites], texts: [...texts] };
    return { ...common, ...running, again, lowerText: (text, flags) => lowerText(text, flags, running) };
  };
  return again();
}

/** What follows the path of a file that is imported. */
function queryOf(specifier: string, how: How): string {
  if (how === 'require' || !/^(?:\.{0,2}\/|file:)/.test(specifier)) return '';
  return /[?#].*$/s.exec(specifier)?.[0] ?? '';
}

function isModule(file: SourceText, read: ReadText): boolean {
  return !file.path.endsWith('.json') && formatOf(file, read) === 'module';
}

/** What keeps the entry from starting: something wrong in it, or in what it imports. */
function firstProblem(files: readonly LoadedFile[]): SimulationRefused | undefined {
  const seen = new Set<number>();
  const search = (index: number): SimulationRefused | undefined => {
    const file = files[index];
    if (file === undefined || seen.has(index)) return undefined;
    seen.add(index);
    if (file.broken !== undefined) return refused(file, file.broken.offset, file.broken.message);
    for (const need of file.needs) {
      const found = typeof need === 'number' ? search(need) : need;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(0);
}

function missingWords(specifier: string, missing: { readonly code: MissingCode; readonly detail: string }): string {
  switch (missing.code) {
    case 'file':
      return `Cannot find '${specifier}': check the path, or add the file.`;
    case 'package':
      return `Cannot find the package '${specifier}' in a node_modules folder above: install it, or select code without it.`;
    case 'not-exported':
      return `${missing.detail}: import what the package exports.`;
    case 'not-imported':
      return `'${specifier}' is not in the "imports" of the nearest package.json.`;
  }
}

function load(
  file: SourceText & { readonly query: string },
  index: number,
  table: SiteTable,
  read: ReadText,
  format: ModuleFormat,
  isQuiet: Sliced['isQuiet'],
): LoadedFile {
  const common = { ...file, requests: { require: {}, import: {} }, needs: [] };
  if (file.path.endsWith('.json')) return { ...common, format: 'json', lowered: undefined };
  const lowered = lowerFile(file, index, format, settingsFor(file.path, read), table, isQuiet);
  if ('message' in lowered) return { ...common, format, lowered: undefined, broken: lowered };
  return { ...common, format, lowered };
}

/** The names under which the lowered program calls the runtime (guest/main.ts). */
const probeNames =
  's e x v q t u a w b i o d y p z l f h m c k g j ta r sc pl tk on ev ge lh uz'.split(' ');

/**
 * `let …; (function ($_, eval) { counters, probes; return { gate, modules } })`. The names are declared twice: for the
 * files, which reach theirs faster, and for text that becomes a script of its own.
 */
function scriptOf(
  files: readonly LoadedFile[],
  root: string,
  exportNames: ReadonlyMap<LoadedFile, readonly string[]>,
): { script: string; maps: CodeMap[] } {
  const probes = probeNames.map((name) => `${name}: $_${name}`).join(', ');
  let script =
    `let $_n = 0, $_lim = -1, $_dv, $_src, ${probeNames.map((name) => `$_${name}`).join(', ')};\n` +
    `(function ($_, eval) {\nlet $_n = 0, $_lim = -1, $_dv;\nconst { ${probes} } = $_;\n` +
    'return { gate: { steps: () => $_n, setLimit: (v) => { $_lim = v; } }, modules: [\n';
  const maps: CodeMap[] = [];
  for (const [index, file] of files.entries()) {
    const { before, code, path } = moduleText(file, index, root, exportNames.get(file) ?? []);
    script += before;
    maps.push({
      path,
      line: script.split('\n').length,
      lines: code.split('\n').length,
      column: script.length - script.lastIndexOf('\n') - 1,
      mappings: file.lowered?.mappings ?? '',
      faults: file.lowered?.faults ?? '[]',
    });
    script += `${code}; return $_src; })(),\n`;
  }
  return { script: `${script}] };\n})`, maps };
}

/** Where the program believes its files to be: one folder that is on no disk. */
function pathInside(file: LoadedFile, root: string): string {
  return insidePath(file.path, root);
}

function nameInStacks(file: LoadedFile, root: string): string {
  return `${file.format === 'module' ? 'file://' : ''}${pathInside(file, root)}${file.query}`;
}

function moduleText(
  file: LoadedFile,
  index: number,
  root: string,
  exportNames: readonly string[],
): { before: string; code: string; path: string } {
  const facts = file.lowered?.facts;
  const source = {
    path: pathInside(file, root),
    query: file.query,
    broken: file.broken?.message.replace(/^.*SyntaxError: /, ''),
    index,
    format: file.format,
    exportNames,
    site: file.lowered?.site ?? 0,
    json: file.format === 'json' ? file.text : '',
    requests: file.requests,
    requestSites: file.lowered?.requestSites ?? {},
    imports: facts?.imports ?? [],
    jsonImports: (facts?.requests ?? []).filter((each) => each.isJson).map((each) => each.specifier),
    reexports: facts?.reexports ?? [],
    stars: facts?.stars ?? [],
    hasTopLevelAwait: facts?.hasTopLevelAwait ?? false,
    usedNames: facts?.usedNames ?? [],
  };
  return {
    before: `(() => { const $_src = ${JSON.stringify(source)}; $_src.body = `,
    code: file.lowered?.code ?? 'undefined',
    path: nameInStacks(file, root),
  };
}

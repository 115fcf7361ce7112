/**
 * Why this file exists: the files of a program, found from the entry by their imports, and the one script that the
 * sandbox evaluates.
 */
import type { HostKind, Site, TraceFile } from '../../trace/trace';
import type { ReadText, SimulationRefused } from '../request';
import { loadFiles, originOf, packageToBlame, modulesAsked, standInsAmong, type LoadedFile } from './load-files';
import { lowerText, type LoweredText } from './lower-text';
import { neededParts, partsInBrowser } from './needed-parts';
import { commonFolder, projectRoot } from './project-root';
import { refused } from './refused';
import { exportNamesOf, type LexedNames } from './commonjs-names';
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
  /** Node's modules that its files ask for. */
  readonly modelled: readonly string[];
  /** Packages that are stood in for, by name. */
  readonly standIns: readonly string[];
  /** The package that the program imports and through which it came to this file of another's. */
  readonly blame: (file: number) => string | undefined;
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

/** What keeps a program from starting, and the package it lies in. */
export type RefusedProgram = SimulationRefused & { readonly blamed: string | undefined };

/**
 * Lowers the entry and whatever it imports. A file that does not parse, or an import that is not there, refuses the
 * whole, unless the program asks for it only while it runs. `late` is what it asked for in a run before this one,
 * `standIns` the packages that could not run in it.
 */
export function lowerProgram(
  sliced: Sliced,
  read: ReadText,
  late: readonly LateModule[] = [],
  given?: Roots,
  host: HostKind = 'node',
  standIns?: ReadonlySet<string>,
): LoweredProgram | RefusedProgram {
  const table: SiteTable = { sites: [], texts: [] };
  const files = loadFiles({ sliced, read, late, host, standIns: standIns ?? new Set(), table });
  const problem = firstProblem(files);
  const blamed = (path: string): string | undefined => packageToBlame(files, path);
  if (problem !== undefined) return { ...problem, blamed: blamed(problem.file ?? files[0]?.path ?? '') };
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
      ...originOf(each, sliced.entry.path),
    })),
    standIns: standInsAmong(files),
    modelled: modulesAsked(files),
    blame: (file: number): string | undefined => blamed(files[file]?.path ?? ''),
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

/** The names under which the lowered program calls the runtime (guest/main.ts). */
const probeNames =
  's e x v q t u a w b i o d y p z l f h m c k g j ta r sc pl tk on ev ge lh uz mu id in is rc wn pn kc'.split(' ');

/**
 * `let …; (function ($_, eval) { counters, probes; return { gate, modules } })`. The names are declared twice: for the
 * files, which reach theirs faster, and for text that becomes a script of its own.
 */
function scriptOf(
  files: readonly LoadedFile[],
  root: string,
  lexed: ReadonlyMap<LoadedFile, LexedNames>,
): { script: string; maps: CodeMap[] } {
  const probes = probeNames.map((name) => `${name}: $_${name}`).join(', ');
  let script =
    `let $_n = 0, $_lim = -1, $_dv, $_wo, $_wk, $_wt, $_src, ${probeNames.map((name) => `$_${name}`).join(', ')};\n` +
    `(function ($_, eval) {\nlet $_n = 0, $_lim = -1, $_dv, $_wo, $_wk, $_wt;\nconst { ${probes} } = $_;\n` +
    'return { gate: { steps: () => $_n, setLimit: (v) => { $_lim = v; } }, written: () => ({ object: $_wo, key: $_wk }), modules: [\n';
  const maps: CodeMap[] = [];
  for (const [index, file] of files.entries()) {
    const { before, code, path } = moduleText(file, index, root, lexed.get(file));
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
  lexed: LexedNames | undefined,
): { before: string; code: string; path: string } {
  const facts = file.lowered?.facts;
  const source = {
    path: pathInside(file, root),
    query: file.query,
    broken: file.broken?.message.replace(/^.*SyntaxError: /, ''),
    index,
    format: file.format,
    exportNames: lexed?.names ?? [],
    site: file.lowered?.site ?? 0,
    json: file.format === 'json' ? file.text : '',
    requests: file.requests,
    requestSites: file.lowered?.requestSites ?? {},
    imports: facts?.imports ?? [],
    jsonImports: (facts?.requests ?? []).filter((each) => each.isJson).map((each) => each.specifier),
    reexports: facts?.reexports ?? [],
    stars: lexed?.reexports ?? facts?.stars ?? [],
    hasTopLevelAwait: facts?.hasTopLevelAwait ?? false,
    usedNames: facts?.usedNames ?? [],
  };
  return {
    before: `(() => { const $_src = ${JSON.stringify(source)}${file.standsFor === undefined ? '' : ', madeUp = $_mu'}; $_src.body = `,
    code: file.lowered?.code ?? 'undefined',
    path: nameInStacks(file, root),
  };
}

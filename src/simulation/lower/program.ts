/**
 * Why this file exists: the files of a program, found from the entry by their imports, and the one script that the
 * sandbox evaluates.
 */
import type { Site, TraceFile } from '../../trace/trace';
import type { ReadText, SimulationRefused } from '../request';
import { formatOf, settingsFor } from './format';
import { lowerFile, type LoweredFile, type SourceText } from './lower-file';
import { refused } from './refused';
import { resolveSpecifier } from './resolve';
import type { SiteTable } from './sites';
import type { Sliced } from './start';

export interface LoweredProgram {
  readonly script: string;
  readonly files: readonly TraceFile[];
  readonly sites: readonly Site[];
  readonly texts: readonly (string | null)[];
  readonly maps: readonly CodeMap[];
  /** What reports of errors quote: each file as stacks name it. */
  readonly sources: readonly { readonly path: string; readonly text: string }[];
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
  readonly format: 'commonjs' | 'module' | 'json';
  readonly text: string;
  readonly lowered: LoweredFile | undefined;
  readonly requests: Record<string, number | string>;
}

/**
 * Lowers the entry and whatever it imports. A file that does not parse, or an import that is not there, refuses the
 * whole.
 */
export function lowerProgram(sliced: Sliced, read: ReadText): LoweredProgram | SimulationRefused {
  const { entry } = sliced;
  const table: SiteTable = { sites: [], texts: [] };
  const files: LoadedFile[] = [];
  const byPath = new Map<string, number>();
  const queue: SourceText[] = [entry];
  byPath.set(entry.path, 0);
  for (let index = 0; index < queue.length; index++) {
    const file = queue[index];
    if (file === undefined) break;
    const loaded = load(file, index, table, read, index === 0 ? sliced.isQuiet : () => false);
    if ('kind' in loaded) return loaded;
    files.push(loaded);
    for (const [specifier, offset] of loaded.lowered?.facts.requests ?? []) {
      const target = resolveSpecifier(specifier, file.path, read);
      if (target.kind === 'missing' && loaded.lowered?.facts.optional.has(specifier) === true) continue;
      if (target.kind === 'missing')
        return refused(file, offset, `Cannot find '${specifier}': check the path, or add the file.`);
      if (target.kind === 'package')
        return refused(
          file,
          offset,
          `The package '${specifier}' is not simulated yet: select code that does not need it.`,
        );
      if (target.kind === 'builtin') {
        loaded.requests[specifier] = target.name;
        continue;
      }
      const known =
        byPath.get(target.path) ??
        byPath.set(target.path, queue.push({ path: target.path, text: read(target.path) ?? '' }) - 1).get(target.path);
      loaded.requests[specifier] = known ?? 0;
    }
  }
  const root = commonRoot(files.map((each) => each.path));
  const { script, maps } = scriptOf(files, root);
  return {
    script,
    maps,
    files: files.map((each, i) => ({
      path: each.path.slice(root.length),
      text: i === 0 ? sliced.original.text : each.text,
    })),
    sites: table.sites.map((site) => (site.file === 0 ? { ...site, ...sliced.placeOf(site) } : site)),
    texts: table.texts,
    sources: files.map((each, i) => ({
      path: nameInStacks(each, root),
      text: i === 0 ? sliced.original.text : each.text,
    })),
  };
}

function load(
  file: SourceText,
  index: number,
  table: SiteTable,
  read: ReadText,
  isQuiet: Sliced['isQuiet'],
): LoadedFile | SimulationRefused {
  const common = { path: file.path, text: file.text, requests: {} };
  if (file.path.endsWith('.json')) return { ...common, format: 'json', lowered: undefined };
  const format = formatOf(file, read);
  const lowered = lowerFile(file, index, format, settingsFor(file.path, read), table, isQuiet);
  if ('message' in lowered) return refused(file, lowered.offset, lowered.message);
  return { ...common, format, lowered };
}

function commonRoot(paths: readonly string[]): string {
  const [first = ''] = paths;
  let root = first.slice(0, first.lastIndexOf('/') + 1);
  while (!paths.every((path) => path.startsWith(root)))
    root = root.slice(0, root.lastIndexOf('/', root.length - 2) + 1);
  return root;
}

/** `(function ($_) { counters, probes; return { gate, modules } })` */
function scriptOf(files: readonly LoadedFile[], root: string): { script: string; maps: CodeMap[] } {
  const probes = 'sexvqtuawbiodypzlfhmckgj'
    .split('')
    .map((name) => `${name}: $_${name}`)
    .join(', ');
  let script =
    `(function ($_) {\nlet $_n = 0, $_lim = -1, $_dv;\nconst { ${probes} } = $_;\n` +
    'return { gate: { steps: () => $_n, setLimit: (v) => { $_lim = v; } }, modules: [\n';
  const maps: CodeMap[] = [];
  for (const file of files) {
    const { before, code, path } = moduleText(file, root);
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
  return `/project/${file.path.slice(root.length)}`;
}

function nameInStacks(file: LoadedFile, root: string): string {
  return `${file.format === 'module' ? 'file://' : ''}${pathInside(file, root)}`;
}

function moduleText(file: LoadedFile, root: string): { before: string; code: string; path: string } {
  const facts = file.lowered?.facts;
  const source = {
    path: pathInside(file, root),
    format: file.format,
    site: file.lowered?.site ?? 0,
    json: file.format === 'json' ? file.text : '',
    requests: file.requests,
    requestSites: file.lowered?.requestSites ?? {},
    imports: facts?.imports ?? [],
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

/**
 * Why this file exists: the files of a program, found from the entry by their imports, each lowered; and what stands in
 * for packages that cannot run.
 */
import type { ReadText, SimulationRefused } from '../request';
import type { HostKind, TraceFile } from '../../trace/trace';
import { formatInBrowser, formatOf, settingsFor, type ModuleFormat } from './format';
import { lowerKept } from './kept-files';
import { lowerFile, type EmitSettings, type LoweredFile, type SourceText, type SyntaxProblem } from './lower-file';
import type { ModuleRequest } from './modules';
import { refused } from './refused';
import { packageFolder, packageNameOf } from './resolve-package';
import { resolveSpecifier, type How, type MissingCode, type Resolution } from './resolve';
import type { SiteTable } from './sites';
import { standInsFor } from './stand-ins/made-up-files';
import type { LateModule } from '../late-modules';
import type { Sliced } from './start';

export interface LoadedFile {
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
  /** The package that it stands in for, made up. */
  readonly standsFor?: string;
}

/** The number of a file, the name of a module of Node's, or why there is none. */
type Requested = number | string | { readonly code: MissingCode; readonly detail: string };

interface Program {
  readonly sliced: Sliced;
  readonly read: ReadText;
  readonly late: readonly LateModule[];
  readonly host: HostKind;
  /** Packages that could not run. */
  readonly standIns: ReadonlySet<string>;
  readonly table: SiteTable;
}

interface Queued extends SourceText {
  readonly query: string;
}

/** A request of the program's own code for a package that cannot run, or that only has types. */
interface Waiting {
  readonly file: LoadedFile;
  readonly request: ModuleRequest;
  readonly target: Resolution;
}

/** Characters of all packages: lowering them takes about 10 s. */
const mostOfPackages = 4_000_000;

/** Lowers the entry and all that it reaches. */
export function loadFiles({ sliced, read, late, host, standIns, table }: Program): LoadedFile[] {
  const files: LoadedFile[] = [];
  const queue: Queued[] = [{ ...sliced.entry, query: '' }];
  const byPath = new Map<string, number>([[sliced.entry.path, 0]]);
  const waiting: Waiting[] = [];
  let size = 0;
  const enqueue = (key: string, file: Queued): number => {
    const known = byPath.get(key);
    if (known !== undefined) return known;
    byPath.set(key, queue.push(file) - 1);
    return queue.length - 1;
  };
  const numberOf = (path: string, asked: string): number => {
    const text = textOf(path, read);
    const query = asked !== '' && isModule({ path, text }, read) ? asked : '';
    return enqueue(path + query, { path, text, query });
  };
  const link = (file: LoadedFile, request: ModuleRequest, target: Resolution): void => {
    const { specifier, how, offset } = request;
    if (target.kind === 'missing') {
      if (!request.isOptional) file.needs.push(refused(file, offset, missingWords(specifier, target)));
      file.requests[how][specifier] = { code: target.code, detail: target.detail };
    } else if (target.kind === 'builtin') file.requests[how][specifier] = target.name;
    else linkTo(file, request, numberOf(target.path, queryOf(specifier, how)));
  };
  /** The packages are too large: one of them has to be stood in for, if that was not tried. */
  const stopAt = (file: Queued): boolean => {
    const name = packageToBlame(files, file.path);
    if (name === undefined || standIns.has(name)) return false;
    files[0]?.needs.unshift(
      refused(file, 0, `The packages of this program are larger than ${mostOfPackages / 1e6} MB.`),
    );
    return true;
  };
  const loadQueued = (): void => {
    for (let index = files.length; index < queue.length; index++) {
      const file = queue[index];
      if (file === undefined) break;
      const format = host === 'browser' ? formatInBrowser(file, index === 0, read) : formatOf(file, read);
      const page = host === 'browser' ? (index === 0 && format === 'commonjs' ? 'script' : 'module') : undefined;
      const isKept = file.standsFor === undefined && !isOwn(file.path, sliced.entry.path);
      const isQuiet = index === 0 ? sliced.isQuiet : quiet(file);
      const lower = (settings: EmitSettings): LoweredFile | SyntaxProblem =>
        isKept
          ? lowerKept(file, index, format, settings, table)
          : lowerFile(file, index, format, settings, table, isQuiet, page);
      const loaded = load(file, lower, read, format);
      files.push(loaded);
      if (
        originOf(loaded, sliced.entry.path).origin === 'package' &&
        (size += file.text.length) > mostOfPackages &&
        stopAt(file)
      )
        return;
      for (const request of loaded.lowered?.facts.requests ?? []) {
        const target = resolveSpecifier(request.specifier, file.path, request.how, read);
        if (isStoodInFor({ from: file.path, specifier: request.specifier, target }, sliced.entry.path, standIns, read))
          waiting.push({ file: loaded, request, target });
        else link(loaded, request, target);
      }
      for (const { from, how, specifier, path } of late)
        if (from === file.path) loaded.requests[how][specifier] = numberOf(path, queryOf(specifier, how));
    }
  };
  loadQueued();
  while (waiting.length > 0) {
    const all = waiting.splice(0);
    const wanted = all.map(({ file, request }) => ({ from: file.path, specifier: request.specifier }));
    const own = files
      .filter(({ path }) => isOwn(path, sliced.entry.path))
      .map((each) => (each === files[0] ? sliced.original : each));
    const texts = standInsFor(wanted, own, read);
    for (const { file, request, target } of all) {
      const made = texts.get(request.specifier);
      if (made === undefined)
        link(file, request, target); // it has no types
      else
        linkTo(
          file,
          request,
          enqueue(`stand-in ${request.specifier}`, {
            ...madeUpFile(made, request.specifier, file.path, read),
            query: '',
          }),
        );
    }
    loadQueued();
  }
  return files;
}

function linkTo(file: LoadedFile, { how, specifier, isOptional }: ModuleRequest, number: number): void {
  file.requests[how][specifier] = number;
  if (!isOptional) file.needs.push(number);
}

/** It is the program's own, no package's; the package that the entry lies in is its own too. */
function isOwn(path: string, entry: string): boolean {
  const home = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//.exec(entry)?.[0] ?? '';
  const rest = path.startsWith(home) ? path.slice(home.length) : path;
  return !`/${rest}`.includes('/node_modules/');
}

/** The program's own code asks for a package that could not run, or of which there are only types. */
function isStoodInFor(
  { from, specifier, target }: { readonly from: string; readonly specifier: string; readonly target: Resolution },
  entry: string,
  standIns: ReadonlySet<string>,
  read: ReadText,
): boolean {
  if (!isOwn(from, entry) || /^(?:[./#]|node:|file:)/.test(specifier) || target.kind === 'builtin') return false;
  if (target.kind === 'missing') return packageFolder(packageNameOf(specifier), from, read) !== undefined;
  return standIns.has(packageNameOf(specifier)) && !isOwn(target.path, entry);
}

/** A file in the package's folder that is not there: its name says what it is. */
function madeUpFile(
  { text, format }: { readonly text: string; readonly format: 'module' | 'commonjs' },
  specifier: string,
  from: string,
  read: ReadText,
): Queued {
  const name = packageNameOf(specifier);
  const rest = specifier.slice(name.length).replace(/\W+/g, '-');
  const folder = packageFolder(name, from, read) ?? '';
  return { path: `${folder}/made-up${rest}.${format === 'module' ? 'mjs' : 'cjs'}`, text, query: '', standsFor: name };
}

/** Of a stand-in the answers are played, not how its objects are made. */
function quiet({ standsFor, text }: Queued): Sliced['isQuiet'] {
  return ({ start }) => standsFor !== undefined && !text.startsWith('return madeUp.', start);
}

/** An addon is read as Node reads one: by a call that is not modelled. */
function textOf(path: string, read: ReadText): string {
  return path.endsWith('.node') ? 'process.dlopen(module, __filename);\n' : (read(path) ?? '');
}

/** How a file came into the program: absent for its own. */
export function originOf({ path, standsFor }: LoadedFile, entry: string): Pick<TraceFile, 'origin'> {
  return standsFor !== undefined ? { origin: 'made-up' } : isOwn(path, entry) ? {} : { origin: 'package' };
}

export function standInsAmong(files: readonly LoadedFile[]): string[] {
  return [...new Set(files.flatMap(({ standsFor }) => standsFor ?? []))];
}

/** Node's own modules, as the program's own files and packages ask for them. */
export function modulesAsked(files: readonly LoadedFile[]): string[] {
  const requests = files.flatMap((each) => [each.requests.import, each.requests.require]);
  const names = requests.flatMap((each) => Object.values(each));
  return [...new Set(names.flatMap((name) => (typeof name === 'string' ? name.replace(/^node:/, '') : [])))].sort();
}

/** The package, among those that the program's own code imports, by which it came to a file of a package. */
export function packageToBlame(files: readonly LoadedFile[], path: string): string | undefined {
  const entry = files[0]?.path ?? '';
  if (isOwn(path, entry)) return undefined;
  const candidates = files.filter((each) => isOwn(each.path, entry)).flatMap((each) => directPackages(files, each));
  const own = candidates.find(
    ({ file, name }) => files[file]?.standsFor === undefined && path.includes(`/node_modules/${name}/`),
  );
  return (own ?? candidates.find(({ file }) => reaches(files, file, path)))?.name;
}

function directPackages(
  files: readonly LoadedFile[],
  { requests }: LoadedFile,
): { readonly name: string; readonly file: number }[] {
  return [...Object.entries(requests.import), ...Object.entries(requests.require)].flatMap(([specifier, file]) =>
    typeof file === 'number' && !isOwn(files[file]?.path ?? '', files[0]?.path ?? '')
      ? [{ name: packageNameOf(specifier), file }]
      : [],
  );
}

function reaches(files: readonly LoadedFile[], from: number, path: string): boolean {
  const seen = new Set<number>([from]);
  for (const index of seen) {
    const file = files[index];
    if (file?.path === path) return true;
    for (const next of Object.values({ ...file?.requests.require, ...file?.requests.import }))
      if (typeof next === 'number') seen.add(next);
  }
  return false;
}

/** What follows the path of a file that is imported. */
function queryOf(specifier: string, how: How): string {
  if (how === 'require' || !/^(?:\.{0,2}\/|file:)/.test(specifier)) return '';
  return /[?#].*$/s.exec(specifier)?.[0] ?? '';
}

function isModule(file: SourceText, read: ReadText): boolean {
  return !file.path.endsWith('.json') && formatOf(file, read) === 'module';
}

function missingWords(specifier: string, missing: { readonly code: MissingCode; readonly detail: string }): string {
  switch (missing.code) {
    case 'file':
      return `Cannot find '${specifier}': check the path, or add the file.`;
    case 'package':
      if (/^data:/i.test(specifier)) return 'A module that is written as a data: URL is not modelled: put it into a file.';
      return `Cannot find the package '${specifier}' in a node_modules folder above: install it, or select code without it.`;
    case 'not-exported':
      return `${missing.detail}: import what the package exports.`;
    case 'not-imported':
      return `'${specifier}' is not in the "imports" of the nearest package.json.`;
  }
}

function load(
  file: Queued,
  lower: (settings: EmitSettings) => LoweredFile | SyntaxProblem,
  read: ReadText,
  format: ModuleFormat,
): LoadedFile {
  const common = { ...file, requests: { require: {}, import: {} }, needs: [] };
  if (file.path.endsWith('.json')) return { ...common, format: 'json', lowered: undefined };
  const lowered = lower(settingsFor(file.path, read));
  if ('message' in lowered) return { ...common, format, lowered: undefined, broken: lowered };
  return { ...common, format, lowered };
}

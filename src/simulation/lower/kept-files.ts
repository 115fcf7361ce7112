/**
 * Why this file exists: lowering takes most of a run's time where packages are large, and their files do not change. So
 * what such a file became is kept, in this thread and where the face has a place for it. Places are numbered through
 * all files of a program: in what is kept the numbers begin with a mark, all of one width, and each program puts its
 * own in their place, as wide, so that no column of the source map moves.
 */
import type { Site } from '../../trace/trace';
import { lowerFile, type EmitSettings, type LoweredFile, type ModuleFormat, type SourceText } from './lower-file';
import type { SyntaxProblem } from './lower-file';
import type { SiteTable } from './sites';

/** Where kept files outlive the thread: a text for each key, which may be long. */
export interface Store {
  read(key: string): string | undefined;
  write(key: string, text: string): void;
}

/** The face's, if it has one. */
export const keptOutside: { store: Store | undefined } = { store: undefined };

interface Kept {
  readonly lowered: LoweredFile;
  readonly sites: readonly Site[];
  readonly texts: readonly (string | null)[];
}

const firstMark = 1_000_000_000;
/** The number of the file itself. */
const fileMark = firstMark + 999_999;
const marks = /\b1000\d{6}\b/g;

/** Characters of files that are kept in memory; the oldest goes first. */
const mostCharacters = 24_000_000;
const inMemory = new Map<string, Kept>();
let characters = 0;

/** The same as `lowerFile`, for a file that nobody edits. */
export function lowerKept(
  file: SourceText,
  index: number,
  format: ModuleFormat,
  settings: EmitSettings,
  table: SiteTable,
): LoweredFile | SyntaxProblem {
  const plain = (): LoweredFile | SyntaxProblem => lowerFile(file, index, format, settings, table, () => false);
  if (file.text.search(marks) >= 0) return plain();
  const key = [file.path.slice(file.path.lastIndexOf('/') + 1), format, JSON.stringify(settings), file.text].join('\n');
  const known = inMemory.get(key) ?? readKept(key);
  if (known !== undefined) {
    keep(key, known);
    return placed(known, index, table);
  }
  const own = { sites: [], texts: [], first: firstMark };
  const lowered = lowerFile(file, fileMark, format, settings, own, () => false);
  if ('message' in lowered || own.sites.length >= fileMark - firstMark) return plain();
  const kept: Kept = { lowered, sites: own.sites, texts: own.texts };
  keep(key, kept);
  keptOutside.store?.write(key, JSON.stringify(kept));
  return placed(kept, index, table);
}

function readKept(key: string): Kept | undefined {
  const text = keptOutside.store?.read(key);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Kept; // the store answers what was written under this key
  } catch {
    return undefined;
  }
}

/** The last that was used goes last. */
function keep(key: string, kept: Kept): void {
  if (!inMemory.delete(key)) characters += key.length;
  inMemory.set(key, kept);
  for (const oldest of inMemory.keys()) {
    if (characters <= mostCharacters) return;
    inMemory.delete(oldest);
    characters -= oldest.length;
  }
}

/** Spelled as wide as the mark, in a way that no program's text has. */
function spelled(number: number): string {
  return `0X${number.toString(16).padStart(8, '0')}`;
}

function placed({ lowered, sites, texts }: Kept, index: number, table: SiteTable): LoweredFile {
  const before = table.sites.length;
  const own = (mark: number): number => (mark === fileMark ? index : mark - firstMark + before);
  const code = lowered.code.replace(marks, (mark) => spelled(own(Number(mark))));
  for (const site of sites) table.sites.push({ ...site, file: index });
  for (const text of texts) table.texts.push(text);
  const asked = Object.entries(lowered.requestSites).map(([name, mark]) => [name, own(mark)] as const);
  const requestSites = Object.fromEntries(asked);
  return { ...lowered, code, requestSites, site: own(lowered.site) };
}

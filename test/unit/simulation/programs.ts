/**
 * Why this file exists: the programs of test/fixtures/simulation: one file each, or a folder with a `main` and the
 * files that it imports.
 */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

export interface ProgramFile {
  /** Relative to the program's folder, forward slashes. */
  readonly name: string;
  readonly text: string;
}

export interface FixtureProgram {
  /** `promises/finally`: how tests and notes call it. */
  readonly name: string;
  /** Absolute path of the entry, with forward slashes. */
  readonly entry: string;
  /** The entry first. */
  readonly files: readonly ProgramFile[];
  /** What it prints to stderr is compared too: its first line says so. */
  readonly comparesStderr: boolean;
}

const folder = path.resolve('test/fixtures/simulation');
const isEntry = /^main\.[mc]?[tj]s$/;
const isSource = /\.[mc]?[tj]s$/;

/** All programs, sorted by name. */
export function fixturePrograms(): readonly FixtureProgram[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'goldens')
    .flatMap((area) => readdirSync(path.join(folder, area.name)).map((name) => path.join(folder, area.name, name)))
    .filter((place) => isSource.test(place) || statSync(place).isDirectory())
    .map(programAt)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function programAt(place: string): FixtureProgram {
  const files = statSync(place).isDirectory() ? filesBelow(place) : [fileAt(place, path.dirname(place))];
  const [entry] = files;
  if (entry === undefined) throw new Error(`${place} holds no program`);
  const root = statSync(place).isDirectory() ? place : path.dirname(place);
  return {
    name: path.relative(folder, place).replaceAll(path.sep, '/').replace(isSource, ''),
    entry: path.join(root, entry.name).replaceAll(path.sep, '/'),
    files,
    comparesStderr: entry.text.startsWith('// stderr too'),
  };
}

function filesBelow(root: string): ProgramFile[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => path.join(root, name));
  const files = names.filter((name) => statSync(name).isFile()).map((name) => fileAt(name, root));
  return files.sort((a, b) => Number(isEntry.test(b.name)) - Number(isEntry.test(a.name)));
}

function fileAt(place: string, root: string): ProgramFile {
  return { name: path.relative(root, place).replaceAll(path.sep, '/'), text: readFileSync(place, 'utf8') };
}

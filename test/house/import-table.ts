/** Why this file exists: who may import whom. The table is the architecture; `violations` says where it is left. */
import type { Import, Sources } from './imports';

interface Room {
  /** Rooms whose files it may import, or single doors of a room. */
  readonly rooms: readonly string[];
  /** Rooms of which it may know types only. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** Faces alone meet Node. */
  readonly node?: true;
}

const faceRooms = ['base', 'trace', 'analysis', 'simulation', 'simulator', 'verify', 'lessons', 'player/page'];

/** The longest prefix of a file's path below src/ decides its room. */
const rooms: Readonly<Record<string, Room>> = {
  base: { rooms: [] },
  trace: { rooms: ['base'] },
  analysis: { rooms: ['base'], packages: ['typescript'] }, // for its syntax; `checkerUses` keeps the checker out
  'analysis/rules/patterns': { rooms: [], packages: ['scslre'] },
  'analysis/settings': { rooms: ['base', 'analysis'], packages: ['typescript', 'picomatch'] },
  'analysis/types': { rooms: ['base', 'analysis'], packages: ['typescript', 'typescript-native'], node: true },
  simulation: { rooms: ['base', 'trace'] },
  'simulation/lower': { rooms: ['base', 'trace', 'simulation'], packages: ['typescript', 'acorn', '@eslint-community/regexpp', 'cjs-module-lexer', 'resolve.exports'] },
  'simulation/sandbox': { rooms: ['base', 'trace', 'simulation'], packages: ['quickjs-wasi'] },
  'simulation/guest': { rooms: ['base', 'trace', 'simulation/wire'], types: ['simulation'], packages: ['node-inspect-extracted', 'path-browserify'] },
  'simulation/guest/parts': {
    rooms: ['base', 'trace', 'simulation/guest'], types: ['simulation'],
    packages: ['whatwg-url', 'url-legacy', 'punycode', 'readable-stream', 'web-streams-polyfill', '@mixmark-io/domino'],
  },
  'simulation/build-snapshot': { rooms: ['base', 'trace', 'simulation'], node: true },
  player: { rooms: ['base', 'trace', 'lessons'], packages: ['preact', '@preact/signals', 'gifenc'] },
  lessons: { rooms: ['base', 'trace'] },
  verify: { rooms: ['base', 'trace', 'simulation', 'simulator'], node: true },
  simulator: { rooms: ['base', 'trace', 'simulation'], node: true },
  server: {
    rooms: faceRooms, node: true,
    packages: ['vscode-languageserver', 'vscode-languageserver-types', 'vscode-languageserver-textdocument'],
  },
  cli: { rooms: faceRooms, node: true },
  extension: {
    rooms: ['base', 'trace', 'lessons', 'server/protocol', 'player/messages', 'player/page'], types: ['server', 'player', 'verify'], node: true,
    packages: ['vscode', 'vscode-languageclient'],
  },
};

const nodeModules = /^(node:|(assert|child_process|crypto|events|fs|http|https|module|net|os|path|process|stream|url|util|v8|vm|worker_threads|zlib)(\/|$))/;

/** The room of a file: 'analysis/types' for src/analysis/types/questions.ts, or undefined where there is none. */
function roomOf(file: string): string | undefined {
  return Object.keys(rooms).filter(room => isIn(file, room)).sort((a, b) => b.length - a.length)[0];
}

function isIn(file: string, room: string): boolean {
  return file === `src/${room}` || file.startsWith(`src/${room}/`) || file.startsWith(`src/${room}.`);
}

/** What is imported against the table, one sentence each. */
export function violations(imports: readonly Import[]): readonly string[] {
  return imports.flatMap(one => {
    const room = roomOf(one.from);
    if (room === undefined) return [`${one.from} is in no room of the import table`];
    const reason = one.isPackage ? packageReason(room, one) : fileReason(room, one);
    return reason === undefined ? [] : [`${one.from} imports ${one.to}: ${reason}`];
  });
}

function packageReason(room: string, { to, typeOnly }: Import): string | undefined {
  const { packages = [], types = [], node } = rooms[room] ?? { rooms: [] };
  if (nodeModules.test(to)) return node ? undefined : `${room} does not meet Node`;
  const name = to.split('/').slice(0, to.startsWith('@') ? 2 : 1).join('/');
  return packages.includes(name) || (typeOnly && types.includes(name)) ? undefined : `${room} may not use this package`;
}

function fileReason(room: string, { to, typeOnly }: Import): string | undefined {
  const { rooms: allowed, types = [] } = rooms[room] ?? { rooms: [] };
  if (to === 'package.json' && (room === 'cli' || room === 'server')) return undefined; // its version
  if (!to.startsWith('src/')) return 'it is outside src/';
  if (isIn(to, room) && roomOf(to) === room) return undefined;
  if (isIn(to, 'simulation/guest') && room !== 'simulation/guest/parts') return 'the guest is text for the sandbox; nothing outside imports it';
  const whole = room.split('/')[0] ?? room;
  const may = [...allowed, ...(typeOnly ? types : []), ...(room === whole ? [whole] : [])];
  return may.some(other => isIn(to, other)) ? undefined : `${room} may import only ${may.join(', ') || 'nothing'}`;
}

/** Names of TypeScript's API that ask its checker, rather than read a tree. */
const checker = /^(createProgram|createIncrementalProgram|createWatchProgram|createLanguageService|TypeChecker|getTypeChecker|getTypeAtLocation|LanguageService|Program)$/;

/** Where the type checker is asked outside analysis/types/: by the names that are read off `ts`. */
export function checkerUses(sources: Sources): readonly string[] {
  return Object.entries(sources)
    .filter(([file]) => !isIn(file, 'analysis/types') && !isIn(file, 'simulation/lower'))
    .flatMap(([file, text]) => [...text.matchAll(/\bts\.(\w+)/g)].filter(([, name = '']) => checker.test(name))
      .map(([use]) => `${file} uses ${use}: the checker is asked in analysis/types/ only`));
}

/** Rings of files that import each other at run time, each as the files in order. */
export function cycles(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, isPackage, typeOnly } of imports) {
    if (isPackage || typeOnly) continue;
    const file = from.replace(/\.tsx?$/, '');
    next.set(file, [...next.get(file) ?? [], to]);
  }
  const [done, found] = [new Set<string>(), new Set<string>()];
  function visit(file: string, trail: readonly string[]): void {
    if (trail.includes(file)) {
      found.add([...trail.slice(trail.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  }
  for (const file of next.keys()) visit(file, []);
  return [...found];
}

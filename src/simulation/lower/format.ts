/**
 * Why this file exists: whether a file is CommonJS or an ES module, and what the user's tsconfig decides. In this
 * order: the extension, the
 * nearest package.json's `type`, the tsconfig's `module`, else the syntax, as Node 22.18 and later decide.
 */
import ts from 'typescript';
import type { ReadText } from '../request';
import { earlyError, isJavaScript } from './early-errors';
import type { EmitSettings, ModuleFormat, SourceText } from './lower-file';

export type { ModuleFormat } from './lower-file';
import { directoryOf, joinPath } from './paths';

interface Tsconfig {
  /** Folder that `paths` are relative to. */
  readonly base: string;
  /** `baseUrl` makes every bare name a path that is tried. */
  readonly hasBaseUrl: boolean;
  readonly options: {
    readonly paths?: Record<string, string[]>;
    readonly module?: string;
    readonly target?: string;
    readonly strict?: boolean;
    readonly lib?: unknown;
    readonly types?: unknown;
  } & EmitSettings;
}

/** Walks up from a file to the root. */
function nearest<T>(path: string, find: (folder: string) => T | undefined): T | undefined {
  for (let folder = directoryOf(path); ; folder = directoryOf(folder)) {
    const found = find(folder);
    if (found !== undefined) return found;
    if (folder === '/' || folder === '' || folder === directoryOf(folder)) return undefined;
  }
}

/** The compiler options of the nearest tsconfig.json or jsconfig.json, with what it extends from files. */
export function nearestTsconfig(path: string, read: ReadText): Tsconfig | undefined {
  return nearest(
    path,
    (folder) =>
      readTsconfig(joinPath(folder, 'tsconfig.json'), read, 0) ??
      readTsconfig(joinPath(folder, 'jsconfig.json'), read, 0),
  );
}

function readTsconfig(path: string, read: ReadText, depth: number): Tsconfig | undefined {
  const text = read(path);
  if (text === undefined || depth > 8) return undefined;
  // Undefined when broken.
  const parsed = ts.parseConfigFileTextToJson(path, text).config as
    { extends?: unknown; compilerOptions?: Record<string, unknown> } | undefined;
  const own = parsed?.compilerOptions ?? {};
  const base = directoryOf(path);
  const parent =
    typeof parsed?.extends === 'string' && parsed.extends.startsWith('.')
      ? readTsconfig(withJson(joinPath(base, parsed.extends)), read, depth + 1)
      : undefined;
  const baseUrl = typeof own['baseUrl'] === 'string' ? joinPath(base, own['baseUrl']) : base;
  return {
    base: 'paths' in own || 'baseUrl' in own || parent === undefined ? baseUrl : parent.base,
    hasBaseUrl: 'baseUrl' in own || parent?.hasBaseUrl === true,
    options: { ...parent?.options, ...own },
  };
}

function withJson(path: string): string {
  return path.endsWith('.json') ? path : `${path}.json`;
}

function packageType(path: string, read: ReadText): string | undefined {
  return nearest(path, (folder) => {
    const text = read(joinPath(folder, 'package.json'));
    if (text === undefined) return undefined;
    try {
      const type = (JSON.parse(text) as { type?: unknown }).type;
      return typeof type === 'string' ? type : 'none';
    } catch {
      return 'none';
    }
  });
}

export function formatOf(file: SourceText, read: ReadText): ModuleFormat {
  if (/\.m[tj]s$/.test(file.path)) return 'module';
  if (/\.c[tj]s$/.test(file.path)) return 'commonjs';
  const type = packageType(file.path, read);
  if (type === 'module' || type === 'commonjs') return type;
  const module = nearestTsconfig(file.path, read)?.options.module?.toLowerCase();
  if (module === 'commonjs') return 'commonjs';
  if (module !== undefined && /^(es|preserve)/.test(module)) return usesModuleSyntax(file) ? 'module' : 'commonjs';
  return usesModuleSyntax(file) ? 'module' : 'commonjs';
}

/**
 * How a page loads a file: its script as a module when it is written as one, else as a classic script; what is imported
 * is a module. Packages are what their bundler takes them for.
 */
export function formatInBrowser(file: SourceText, isScript: boolean, read: ReadText): ModuleFormat {
  if (file.path.includes('/node_modules/')) return formatOf(file, read);
  return !isScript || /\.m[tj]s$/.test(file.path) || usesModuleSyntax(file) ? 'module' : 'commonjs';
}

/** `import`, `export`, `import.meta` or a top-level `await`. */
function usesModuleSyntax(file: SourceText): boolean {
  if (!/\b(?:import|export|await)\b/.test(file.text)) return false; // keywords have no escapes
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, false);
  const find = (node: ts.Node): boolean => {
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return true;
    return ts.forEachChild(node, find) ?? false;
  };
  const awaits = (node: ts.Node): boolean => {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    if (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)) return true;
    return ts.forEachChild(node, awaits) ?? false;
  };
  if (ts.isExternalModule(source) || source.statements.some(find)) return true;
  // In a script `await` may be a name, where TypeScript sees an operator.
  return source.statements.some(awaits) && (!isJavaScript(file.path) || earlyError(file.text, 'commonjs') !== undefined);
}

/** What the tsconfig says about the meaning of the code; nothing when there is none. */
export function settingsFor(path: string, read: ReadText): EmitSettings {
  const options = nearestTsconfig(path, read)?.options;
  if (options === undefined) return {};
  const settings: Record<string, boolean> = {};
  for (const name of [
    'experimentalDecorators',
    'emitDecoratorMetadata',
    'useDefineForClassFields',
    'verbatimModuleSyntax',
    'alwaysStrict',
  ] as const) {
    const value = options[name];
    if (typeof value === 'boolean') settings[name] = value;
  }
  if (options.strict === false) settings['alwaysStrict'] ??= false;
  if (
    settings['useDefineForClassFields'] === undefined &&
    options.target !== undefined &&
    isBeforeEs2022(options.target)
  )
    settings['useDefineForClassFields'] = false;
  return settings;
}

/** TypeScript's default: class fields are defined as in the language from ES2022 on. */
function isBeforeEs2022(target: string): boolean {
  const name = target.toLowerCase();
  return name === 'es5' || name === 'es6' || /^es20(1\d|2[01])$/.test(name);
}

/**
 * Why this file exists: the native server opens tsconfig files only. Ours exist in memory alone, beside the real one
 * that they extend, and list exactly the files that the project has.
 */
import path from 'node:path';
import type ts from 'typescript';
import type { ConfigFile } from '../config';

export interface VirtualConfig {
  readonly path: string;
  readonly text: string;
}

/** What the server is to open for a tsconfig (or for none) with these files. */
export function virtualConfig(config: ConfigFile, files: Iterable<string>): VirtualConfig {
  const compilerOptions = { ...(config.path === undefined ? inferred : {}), ...overrides(config.options) };
  const text = JSON.stringify({
    ...(config.path === undefined ? {} : { extends: `./${path.posix.basename(config.path)}` }),
    compilerOptions,
    files: [...files],
    include: [],
    exclude: [],
    references: [],
  });
  // A folder may have both: files that its tsconfig lists, and others.
  const name = config.path === undefined ? 'inferred' : path.posix.basename(config.path, '.json');
  return { path: `${config.directory === '/' ? '' : config.directory}/${name}.loopscope.json`, text };
}

/** `inferredConfig`, as a tsconfig says it. */
const inferred = {
  target: 'es2023',
  module: 'esnext',
  moduleResolution: 'bundler',
  strict: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  jsx: 'preserve',
};

/** `analysisOptions`, as a tsconfig says them, and what TypeScript 7 gave up, said in its words. */
function overrides(options: ts.CompilerOptions): Record<string, unknown> {
  return {
    allowJs: true,
    noEmit: true,
    skipLibCheck: true,
    types: options.types ?? ['*'],
    incremental: false,
    composite: false,
    declaration: false,
    declarationMap: false,
    ...paths(options),
  };
}

/** TypeScript 7 has no `baseUrl`: what it said is a last pattern of `paths`. */
function paths(options: Readonly<Record<string, unknown>>): { readonly paths?: Readonly<Record<string, unknown>> } {
  const { baseUrl } = options;
  if (typeof baseUrl !== 'string') return {};
  // `paths` is an object of lists of patterns where the tsconfig was read without an error.
  const written = Object.entries((options['paths'] ?? {}) as Readonly<Record<string, readonly string[]>>);
  const absolute = new Map([['*', [path.posix.join(baseUrl, '*')]]]);
  for (const [pattern, targets] of written)
    absolute.set(pattern, targets.map((each) => path.posix.resolve(baseUrl, each)));
  return { paths: Object.fromEntries(absolute) };
}

/**
 * Why this file exists: what a specifier means, as Node and TypeScript find it: Node's own modules, files with their
 * extensions, `paths` of the tsconfig, packages (resolve-package.ts).
 */
import { nearestTsconfig } from './format';
import { directoryOf, joinPath } from './paths';
import { findPackage, findPackageImport, findSelf, type PackageAnswer } from './resolve-package';
import type { ReadText } from '../request';

/** How a file is asked for: the two have different rules, in packages and for extensions. */
export type How = 'require' | 'import';

export type Resolution =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'builtin'; readonly name: string }
  /** `code` is Node's; the words are made where the program is told. */
  | { readonly kind: 'missing'; readonly code: MissingCode; readonly detail: string };

export type MissingCode = 'file' | 'package' | 'not-exported' | 'not-imported';

const builtins = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs ' +
    'http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream ' +
    'string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'
  ).split(' '),
);

const innerBuiltins = new Set(
  (
    'assert/strict dns/promises fs/promises inspector/promises path/posix path/win32 readline/promises ' +
    'stream/consumers stream/promises stream/web timers/promises util/types'
  ).split(' '),
);

const typescriptFile = /\.[mc]?tsx?$/;
/** What Node's `require` tries, with TypeScript's sources before what they are compiled to. */
const requireExtensions = ['.ts', '.tsx', '.js', '.json'];
/** Node's `import` tries nothing; bundlers, which TypeScript's `bundler` resolution stands for, do. */
const bundlerExtensions = ['.ts', '.tsx', '.mts', '.js', '.mjs', '.json'];
/** TypeScript's own rule: an import of `./x.js` may mean `./x.ts`. */
const sourceOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

export function resolveSpecifier(specifier: string, from: string, how: How, read: ReadText): Resolution {
  // `process/` is the package, not Node's module.
  if (specifier.startsWith('node:') || builtins.has(specifier) || innerBuiltins.has(specifier))
    return { kind: 'builtin', name: specifier };
  const isPath = /^\.{0,2}(\/|$)/.test(specifier);
  if (isPath || specifier.startsWith('file:')) return resolvePath(specifier, from, how, read);
  if (specifier.startsWith('#'))
    return ofPackage(findPackageImport(specifier, from, how, read), specifier, from, how, read);
  const mapped = findByPaths(specifier, from, how, read);
  if (mapped !== undefined) return { kind: 'file', path: mapped };
  const found = findSelf(specifier, from, how, read) ?? findPackage(specifier, from, how, read);
  return ofPackage(found, specifier, from, how, read);
}

function resolvePath(specifier: string, from: string, how: How, read: ReadText): Resolution {
  const plain = specifier.startsWith('file:') ? specifier.slice(specifier.startsWith('file://') ? 7 : 5) : specifier;
  const bare = how === 'import' ? plain.replace(/[?#].*$/, '') : plain;
  const whole = bare.startsWith('/') ? bare : joinPath(directoryOf(from), bare);
  const path = findFile(whole, extensionsFor(from, how), read);
  return path === undefined ? { kind: 'missing', code: 'file', detail: bare } : { kind: 'file', path };
}

function extensionsFor(from: string, how: How): readonly string[] {
  if (how === 'require') return requireExtensions;
  return typescriptFile.test(from) ? bundlerExtensions : [];
}

/** A file, the source it is compiled from, with an extension, or the index of a folder. */
function findFile(path: string, extensions: readonly string[], read: ReadText): string | undefined {
  const exact = existing(path, read);
  if (exact !== undefined) return exact;
  const named = extensions.map((extension) => path + extension).find((each) => read(each) !== undefined);
  if (named !== undefined || extensions.length === 0) return named;
  const main = mainOf(path, read);
  const chosen = main === undefined ? undefined : findFile(joinPath(path, main), extensions, read);
  return chosen ?? extensions.map((extension) => `${path}/index${extension}`).find((each) => read(each) !== undefined);
}

/** A file that is there, or the TypeScript that it would be compiled from. */
function existing(path: string, read: ReadText): string | undefined {
  if (!path.endsWith('/') && read(path) !== undefined) return path;
  for (const [extension, sources] of Object.entries(sourceOf)) {
    if (!path.endsWith(extension)) continue;
    const stem = path.slice(0, -extension.length);
    return sources.map((source) => stem + source).find((each) => read(each) !== undefined);
  }
  return undefined;
}

function mainOf(folder: string, read: ReadText): string | undefined {
  try {
    const { main } = JSON.parse(read(`${folder}/package.json`) ?? '{}') as { main?: unknown };
    return typeof main === 'string' && main !== '.' && main !== './' ? main : undefined;
  } catch {
    return undefined;
  }
}

function ofPackage(
  answer: PackageAnswer | undefined,
  specifier: string,
  from: string,
  how: How,
  read: ReadText,
): Resolution {
  if (answer === undefined)
    return { kind: 'missing', code: specifier.startsWith('#') ? 'not-imported' : 'package', detail: '' };
  if (answer.kind === 'not-exported') return { kind: 'missing', code: 'not-exported', detail: answer.message };
  if (answer.kind === 'other') return resolveSpecifier(answer.specifier, from, how, read);
  const path = answer.isExact
    ? existing(answer.path, read)
    : findFile(answer.path, how === 'require' ? requireExtensions : bundlerExtensions, read);
  if (path !== undefined) return { kind: 'file', path };
  return { kind: 'missing', code: 'file', detail: `./node_modules/${specifier}` };
}

/** The tsconfig's `paths`: exact names, then patterns with one star, the longest prefix first; then `baseUrl`. */
function findByPaths(specifier: string, from: string, how: How, read: ReadText): string | undefined {
  const config = nearestTsconfig(from, read);
  if (config === undefined) return undefined;
  const extensions = how === 'require' ? requireExtensions : bundlerExtensions;
  const patterns = Object.entries(config.options.paths ?? {}).sort(
    ([a], [b]) => prefixOf(b).length - prefixOf(a).length,
  );
  for (const [pattern, targets] of patterns) {
    const middle = matched(specifier, pattern);
    if (middle === undefined) continue;
    for (const target of targets) {
      const path = findFile(
        joinPath(
          config.base,
          target.replace('*', () => middle),
        ),
        extensions,
        read,
      );
      if (path !== undefined) return path;
    }
  }
  return config.hasBaseUrl ? findFile(joinPath(config.base, specifier), extensions, read) : undefined;
}

function prefixOf(pattern: string): string {
  const star = pattern.indexOf('*');
  return star < 0 ? `${pattern}\uFFFF` : pattern.slice(0, star); // an exact name comes before every pattern
}

/** What the star stands for; '' for an exact name. */
function matched(specifier: string, pattern: string): string | undefined {
  const star = pattern.indexOf('*');
  if (star < 0) return specifier === pattern ? '' : undefined;
  const [prefix, suffix] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = specifier.startsWith(prefix) && specifier.endsWith(suffix) && specifier.length >= pattern.length - 1;
  return fits ? specifier.slice(prefix.length, specifier.length - suffix.length) : undefined;
}

/**
 * Why this file exists: what a specifier means, as Node and TypeScript find it: relative files with their extensions,
 * `paths` of the tsconfig, Node's modules.
 */
import { nearestTsconfig } from './format';
import { directoryOf, joinPath } from './paths';
import type { ReadText } from '../request';

export type Resolution =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'package' }
  | { readonly kind: 'missing' };

const builtins = new Set([
  'assert',
  'async_hooks',
  'buffer',
  'child_process',
  'cluster',
  'console',
  'crypto',
  'dgram',
  'diagnostics_channel',
  'dns',
  'events',
  'fs',
  'http',
  'http2',
  'https',
  'inspector',
  'module',
  'net',
  'os',
  'path',
  'perf_hooks',
  'process',
  'punycode',
  'querystring',
  'readline',
  'repl',
  'stream',
  'string_decoder',
  'timers',
  'tls',
  'tty',
  'url',
  'util',
  'v8',
  'vm',
  'wasi',
  'worker_threads',
  'zlib',
]);

const extensions = ['', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js'];
/** TypeScript's own rule: an import of `./x.js` may mean `./x.ts`. */
const sourceOf: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

export function resolveSpecifier(specifier: string, from: string, read: ReadText): Resolution {
  const bare = specifier.startsWith('node:') ? specifier.slice(5) : specifier;
  if (specifier.startsWith('node:') || builtins.has(bare.split('/')[0] ?? ''))
    return { kind: 'builtin', name: specifier };
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const path = findFile(specifier.startsWith('/') ? specifier : joinPath(directoryOf(from), specifier), read);
    return path === undefined ? { kind: 'missing' } : { kind: 'file', path };
  }
  const mapped = findByPaths(specifier, from, read);
  return mapped === undefined ? { kind: 'package' } : { kind: 'file', path: mapped };
}

function findFile(path: string, read: ReadText): string | undefined {
  for (const [extension, sources] of Object.entries(sourceOf)) {
    if (!path.endsWith(extension) || read(path) !== undefined) continue;
    for (const source of sources) {
      const candidate = path.slice(0, -extension.length) + source;
      if (read(candidate) !== undefined) return candidate;
    }
  }
  return extensions.map((extension) => path + extension).find((candidate) => read(candidate) !== undefined);
}

/** The tsconfig's `paths`: exact names, and patterns with one star. */
function findByPaths(specifier: string, from: string, read: ReadText): string | undefined {
  const config = nearestTsconfig(from, read);
  for (const [pattern, targets] of Object.entries(config?.options.paths ?? {})) {
    const star = pattern.indexOf('*');
    const prefix = star < 0 ? pattern : pattern.slice(0, star);
    const suffix = star < 0 ? '' : pattern.slice(star + 1);
    const matches =
      star < 0
        ? specifier === pattern
        : specifier.startsWith(prefix) && specifier.endsWith(suffix) && specifier.length >= pattern.length - 1;
    if (!matches) continue;
    const middle = specifier.slice(prefix.length, specifier.length - suffix.length);
    for (const target of targets) {
      const path = findFile(joinPath(config?.base ?? '', target.replace('*', middle)), read);
      if (path !== undefined) return path;
    }
  }
  return undefined;
}

/**
 * Why this file exists: a specifier that only the running program knows may name a file that the program has, by its
 * place; else the host is asked what it means (late-modules.ts).
 */
import type { LateAnswer } from '../late-modules';
import { endNow } from './ending';
import { computedSpecifier, isRefused, joined } from './module-errors';
import { directoryOf, sourceOf, type ModuleSource, type Requested } from './program-modules';
import { here } from './recorder';
import { askForModule } from './text-code';

type How = keyof ModuleSource['requests'];

/** What it means. Found once, it is known from then on. */
export function requestedBy(source: ModuleSource, specifier: string, how: How): Requested {
  const known = source.requests[how] as Record<string, Requested>; // the file's own table, to which this adds
  return (known[specifier] ??= meaningOf(source, specifier, how));
}

function meaningOf(source: ModuleSource, specifier: string, how: How): Requested {
  if (how === 'import' && specifier.startsWith('data:')) computedSpecifier(specifier);
  if (how === 'import' && isRefused(specifier)) return { code: 'package', detail: '' };
  const path = pathOf(source, specifier, how);
  const query = how === 'import' ? (/[?#].*$/s.exec(specifier)?.[0] ?? '') : '';
  const own = path === undefined ? undefined : sourceOf(path, query)?.index;
  if (own !== undefined) return own;
  const answer = askForModule({ from: source.path, specifier, place: path, how }) as LateAnswer; // made by the host
  switch (answer.kind) {
    case 'builtin':
      return answer.name;
    case 'missing':
      return { code: answer.code, detail: path ?? answer.detail };
    case 'refused':
      return endNow({ kind: 'unsupported', message: answer.why, site: here() });
    case 'later': // the host runs the program again
      return endNow({ kind: 'unsupported', message: `the module '${specifier}' is not there yet`, site: here() });
  }
}

/** The place that a specifier names, as the program sees it. */
function pathOf(source: ModuleSource, specifier: string, how: How): string | undefined {
  if (how === 'require') return /^(?:\.{0,2}\/|\.{1,2}$)/.test(specifier) ? joined(directoryOf(source.path), specifier) : undefined;
  const isFile = specifier.startsWith('file:');
  const place = decoded((isFile ? specifier.replace(/^file:(?:\/\/)?/, '') : specifier).replace(/[?#].*$/s, ''));
  return isFile || /^\.{0,2}\/|^\.{1,2}$/.test(specifier) ? joined(directoryOf(source.path), place) : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * Why this file exists: a specifier that only the running program knows may still name a file that the program has, by
 * its place, or a package that nobody can have installed.
 */
import { joined } from './module-errors';
import { directoryOf, sourceOf, type ModuleSource, type Requested } from './program-modules';

/** What it means; undefined when that cannot be known here. Found once, it is known from then on. */
export function requestedBy(source: ModuleSource, specifier: string): Requested | undefined {
  const known = source.requests.import as Record<string, Requested>; // the file's own table, to which this adds
  return (known[specifier] ??= meaningOf(source, specifier) as Requested); // undefined stays what it was: nothing known
}

function meaningOf(source: ModuleSource, specifier: string): Requested | undefined {
  const path = pathOf(source, specifier);
  if (path !== undefined) return sourceOf(path)?.index;
  return mayBeInstalled.test(specifier) ? undefined : { code: 'package', detail: '' };
}

function pathOf(source: ModuleSource, specifier: string): string | undefined {
  if (specifier.startsWith('file:///')) return decodeURIComponent(specifier.slice('file://'.length));
  return /^\.{0,2}\//.test(specifier) ? joined(directoryOf(source.path), specifier) : undefined;
}

/** What npm takes as a name, and what is none: a URL, or what Node refuses in other words. */
const mayBeInstalled = /^(?:@[\w.~-]+\/)?[\w~-][\w.~-]*(?:\/|$)|^$|^[.#]|^[a-z][a-z\d+.-]*:|[%\\]/i;

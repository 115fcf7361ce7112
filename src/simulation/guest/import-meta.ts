/** Why this file exists: `import.meta` of a file. Node 20: lib/internal/modules/esm/initialize_import_meta.js. */
import { importError, joined } from './module-errors';
import { isNodeModule } from './modules/builtin';
import { createObject, named } from './primordials';
import { directoryOf, sourceAt, type ModuleSource } from './program-modules';

export function createMeta(source: ModuleSource): object {
  const meta = createObject(null) as Record<string, unknown>;
  meta['dirname'] = directoryOf(source.path);
  meta['filename'] = source.path;
  meta['resolve'] = named((specifier: unknown) => resolvedUrl(source, String(specifier)), 'resolve', 1);
  meta['url'] = urlOf(source);
  return meta;
}

function urlOf({ path, query }: ModuleSource): string {
  return `file://${path}${query}`;
}

/** import.meta.resolve: a relative name need not be there. */
function resolvedUrl(source: ModuleSource, specifier: string): string {
  const target = source.requests.import[specifier];
  if (typeof target === 'number') return urlOf(sourceAt(target));
  if (/^\.{0,2}\//.test(specifier)) return `file://${joined(directoryOf(source.path), specifier)}`;
  if (/^[a-z]+:/.test(specifier)) return specifier;
  if (isNodeModule(specifier)) return `node:${specifier}`;
  throw importError(source, specifier, { code: specifier.startsWith('#') ? 'not-imported' : 'package', detail: '' });
}

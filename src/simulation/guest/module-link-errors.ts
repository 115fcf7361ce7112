/**
 * Why this file exists: a name that the other module does not export fails before anything runs, with Node's words and
 * the line of the import. Node 20: lib/internal/modules/esm/module_job.js (_instantiate).
 */
import { sourceLine } from './errors-places';
import { isRecord, type Target } from './module-records';
import { NativeSyntaxError, NativeWeakMap, apply, hide } from './primordials';
import type { ModuleSource } from './program-modules';
import { standsFor } from './stood-for';
import { locatedWith } from './thrown-places';

const lackingModules = new NativeWeakMap<object, Target>();
const { get, set } = NativeWeakMap.prototype;

/** The module that lacks the name, of an error that says so. */
export function lackingModule(error: unknown): Target | undefined {
  return apply(get, lackingModules, [error]) as Target | undefined;
}

export function missingExport(source: ModuleSource, used: ModuleSource['usedNames'][number], target: Target): Error {
  const error = new NativeSyntaxError(wordsFor(used.from, used.name, target));
  apply(set, lackingModules, [error, target]);
  const place = used.start < 0 ? undefined : sourceLine(source.index, used.start);
  if (place === undefined) return error;
  const carets = ' '.repeat(place.column - 1) + '^'.repeat(used.end - used.start);
  hide(error, 'stack', `${place.path}:${place.line}\n${place.text}\n${carets}\n${String(error.stack)}`); // decorateErrorStack
  return locatedWith(error, '');
}

standsFor(missingExport, 'ModuleJob._instantiate (node:internal/modules/esm/module_job:213:21)');

function wordsFor(from: string, name: string, target: Target): string {
  if (isRecord(target) || target.isJson || target.isBuiltin)
    return `The requested module '${from}' does not provide an export named '${name}'`;
  return (
    `Named export '${name}' not found. The requested module '${from}' is a CommonJS module, which may not support all ` +
    'module.exports as named exports.\nCommonJS modules can always be imported via the default export, for example using:' +
    `\n\nimport pkg from '${from}';\nconst { ${name} } = pkg;\n`
  );
}

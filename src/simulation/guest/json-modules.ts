/**
 * Why this file exists: what a file of JSON is as a module. Node 20: lib/internal/modules/cjs/loader.js,
 * esm/translators.js (json).
 */
import { byExtension } from './module-frames';
import { NativeError, hide } from './primordials';
import type { ModuleSource } from './program-modules';
import { standsFor, standsForThose } from './stood-for';

/** Of an import. */
export function importedJson(source: ModuleSource): unknown {
  return textOfJson(source);
}

export function parsedJson(source: ModuleSource): unknown {
  return textOfJson(source);
}

function textOfJson(source: ModuleSource): unknown {
  try {
    return JSON.parse(source.json.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof NativeError) {
      hide(error, 'message', `${source.path}: ${error.message}`);
      hide(error, 'stack', String(error.stack).replace('at JSON.parse (', 'at parse ('));
    }
    throw error;
  }
}

standsForThose(parsedJson, () => byExtension('.json', '1641:39'));
standsFor(
  importedJson,
  'ModuleLoader.jsonStrategy (node:internal/modules/esm/translators:435:21)',
  '#translate (node:internal/modules/esm/loader:497:12)',
  'ModuleLoader.loadAndTranslate (node:internal/modules/esm/loader:544:27)',
);

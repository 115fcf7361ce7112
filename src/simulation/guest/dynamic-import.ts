/** Why this file exists: `import()`, from a module of either kind. ECMA-262 §13.3.10. */
import { evaluateByNode, link } from './module-evaluation';
import { importByNode } from './module-loader';
import { importingModule, instantiating } from './module-frames';
import { recordOf } from './module-records';
import { NativeTypeError, get, getOwnPropertyDescriptor, isObject, ownKeys, toText } from './primordials';
import { sourceAt, type ModuleSource } from './program-modules';
import { newCapability, PromiseConstructor } from './promise';
import type { PromiseCapability } from './promise-slot';
import { workingFor } from './stack-of-waiting';

interface Import {
  readonly source: ModuleSource;
  readonly specifier: string;
  readonly isJson: boolean;
}

/** Who loads it and answers what settles the promise; may throw. Another host has its own way: parts/browser. */
export const importer: { start(asked: Import): (capability: PromiseCapability) => void } = {
  start: ({ source, specifier, isJson }) => {
    const answer = importByNode(source, specifier, isJson);
    return (capability) => { capability.resolve(answer); };
  },
};

function newImport(): PromiseCapability {
  return newCapability(PromiseConstructor, { origin: 'module', label: 'import()' });
}

/** $_m: `import(specifier, options)`. */
export function importDynamically(source: ModuleSource, specifier: unknown, options?: unknown): object {
  const settle = startOf(source, specifier, options);
  const capability = newImport(); // Node's own promises are made before it
  settle(capability);
  return capability.promise;
}

function startOf(source: ModuleSource, specifier: unknown, options: unknown): (capability: PromiseCapability) => void {
  try {
    return importer.start({ source, specifier: toText(specifier), isJson: wantsJson(options) });
  } catch (error) {
    return (capability) => { capability.reject(error); };
  }
}

/** ECMA-262 §13.3.10.2 EvaluateImportCall, steps 9–12: the attributes are texts, and Node knows `type` alone. */
function wantsJson(options: unknown): boolean {
  if (options === undefined) return false;
  if (!isObject(options)) throw new NativeTypeError('The second argument of import() must be an object');
  const asked = get(options, 'with');
  const attributes = asked === undefined ? get(options, 'assert') : asked;
  if (attributes === undefined) return false;
  if (!isObject(attributes)) throw new NativeTypeError("The 'with' option must be an object");
  let type: unknown;
  let unknownKey: string | undefined;
  for (const key of ownKeys(attributes)) {
    if (typeof key !== 'string' || getOwnPropertyDescriptor(attributes, key)?.enumerable !== true) continue;
    const value = get(attributes, key);
    if (typeof value !== 'string') throw new NativeTypeError('Import attribute value must be a string');
    if (key === 'type') type = value;
    else unknownKey ??= `Import attribute "${key}" with value "${value}" is not supported`;
  }
  if (unknownKey !== undefined) throw new NativeTypeError(unknownKey); // once all have been read
  return type === 'json';
}

/** Runs the entry as an ES module and answers the promise of its evaluation. */
export function runEntryModule(): object {
  const record = recordOf(0);
  const entering = [importingModule, 'asyncRunEntryPointWithESMLoader (node:internal/modules/run_main:117:5)'];
  workingFor(undefined, () => { link(record); }, [instantiating, ...entering]);
  return workingFor(undefined, () => evaluateByNode(record), entering);
}

export function isModuleEntry(): boolean {
  return sourceAt(0).format === 'module';
}

/** Why this file exists: `import()`, from a module of either kind. ECMA-262 §13.3.10. */
import { evaluate, link } from './module-evaluation';
import { isRecord, namespaceOf, namespaceOfExports, recordOf, targetOf } from './module-records';
import { sourceAt, type ModuleSource } from './program-modules';
import { newCapability, PromiseConstructor } from './promise';
import { performThen } from './promise-reactions';
import type { PromiseCapability } from './promise-slot';
import { completions } from './tasks';

export function importDynamically(source: ModuleSource, specifier: unknown): object {
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: 'import()' });
  const load = (): void => {
    try {
      finish(source, String(specifier), capability);
    } catch (error) {
      capability.reject(error);
    }
  };
  if (isLoaded(source, specifier)) load();
  else completions.push({ task: 0, run: load });
  return capability.promise;
}

/** A file that nobody asked for yet is read first, which takes until a later turn of the loop. */
function isLoaded(source: ModuleSource, specifier: unknown): boolean {
  try {
    const target = targetOf(source, String(specifier));
    return isRecord(target) ? target.generator !== undefined : target.isLoaded();
  } catch {
    return true;
  }
}

function finish(source: ModuleSource, specifier: string, capability: PromiseCapability): void {
  if (source.requests[specifier] === undefined && /^[./]/.test(specifier)) {
    const message = `Cannot find module '${specifier}' imported from ${source.path}`;
    throw Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' });
  }
  const target = targetOf(source, specifier);
  if (!isRecord(target)) {
    settleLater(capability, () => namespaceOfExports(target.exports(), target.isJson));
    return;
  }
  link(target);
  settleAfter(evaluate(target), capability, () => namespaceOf(target));
}

function settleLater(capability: PromiseCapability, value: () => unknown): void {
  const ready = newCapability(PromiseConstructor, { origin: 'internal' });
  ready.resolve(undefined);
  settleAfter(ready.promise, capability, value);
}

function settleAfter(promise: object, capability: PromiseCapability, value: () => unknown): void {
  performThen(promise, {
    capability: undefined,
    onFulfilled: undefined,
    onRejected: undefined,
    frame: 0,
    derived: 0,
    next: undefined,
    settle: (ok, result) => {
      if (!ok) {
        capability.reject(result);
        return;
      }
      try {
        capability.resolve(value());
      } catch (error) {
        capability.reject(error);
      }
    },
  });
}

/** Runs the entry as an ES module and answers the promise of its evaluation. */
export function runEntryModule(): object {
  const record = recordOf(0);
  link(record);
  return evaluate(record);
}

export function isModuleEntry(): boolean {
  return sourceAt(0).format === 'module';
}

/** Why this file exists: `import()`, from a module of either kind. ECMA-262 §13.3.10. */
import { evaluate, link } from './module-evaluation';
import { isRecord, namespaceOf, namespaceOfExports, recordOf, targetOf } from './module-records';
import { sourceAt, type ModuleSource } from './program-modules';
import { newCapability, PromiseConstructor } from './promise';
import { performThen } from './promise-reactions';
import type { PromiseCapability } from './promise-slot';

export function importDynamically(source: ModuleSource, specifier: unknown): object {
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: 'import()' });
  try {
    const target = targetOf(source, String(specifier));
    if (!isRecord(target)) {
      settleLater(capability, () => namespaceOfExports(target.exports()));
      return capability.promise;
    }
    link(target);
    settleAfter(evaluate(target), capability, () => namespaceOf(target));
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
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

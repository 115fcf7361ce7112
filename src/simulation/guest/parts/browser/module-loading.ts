/**
 * Why this file exists: `import()` in a page: files come over the network, and what is known is answered in a task.
 */
import { requestedBy } from '../../computed-names';
import { importer } from '../../dynamic-import';
import { foreignFile } from '../../foreign-modules';
import { noteImported, wasImported } from '../../imported';
import { jsonNeedsAttribute } from '../../module-errors';
import { evaluate, link } from '../../module-evaluation';
import { isRecord, namespaceOf, namespaceOfTarget, recordOf, targetOf } from '../../module-records';
import { isNodeModule } from '../../modules/builtin';
import { note } from '../../notes';
import { SafeMap, SafeSet } from '../../primordials';
import { sourceAt, type ModuleSource } from '../../program-modules';
import { performThen } from '../../promise-reactions';
import type { PromiseCapability } from '../../promise-slot';
import { enqueueMicrotask } from '../../tasks';
import { post, postAfter, runCallback } from './loop';

/** A file that `import()` asks for comes over the network. Modelled. */
const loadMs = 2;
const about = { queue: 'tasks', origin: 'module', label: 'import()', site: 0 } as const;

importer.start = ({ source, specifier, isJson }) => (capability) => {
  const load = (): void => {
    try {
      finish(source, specifier, isJson, capability);
    } catch (error) {
      capability.reject(error);
    }
  };
  const file = unknownFile(source, specifier);
  if (file !== undefined) readGraph(file, load);
  else {
    post(about, (task) => {
      runCallback(task.token, load);
    });
  }
};

/** The file that has to be loaded first, with what it imports; undefined when nothing has to be. */
function unknownFile(source: ModuleSource, specifier: string): number | undefined {
  const asked = isNodeModule(specifier) ? source.requests.import[specifier] : requestedBy(source, specifier, 'import');
  return typeof asked === 'number' && !isLoaded(asked) ? asked : undefined;
}

function loadFile(then: () => void): void {
  note('modelled', `import() loads a file in ${loadMs} ms.`);
  postAfter(loadMs, about, (task) => {
    runCallback(task.token, then);
  });
}

/** Files whose text is there, and those that are being read, with who waits for them. */
const known = new SafeSet<number>();
const beingRead = new SafeMap<number, (() => void)[]>();

/** A file that is being read is read once. */
function readFile(index: number, then: () => void): void {
  if (known.has(index)) {
    then();
    return;
  }
  const waiting = beingRead.get(index);
  if (waiting !== undefined) {
    waiting.push(then);
    return;
  }
  const all = [then];
  beingRead.set(index, all);
  loadFile(() => {
    known.add(index);
    beingRead.delete(index);
    for (const each of all) each();
  });
}

/** Reads a file, then what it imports, as far as that is not loaded yet. */
function readGraph(root: number, then: () => void): void {
  const seen = new SafeSet<number>();
  let left = 1;
  const done = (): void => {
    left -= 1;
    if (left === 0) enqueueMicrotask({ origin: 'internal', label: 'the module loader', site: 0 }, then);
  };
  const visit = (index: number): void => {
    if (seen.has(index) || isLoaded(index)) return;
    seen.add(index);
    left += 1;
    readFile(index, () => {
      const { imports, requests } = sourceAt(index);
      for (const specifier of imports) {
        const target = requests.import[specifier];
        if (typeof target === 'number') visit(target);
      }
      done();
    });
  };
  visit(root);
  done();
}

/** CommonJS is read when it is run. */
function isLoaded(index: number): boolean {
  const { format } = sourceAt(index);
  if (format === 'module') return recordOf(index).generator !== undefined;
  return format === 'commonjs' || wasImported(foreignFile(index));
}

function finish(source: ModuleSource, name: string, isJson: boolean, capability: PromiseCapability): void {
  const target = targetOf(source, name);
  if (isRecord(target)) {
    link(target);
    whenSettled(evaluate(target), (ok, error) => {
      if (ok) capability.resolve(namespaceOf(target));
      else capability.reject(error);
    });
    return;
  }
  if (target.isJson && !isJson) throw jsonNeedsAttribute(target.path, true);
  noteImported(target);
  target.evaluate();
  capability.resolve(namespaceOfTarget(target));
}

function whenSettled(promise: object, settle: (ok: boolean, value: unknown) => void): void {
  performThen(promise, {
    capability: undefined, onFulfilled: undefined, onRejected: undefined, frame: 0, derived: 0, next: undefined, settle,
  });
}

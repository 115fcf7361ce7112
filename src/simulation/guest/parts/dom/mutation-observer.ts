/**
 * Why this file exists: MutationObserver and its records. DOM §4.3; NOT MODELLED: transient observers of removed trees.
 */
import { NativeTypeError, SafeMap, SafeWeakMap, call, isCallable, isObject, type Callable } from '../../primordials';
import { enqueueMicrotask } from '../../tasks';
import { asInterface, targets } from '../browser/part';
import { isNode, type DomNode } from './library';

interface Options {
  readonly childList?: unknown;
  readonly attributes?: unknown;
  readonly characterData?: unknown;
  readonly subtree?: unknown;
  readonly attributeOldValue?: unknown;
  readonly characterDataOldValue?: unknown;
  readonly attributeFilter?: Iterable<unknown>;
}

interface Registered {
  readonly observer: MutationObserver;
  options: Rules;
}

interface Rules {
  readonly childList: boolean;
  readonly attributes: boolean;
  readonly characterData: boolean;
  readonly subtree: boolean;
  readonly attributeOldValue: boolean;
  readonly characterDataOldValue: boolean;
  readonly filter: readonly string[] | undefined;
}

export interface Change {
  readonly type: 'attributes' | 'characterData' | 'childList';
  readonly target: DomNode;
  readonly attributeName?: string;
  readonly oldValue?: string | null;
  readonly addedNodes?: readonly DomNode[];
  readonly removedNodes?: readonly DomNode[];
  readonly previousSibling?: DomNode | null;
  readonly nextSibling?: DomNode | null;
}

export class MutationRecord {
  readonly type: string;
  readonly target: DomNode;
  readonly addedNodes: readonly DomNode[];
  readonly removedNodes: readonly DomNode[];
  readonly previousSibling: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly attributeName: string | null;
  readonly attributeNamespace = null;
  readonly oldValue: string | null;

  constructor(change: Change, oldValue: string | null) {
    this.type = change.type;
    this.target = change.target;
    this.addedNodes = change.addedNodes ?? [];
    this.removedNodes = change.removedNodes ?? [];
    this.previousSibling = change.previousSibling ?? null;
    this.nextSibling = change.nextSibling ?? null;
    this.attributeName = change.attributeName ?? null;
    this.oldValue = oldValue;
  }
}
asInterface(MutationRecord, 'MutationRecord');

const registered = new SafeWeakMap<object, Registered[]>();
/** In the order in which they were made. */
const observers: MutationObserver[] = [];
let isQueued = false;

function rulesOf(given: unknown): Rules {
  const options: Options = isObject(given) ? given : {};
  const { attributeFilter, attributeOldValue, characterDataOldValue } = options;
  const asksForAttributes = attributeFilter !== undefined || attributeOldValue !== undefined;
  const attributes = options.attributes === undefined ? asksForAttributes : Boolean(options.attributes);
  const asksForText = characterDataOldValue !== undefined;
  const characterData = options.characterData === undefined ? asksForText : Boolean(options.characterData);
  if (!attributes && !characterData && !options.childList)
    throw observeError("The options object must set at least one of 'attributes', 'characterData', or 'childList' to true.");
  return {
    childList: Boolean(options.childList),
    attributes,
    characterData,
    subtree: Boolean(options.subtree),
    attributeOldValue: Boolean(attributeOldValue),
    characterDataOldValue: Boolean(characterDataOldValue),
    filter: attributeFilter === undefined ? undefined : [...attributeFilter].map(String),
  };
}

function observeError(why: string): Error {
  return new NativeTypeError(`Failed to execute 'observe' on 'MutationObserver': ${why}`);
}

export class MutationObserver {
  readonly #callback: Callable;
  #records: MutationRecord[] = [];
  #nodes: DomNode[] = [];

  constructor(...given: [callback?: unknown]) {
    if (given.length === 0) throw new NativeTypeError("Failed to construct 'MutationObserver': 1 argument required, but only 0 present.");
    const [callback] = given;
    if (!isCallable(callback)) throw new NativeTypeError("Failed to construct 'MutationObserver': parameter 1 is not of type 'Function'.");
    this.#callback = callback;
    observers.push(this);
  }

  observe(...given: [target?: unknown, options?: unknown]): void {
    const [target] = given;
    if (!isNode(target)) throw observeError("parameter 1 is not of type 'Node'.");
    const options = rulesOf(given[1]);
    const known = registered.get(target) ?? [];
    const own = known.find((each) => each.observer === this);
    if (own !== undefined) own.options = options;
    else registered.set(target, [...known, { observer: this, options }]);
    if (!this.#nodes.includes(target)) this.#nodes.push(target);
  }

  disconnect(): void {
    for (const node of this.#nodes) {
      const others = (registered.get(node) ?? []).filter((each) => each.observer !== this);
      registered.set(node, others);
    }
    this.#nodes = [];
    this.#records = [];
  }

  takeRecords(): MutationRecord[] {
    const records = this.#records;
    this.#records = [];
    return records;
  }

  static add(observer: MutationObserver, record: MutationRecord): void {
    observer.#records.push(record);
  }

  static notify(observer: MutationObserver): void {
    const records = observer.takeRecords();
    if (records.length === 0) return;
    try {
      call(observer.#callback, observer, records, observer);
    } catch (error) {
      targets.reportException(error);
    }
  }
}
asInterface(MutationObserver, 'MutationObserver', 1);

function isInteresting(change: Change, rules: Rules, isTarget: boolean): boolean {
  if (!isTarget && !rules.subtree) return false;
  if (change.type === 'attributes') return rules.attributes && (rules.filter?.includes(change.attributeName ?? '') ?? true);
  return change.type === 'characterData' ? rules.characterData : rules.childList;
}

/** DOM §4.3.2, "queue a mutation record". */
export function queueRecord(change: Change): void {
  const interested = new SafeMap<MutationObserver, string | null>();
  for (let node: DomNode | null = change.target; node !== null; node = node.parentNode) {
    for (const { observer, options } of registered.get(node) ?? []) {
      if (!isInteresting(change, options, node === change.target)) continue;
      const wantsOld = change.type === 'attributes' ? options.attributeOldValue : change.type === 'characterData' && options.characterDataOldValue;
      if (wantsOld || !interested.has(observer)) interested.set(observer, wantsOld ? (change.oldValue ?? null) : null);
    }
  }
  for (const [observer, oldValue] of interested) MutationObserver.add(observer, new MutationRecord(change, oldValue));
  if (interested.size > 0) queueMicrotask();
}

/** One microtask tells all observers. */
function queueMicrotask(): void {
  if (isQueued) return;
  isQueued = true;
  enqueueMicrotask({ origin: 'mutation', label: 'MutationObserver', site: 0 }, () => {
    isQueued = false;
    for (const each of [...observers]) MutationObserver.notify(each);
  });
}

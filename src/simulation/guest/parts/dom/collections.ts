/** Why this file exists: live lists of elements. The library's own do not look again when they are asked by index. */
import { NativeProxy, SafeWeakMap, apply, type Callable } from '../../primordials';
import { asInterface, expose } from '../browser/part';
import { getter, isElement, prototypeOf, wrap, type DomDocument, type DomElement, type DomNode } from './library';

class HTMLCollection {
  readonly #read: () => DomElement[];

  constructor(read: () => DomElement[]) {
    this.#read = read;
  }

  static elementsOf(collection: HTMLCollection): DomElement[] {
    return collection.#read();
  }

  get length(): number {
    return this.#read().length;
  }

  item(index: unknown): DomElement | null {
    return this.#read()[Number(index)] ?? null;
  }

  namedItem(name: unknown): DomElement | null {
    return this.#read().find((each) => each.getAttribute('id') === name || each.getAttribute('name') === name) ?? null;
  }

  [Symbol.iterator](): IterableIterator<DomElement> {
    return this.#read()[Symbol.iterator]();
  }
}
asInterface(HTMLCollection, 'HTMLCollection');

/** What `querySelectorAll` finds: it stays as it was. */
class NodeList {
  readonly length: number;

  constructor(nodes: readonly DomNode[]) {
    this.length = nodes.length;
    for (const [i, value] of nodes.entries())
      Object.defineProperty(this, i, { value, enumerable: true, configurable: true });
    Object.defineProperty(this, 'length', { enumerable: false });
  }

  item(index: unknown): DomNode | null {
    // Its members stand under their numbers, which the class does not declare.
    return (this as unknown as Record<number, DomNode | undefined>)[Number(index)] ?? null;
  }
}
for (const name of ['forEach', 'entries', 'keys', 'values', Symbol.iterator] as const)
  Object.defineProperty(NodeList.prototype, name, { value: Array.prototype[name], writable: true, configurable: true });
asInterface(NodeList, 'NodeList');

const isIndex = /^\d+$/;

export function live(read: () => DomElement[]): object {
  const self = new HTMLCollection(read);
  return new NativeProxy(self, {
    get(target, key) {
      if (typeof key === 'string' && isIndex.test(key)) return read()[Number(key)];
      const value: unknown = Reflect.get(target, key, target);
      if (value === undefined && typeof key === 'string') return self.namedItem(key) ?? undefined;
      return typeof value === 'function' && key !== 'constructor' ? (...given: unknown[]): unknown => apply(value as Callable, target, given as never[]) : value;
    },
    has: (target, key) => (typeof key === 'string' && isIndex.test(key) ? Number(key) < read().length : Reflect.has(target, key) || self.namedItem(key) !== null),
    ownKeys: () => read().map((_, i) => String(i)),
    getOwnPropertyDescriptor(_, key) {
      const value = typeof key === 'string' && isIndex.test(key) ? read()[Number(key)] : undefined;
      return value === undefined ? undefined : { value, writable: false, enumerable: true, configurable: true };
    },
  });
}

function childrenOf(node: DomNode): DomElement[] {
  const found: DomElement[] = [];
  for (let at = node.firstChild; at !== null; at = at.nextSibling) if (isElement(at)) found.push(at);
  return found;
}

const children = new SafeWeakMap<DomNode, object>();

interface LibraryList {
  readonly length: number;
  item(index: number): DomElement;
}

export function addCollections(): void {
  for (const name of ['Element', 'Document', 'DocumentFragment']) {
    const owner = prototypeOf(name);
    wrap(owner, 'querySelectorAll', (native) =>
      function (this: DomNode, ...given: unknown[]): object {
        const found = apply(native, this, given as never[]) as LibraryList; // what the library answers
        return new NodeList(Array.from({ length: found.length }, (_, i) => found.item(i)));
      });
    getter(owner, 'children', function (this: DomNode) {
      const known = children.get(this) ?? live(() => childrenOf(this));
      children.set(this, known);
      return known;
    });
    getter(owner, 'firstElementChild', function (this: DomNode) {
      return childrenOf(this)[0] ?? null;
    });
    getter(owner, 'lastElementChild', function (this: DomNode) {
      return childrenOf(this).at(-1) ?? null;
    });
    getter(owner, 'childElementCount', function (this: DomNode) {
      return childrenOf(this).length;
    });
    for (const method of ['getElementsByTagName', 'getElementsByClassName', 'getElementsByName']) {
      wrap(owner, method, (native) =>
        function (this: DomNode, ...given: unknown[]): object {
          const list = apply(native, this, given as never[]) as LibraryList; // what the library answers
          return live(() => Array.from({ length: list.length }, (_, i) => list.item(i)));
        });
    }
  }
  for (const [name, selector] of [['scripts', 'script'], ['forms', 'form'], ['images', 'img'], ['links', 'a[href], area[href]']] as const) {
    getter(prototypeOf('Document'), name, function (this: DomDocument) {
      return live(() => Array.from(this.querySelectorAll(selector)));
    });
  }
  getter(prototypeOf('HTMLFormElement'), 'elements', function (this: DomElement) {
    return live(() => Array.from(this.querySelectorAll('button, input, select, textarea, output, fieldset, object')));
  });
  expose({ HTMLCollection, NodeList });
}

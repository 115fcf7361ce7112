/** Why this file exists: members of nodes that the library lacks, and the words that Chromium has where it refuses. */
import { domException } from '../../modules/events/dom-exception';
import { NativeProxy, NativeTypeError, SafeWeakMap, apply, defineProperty, isObject } from '../../primordials';
import { document, getter, interfaces, isElement, isNode, method, prototypeOf, wrap, type DomElement, type DomNode } from './library';
import { replacing } from './changes';

/** Nodes and texts as one node. */
function together(given: readonly unknown[]): DomNode {
  const nodes = given.map((each) => (isNode(each) ? each : document.createTextNode(String(each))));
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) return only;
  const fragment = document.createDocumentFragment();
  for (const each of nodes) fragment.appendChild(each);
  return fragment;
}

function addParentMethods(): void {
  for (const name of ['Element', 'Document', 'DocumentFragment']) {
    const owner = prototypeOf(name);
    method(owner, 'append', function (this: DomNode, ...given: unknown[]): void {
      this.appendChild(together(given));
    });
    method(owner, 'prepend', function (this: DomNode, ...given: unknown[]): void {
      this.insertBefore(together(given), this.firstChild);
    });
    method(owner, 'replaceChildren', function (this: DomNode, ...given: unknown[]): void {
      const added = given.length === 0 ? undefined : together(given);
      replacing(this, () => {
        while (this.firstChild !== null) this.removeChild(this.firstChild);
        if (added !== undefined) this.appendChild(added);
      });
    });
  }
  getter(prototypeOf('Node'), 'baseURI', () => 'http://localhost/');
  getter(prototypeOf('Node'), 'isConnected', function (this: DomNode) {
    return this.rooted;
  });
  method(prototypeOf('Node'), 'getRootNode', function (this: DomNode): DomNode {
    // The method that is being defined: every node has it then.
    return this.parentNode === null ? this : (this.parentNode as unknown as { getRootNode(): DomNode }).getRootNode();
  });
}

function dataName(key: string): string {
  return `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function keyOf(name: string): string {
  return name.slice('data-'.length).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const datasets = new SafeWeakMap<object, object>();

/** A view of the attributes that begin with `data-`. */
function datasetOf(element: DomElement): object {
  const known = datasets.get(element);
  if (known !== undefined) return known;
  const made = new NativeProxy({}, {
    get: (_, key) => (typeof key === 'string' ? (element.getAttribute(dataName(key)) ?? undefined) : undefined),
    set: (_, key, value) => {
      element.setAttribute(dataName(String(key)), String(value));
      return true;
    },
    has: (_, key) => element.hasAttribute(dataName(String(key))),
    deleteProperty: (_, key) => {
      element.removeAttribute(dataName(String(key)));
      return true;
    },
    ownKeys: () => element.getAttributeNames().filter((name) => name.startsWith("data-")).map(keyOf),
    getOwnPropertyDescriptor: (_, key) => {
      const value = element.getAttribute(dataName(String(key)));
      return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  });
  datasets.set(element, made);
  return made;
}

const customInspect = Symbol.for('nodejs.util.inspect.custom');

/** How the console shows a node: an element by its opening tag. */
function shown(this: DomNode & { readonly data?: string }): string {
  if (!isElement(this)) return typeof this.data === 'string' ? JSON.stringify(this.data) : this.nodeName;
  return `<${[this.localName, ...this.getAttributeNames().map((name) => `${name}="${this.getAttribute(name) ?? ''}"`)].join(' ')}>`;
}

/** What the browser says where the library has one word for many cases. */
const words: Readonly<Record<string, (method: string, given: readonly unknown[]) => string>> = {
  HierarchyRequestError: () => 'The new child element contains the parent.',
  NotFoundError: (name) =>
    name === 'insertBefore'
      ? 'The node before which the new node is to be inserted is not a child of this node.'
      : `The node to be ${name === 'removeChild' ? 'removed' : 'replaced'} is not a child of this node.`,
  InvalidCharacterError: (name, [given]) =>
    name === 'createElement' ? `The tag name provided ('${String(given)}') is not a valid name.` : `'${String(given)}' is not a valid attribute name.`,
  SyntaxError: (_, [given]) => `'${String(given)}' is not a valid selector.`,
};

function translated(error: unknown, name: string, owner: string, given: readonly unknown[]): unknown {
  const own = interfaces['DOMException'];
  if (!isObject(error) || own === undefined) return error;
  const isLibrarys = Object.prototype.isPrototypeOf.call(own.prototype, error);
  const { name: kind, message } = error as { readonly name: string; readonly message: string };
  const isSelector = /^(?:querySelector|querySelectorAll|matches|closest)$/.test(name);
  if (!isLibrarys && !isSelector) return error;
  const type = isSelector ? 'SyntaxError' : kind.toLowerCase().replace(/_err$/, '_error').replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return domException(`Failed to execute '${name}' on '${owner}': ${words[type]?.(name, given) ?? message}`, type);
}

const takesNode = /^(?:appendChild|insertBefore|removeChild|replaceChild)$/;

const finds = /^(?:querySelector|closest)$/;
/** Of methods that use each other the one that the program called is named. */
let isInside = false;

function translate(owner: string, names: readonly string[]): void {
  for (const name of names) {
    wrap(prototypeOf(owner), name, (native) =>
      function (this: object, ...given: unknown[]): unknown {
        if (takesNode.test(name) && !isNode(given[0])) throw new NativeTypeError(`Failed to execute '${name}' on 'Node': parameter 1 is not of type 'Node'.`);
        if (isInside) return apply(native, this, given as never[]);
        isInside = true;
        try {
          return apply(native, this, given as never[]) ?? (finds.test(name) ? null : undefined);
        } catch (error) {
          throw translated(error, name, owner, given);
        } finally {
          isInside = false;
        }
      });
  }
}

export function addMembers(): void {
  addParentMethods();
  getter(prototypeOf('HTMLElement'), 'dataset', function (this: DomElement) {
    return datasetOf(this);
  });
  defineProperty(prototypeOf('Node'), customInspect, { value: shown, writable: true, configurable: true });
  translate('Node', ['appendChild', 'insertBefore', 'removeChild', 'replaceChild']);
  translate('Element', ['append', 'prepend', 'setAttribute', 'toggleAttribute', 'querySelector', 'querySelectorAll', 'matches', 'closest']);
  translate('Document', ['append', 'createElement', 'querySelector', 'querySelectorAll']);
  translate('DocumentFragment', ['append', 'querySelector', 'querySelectorAll']);
}

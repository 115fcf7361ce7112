/**
 * Why this file exists: elements with an id, and some with a name, are names of the window. HTML §7.2.2.3: "Named
 * access on the Window object". A proxy would be the plain way, but then the engine could no longer tell a name that is
 * nowhere: so such names come and go with their elements.
 */
import { SafeSet, defineProperty } from '../../primordials';
import { endWhereUsed, windowProperties } from '../browser/part';
import { live } from './collections';
import { document, isElement, type DomElement, type DomNode } from './library';
import type { Change } from './mutation-observer';

const kinds = ['embed', 'form', 'iframe', 'img', 'object'];
const selector = ['[id]', ...kinds.map((kind) => `${kind}[name]`)].join();

function namesOf(element: DomElement): readonly (string | null)[] {
  return [element.getAttribute('id'), kinds.includes(element.localName) ? element.getAttribute('name') : null];
}

function elementsOf(name: string): DomElement[] {
  return Array.from(document.querySelectorAll(selector)).filter((each) => namesOf(each).includes(name));
}

/** One element, or a live list of several. */
function namedObject(name: string): unknown {
  const [first, second] = elementsOf(name);
  if (first?.localName === 'iframe' && first.getAttribute('name') === name) return endWhereUsed('The window of a frame');
  return second === undefined ? first : live(() => elementsOf(name));
}

/** The name has come, or is gone. */
function look(name: string): void {
  if (elementsOf(name).length === 0) {
    Reflect.deleteProperty(windowProperties, name);
    return;
  }
  // What the window inherits goes before: a name like `toString`.
  if (name in windowProperties) return;
  defineProperty(windowProperties, name, {
    get: () => namedObject(name),
    set(this: object, value: unknown) {
      defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
    },
    enumerable: false,
    configurable: true,
  });
}

function collect(node: DomNode, names: SafeSet<string>): void {
  if (!isElement(node)) return;
  for (const name of namesOf(node)) if (name !== null && name !== '') names.add(name);
  for (let child = node.firstChild; child !== null; child = child.nextSibling) collect(child, names);
}

/** After each change of the tree. */
export function lookAtNames(change: Change): void {
  const { type, target, attributeName, oldValue, addedNodes = [], removedNodes = [] } = change;
  const names = new SafeSet<string>();
  if (type === 'childList') for (const node of [...addedNodes, ...removedNodes]) collect(node, names);
  if (type === 'attributes' && (attributeName === 'id' || attributeName === 'name')) {
    if (isElement(target)) for (const name of namesOf(target)) if (name !== null && name !== '') names.add(name);
    if (oldValue !== null && oldValue !== undefined && oldValue !== '') names.add(oldValue);
  }
  names.forEach(look);
}

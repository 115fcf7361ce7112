/**
 * Why this file exists: the library's changes of the tree become mutation records. Each way to change it is wrapped; of
 * those that use each other the outermost one tells.
 */
import { apply } from '../../primordials';
import { queueRecord, type Change } from './mutation-observer';
import { lookAtForms } from './form-names';
import { lookAtNames } from './named-access';
import { prototypeOf, wrap, wrapSetter, type DomElement, type DomNode } from './library';

let isTelling = false;

/** Runs a change; what `before` found out is told once it is done. */
function told(before: () => (() => Change[]) | undefined, run: () => unknown): unknown {
  if (isTelling) return run();
  const after = before();
  isTelling = true;
  try {
    return run();
  } finally {
    isTelling = false;
    for (const change of after?.() ?? []) {
      lookAtNames(change);
      lookAtForms(change.target, change.addedNodes ?? []);
      queueRecord(change);
    }
  }
}

const fragmentType = 11;

function listOf(nodes: readonly DomNode[]): DomNode[] {
  return Array.prototype.slice.call(nodes) as DomNode[]; // the library's own lists
}

function removal(node: DomNode): Change[] {
  const { parentNode, previousSibling, nextSibling } = node;
  return parentNode === null ? [] : [{ type: 'childList', target: parentNode, removedNodes: [node], previousSibling, nextSibling }];
}

/** `_insertOrReplace(parent, before, isReplace)`: what all insertions come to. */
function insertion(node: DomNode, parent: DomNode, before: DomNode | null, isReplace: boolean): () => Change[] {
  const addedNodes = node.nodeType === fragmentType ? listOf(node.childNodes) : [node];
  const moved = node.nodeType === fragmentType ? [] : removal(node);
  const previous = before === null ? parent.lastChild : before.previousSibling;
  const previousSibling = previous === node ? node.previousSibling : previous;
  const removedNodes = isReplace && before !== null ? [before] : [];
  const nextSibling = isReplace ? (before?.nextSibling ?? null) : before;
  return () => {
    if (addedNodes.length === 0 && removedNodes.length === 0) return moved;
    return [...moved, { type: 'childList', target: parent, addedNodes, removedNodes, previousSibling, nextSibling }];
  };
}

/** All children are replaced at once: one record. */
function replacement(node: DomNode): () => Change[] {
  const removedNodes = listOf(node.childNodes);
  return () => {
    const addedNodes = listOf(node.childNodes);
    if (addedNodes.length === 0 && removedNodes.length === 0) return [];
    return [{ type: 'childList', target: node, addedNodes, removedNodes }];
  };
}

function attribute(element: DomElement, attributeName: string): Change {
  return { type: 'attributes', target: element, attributeName, oldValue: element.getAttribute(attributeName) };
}

/** Runs a change of a whole list of children, told as one. */
export function replacing<T>(node: DomNode, run: () => T): T {
  return told(() => replacement(node), run) as T; // what `run` answered
}

export function watchChanges(): void {
  wrap(prototypeOf('Node'), '_insertOrReplace', (native) =>
    function (this: DomNode, parent: DomNode, before: DomNode | null, isReplace: boolean) {
      const isNothing = before === this && !isReplace;
      return told(
        () => (isNothing ? undefined : insertion(this, parent, before, isReplace)),
        () => apply(native, this, [parent, before, isReplace] as never[]),
      );
    });
  for (const name of ['Element', 'CharacterData', 'DocumentType']) {
    wrap(prototypeOf(name), 'remove', (native) =>
      function (this: DomNode) {
        const changes = removal(this);
        return told(() => () => changes, () => apply(native, this, []));
      });
  }
  for (const [name, property] of [['Element', 'textContent'], ['DocumentFragment', 'textContent'], ['Element', 'innerText'], ['HTMLElement', 'innerHTML']] as const) {
    wrapSetter(prototypeOf(name), property, (native) =>
      function (this: DomNode, value: unknown) {
        replacing(this, () => apply(native, this, [value]));
      });
  }
  watchAttributes();
  for (const name of ['Text', 'Comment']) {
    for (const property of ['data', 'nodeValue', 'textContent']) {
      wrapSetter(prototypeOf(name), property, (native) =>
        function (this: DomNode & { readonly data: string }, value: unknown) {
          const change: Change = { type: 'characterData', target: this, oldValue: this.data };
          told(() => () => [change], () => apply(native, this, [value]));
        });
    }
  }
}

function watchAttributes(): void {
  const element = prototypeOf('Element');
  for (const name of ['_setAttribute', '_setattr']) {
    wrap(element, name, (native) =>
      function (this: DomElement, key: string, value: string) {
        const change = attribute(this, key);
        return told(() => () => [change], () => apply(native, this, [key, value] as never[]));
      });
  }
  wrap(element, '_setAttributeNS', (native) =>
    function (this: DomElement, namespace: string, key: string, value: string) {
      const change = attribute(this, key);
      return told(() => () => [change], () => apply(native, this, [namespace, key, value] as never[]));
    });
  wrap(element, 'removeAttribute', (native) =>
    function (this: DomElement, key: string) {
      const changes = this.hasAttribute(key) ? [attribute(this, key)] : [];
      return told(() => () => changes, () => apply(native, this, [key] as never[]));
    });
}

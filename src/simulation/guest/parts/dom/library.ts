/**
 * Why this file exists: the tree of nodes is the package domino's, a DOM in JavaScript; its own events are left aside.
 */
import { lock } from './unlocked';
import domino from '@mixmark-io/domino/lib/index.js';
import { defineProperty, getOwnPropertyDescriptor, isObject, named, setPrototypeOf, type Callable } from '../../primordials';
import { EventTarget } from '../browser/part';

/** A node, by the members that the host itself uses. */
export interface DomNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly ownerDocument: DomDocument | null;
  readonly parentNode: DomNode | null;
  readonly childNodes: readonly DomNode[];
  readonly firstChild: DomNode | null;
  readonly lastChild: DomNode | null;
  readonly previousSibling: DomNode | null;
  readonly nextSibling: DomNode | null;
  readonly rooted: boolean;
  appendChild(child: DomNode): DomNode;
  insertBefore(child: DomNode, before: DomNode | null): DomNode;
  removeChild(child: DomNode): DomNode;
  contains(other: DomNode | null): boolean;
}

export interface DomElement extends DomNode {
  readonly localName: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  hasAttribute(name: string): boolean;
  getAttributeNames(): string[];
  closest(selector: string): DomElement | null;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement> & ArrayLike<DomElement>;
}

export interface DomDocument extends DomNode {
  readyState: string;
  readonly body: DomElement & { innerHTML: string };
  createElement(name: string): DomElement;
  createTextNode(text: string): DomNode;
  createDocumentFragment(): DomNode;
  querySelector(selector: string): DomElement | null;
  querySelectorAll(selector: string): Iterable<DomElement> & ArrayLike<DomElement>;
}

lock();

export const interfaces = domino.impl;
/** Every class of the library has a prototype of this name. */
export function prototypeOf(name: string): Record<string, unknown> {
  return (interfaces[name]?.prototype ?? {}) as Record<string, unknown>;
}

// Its own making: the only document of a page.
export const document = domino.createDocument('<!DOCTYPE html><html><head></head><body></body></html>') as DomDocument;

// Nodes hear events in the host's way.
setPrototypeOf(prototypeOf('Node'), EventTarget.prototype);

export function isNode(value: unknown): value is DomNode {
  return isObject(value) && typeof (value as Partial<DomNode>).nodeType === 'number' && 'childNodes' in value;
}

export function isElement(value: unknown): value is DomElement {
  return isNode(value) && value.nodeType === 1;
}

/** Puts a method in place of the library's, which it is given. */
export function wrap(owner: object, name: string, make: (native: Callable) => Callable): void {
  const own = getOwnPropertyDescriptor(owner, name);
  const native: unknown = own?.value;
  if (own === undefined || typeof native !== 'function') return;
  const method = named(make(native as Callable), name, native.length);
  defineProperty(owner, name, { value: method, writable: true, enumerable: true, configurable: true });
}

type Setter = (this: never, value: unknown) => void;

/** The same for what is set. */
export function wrapSetter(owner: object, name: string, make: (native: (value: unknown) => void) => Setter): void {
  const own = getOwnPropertyDescriptor(owner, name);
  if (own?.set === undefined) return;
  defineProperty(owner, name, { ...own, set: make(own.set), enumerable: true, configurable: true });
}

export function method(owner: object, name: string, body: Callable, length = 0): void {
  const value = named(body, name, length);
  defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true });
}

export function getter(owner: object, name: string, read: (this: never) => unknown): void {
  defineProperty(owner, name, { get: read, enumerable: true, configurable: true });
}

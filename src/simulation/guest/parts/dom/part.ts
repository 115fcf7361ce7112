/**
 * Why this file exists: the document of a page, for programs that name it: nodes by a library, events and observers
 * ours.
 */
import { SafeSet, defineProperty, hide } from '../../primordials';
import { crossing } from '../../modules/clone-kinds';
import { domException } from '../../modules/events/dom-exception';
import { defineHandlers, eventKinds, expose, exposeGetter, page, targets, Event as HostEvent } from '../browser/part';
import { watchChanges } from './changes';
import { addCollections } from './collections';
import { addClick } from './clicks';
import { addFocus } from './focus';
import { addInputs } from './inputs';
import { document, interfaces, isNode, method, prototypeOf } from './library';
import { addLacking } from './lacking';
import { addMembers } from './members';
import { MutationObserver, MutationRecord } from './mutation-observer';
import { readDirectives } from './user';

/** What the library has beside the interfaces of the DOM, or in its own way. */
const left = new SafeSet(['NodeList', 'Window', 'DOMException', 'HTMLParser', 'Event', 'CustomEvent', 'UIEvent', 'MouseEvent', 'DOMImplementation']);

const handledEvents = [
  'click', 'dblclick', 'mousedown', 'mouseup', 'mousemove', 'mouseover', 'mouseout', 'mouseenter', 'mouseleave', 'pointerdown', 'pointerup',
  'pointermove', 'keydown', 'keyup', 'keypress', 'input', 'change', 'submit', 'reset', 'focus', 'blur', 'load', 'error', 'scroll', 'toggle',
  'contextmenu', 'wheel', 'touchstart', 'touchend', 'drag', 'drop', 'copy', 'paste', 'animationend', 'transitionend',
];

function exposeInterfaces(): void {
  for (const [name, klass] of Object.entries(interfaces)) {
    if (left.has(name)) continue;
    defineProperty(klass, 'name', { value: name, configurable: true });
    defineProperty(klass.prototype, Symbol.toStringTag, { value: name, configurable: true });
    expose({ [name]: klass });
  }
  expose({ MutationObserver, MutationRecord });
  exposeGetter('document', () => document);
  hide(document, Symbol.toStringTag, 'HTMLDocument');
}

targets.isInTree = isNode;

/** An event goes up the tree, and from the document to the window, but for `load`. */
targets.parentOf = (target, event) => {
  if (!isNode(target)) return null;
  return target.parentNode ?? (target === document && event.type !== 'load' ? globalThis : null);
};

function addDocumentMembers(): void {
  const owner = prototypeOf('Document');
  const kinds: Readonly<Record<string, new (type: string) => HostEvent>> = eventKinds;
  method(owner, 'createEvent', (kind: unknown) => new (kinds[String(kind).replace(/s$/, '')] ?? HostEvent)(''));
  for (const [name, value] of Object.entries({ defaultView: globalThis, visibilityState: 'visible', hidden: false, referrer: '' }))
    defineProperty(document, name, { value, enumerable: true, configurable: true });
  defineHandlers(owner, [...handledEvents, 'readystatechange', 'DOMContentLoaded', 'visibilitychange']);
  for (const name of ['HTMLElement', 'SVGElement']) defineHandlers(prototypeOf(name), handledEvents);
}

/** Nodes live in their page alone. */
const { encode } = crossing;
crossing.encode = (value) => {
  if (!isNode(value)) return encode(value);
  const kind = (value as { readonly [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? 'Node';
  throw domException(`${kind} object could not be cloned.`, 'DataCloneError');
};

watchChanges();
addMembers();
addCollections();
addInputs();
addFocus();
addClick();
addDocumentMembers();
addLacking();
exposeInterfaces();
document.readyState = 'loading';
Object.assign(document, { _address: 'http://localhost/' });

page.document = document;
page.begin = readDirectives;
page.setReadyState = (state) => {
  document.readyState = state;
};

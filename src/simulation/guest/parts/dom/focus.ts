/** Why this file exists: which element has the focus, and the events that say so. HTML §6.6. */
import { dispatch, eventKinds, trusted } from '../browser/part';
import { document, getter, isElement, method, prototypeOf, type DomElement } from './library';

type Caller = Parameters<typeof dispatch>[2];
let focused: DomElement | undefined;

const focusable = /^(?:button|input|select|textarea)$/;

function canFocus(element: DomElement): boolean {
  if (!element.rooted || element.hasAttribute('disabled')) return false;
  return focusable.test(element.localName) || (element.localName === 'a' && element.hasAttribute('href')) || element.hasAttribute('tabindex');
}

function tell(element: DomElement, type: string, other: DomElement | undefined, caller?: Caller): void {
  const init = { bubbles: type.length > 'focus'.length, composed: true, relatedTarget: other ?? null };
  dispatch(element, trusted(new eventKinds.FocusEvent(type, init)), caller);
}

function moveFocus(next: DomElement | undefined, caller?: Caller): void {
  const before = focused;
  if (before === next) return;
  focused = next;
  if (before !== undefined) {
    tell(before, 'blur', next, caller);
    tell(before, 'focusout', next, caller);
  }
  if (next === undefined || focused !== next) return;
  tell(next, 'focus', before, caller);
  tell(next, 'focusin', before, caller);
}

/** A press of the mouse moves the focus to what can have it, at or above the place. */
export function focusByMouse(element: DomElement, caller: Caller): void {
  let at: DomElement | null = element;
  while (at !== null && !canFocus(at)) at = isElement(at.parentNode) ? at.parentNode : null;
  moveFocus(at ?? undefined, caller);
}

export function addFocus(): void {
  const owner = prototypeOf('HTMLElement');
  method(owner, 'focus', function (this: DomElement): void {
    if (canFocus(this)) moveFocus(this);
  });
  method(owner, 'blur', function (this: DomElement): void {
    if (focused === this) moveFocus(undefined);
  });
  getter(prototypeOf('Document'), 'activeElement', () => (focused?.rooted === true ? focused : document.body));
  method(prototypeOf('Document'), 'hasFocus', () => true);
}

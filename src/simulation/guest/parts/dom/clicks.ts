/**
 * Why this file exists: what a click does: `el.click()`, and what the browser itself does once listeners had their say.
 * HTML §6.4.1 and §4.10.5.
 */
import { endNow } from '../../ending';
import { here } from '../../recorder';
import { dispatch, eventKinds, targets, trusted, type Event } from '../browser/part';
import { isElement, method, prototypeOf, type DomElement } from './library';

type Caller = Parameters<typeof dispatch>[2];
type Input = DomElement & { checked: boolean; readonly type: string };

function isInput(element: DomElement, types: readonly string[]): element is Input {
  return element.localName === 'input' && types.includes((element as Input).type);
}

function isSubmit(element: DomElement): boolean {
  const type = element.getAttribute('type');
  return (element.localName === 'button' && (type === null || type === 'submit')) || isInput(element, ['submit']);
}

export function clickEvent(detail: number): Event {
  return new eventKinds.PointerEvent('click', { bubbles: true, cancelable: true, composed: true, detail, view: globalThis });
}

function navigation(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet: it would leave the page`, site: here() });
}

/** A check box changes before anybody is told, and changes back when a listener prevents it. */
function toggle(input: Input, caller: Caller): (isCanceled: boolean) => void {
  const before = input.checked;
  input.checked = input.type === 'radio' ? true : !before;
  return (isCanceled) => {
    if (isCanceled) input.checked = before;
    else if (input.rooted && input.checked !== before)
      for (const type of ['input', 'change'])
        dispatch(input, trusted(new eventKinds.UIEvent(type, { bubbles: true })), caller);
  };
}

function submit(button: DomElement, caller: Caller): ((isCanceled: boolean) => void) | undefined {
  const form = button.closest('form');
  if (form === null) return undefined;
  return (isCanceled) => {
    if (isCanceled) return;
    requestSubmit(form, button, caller);
  };
}

function requestSubmit(form: DomElement, submitter: DomElement | null, caller?: Caller): void {
  const event = new eventKinds.SubmitEvent('submit', { bubbles: true, cancelable: true, submitter });
  if (dispatch(form, trusted(event), caller)) navigation('Submitting a form');
}

function follow(link: DomElement): (isCanceled: boolean) => void {
  return (isCanceled) => {
    if (!isCanceled && !(link.getAttribute('href') ?? '').startsWith('#')) navigation('Following a link');
  };
}

const labelable = 'button, input, select, textarea, meter, output, progress';

/** A click on a label is one on its control. */
function hand(label: DomElement, target: unknown, caller: Caller): ((isCanceled: boolean) => void) | undefined {
  const id = label.getAttribute('for');
  const control = id === null ? label.querySelector(labelable) : (label.ownerDocument?.querySelector(`#${id}`) ?? null);
  if (control === null || control === target) return undefined;
  return (isCanceled) => {
    if (!isCanceled && !control.hasAttribute('disabled')) dispatch(control, clickEvent(0), caller);
  };
}

targets.activate = (path, event, caller) => {
  if (event.type !== 'click') return undefined;
  for (let i = 0; i < path.length; i++) {
    const at = path[i];
    if (!isElement(at)) continue;
    if (isInput(at, ['checkbox', 'radio'])) return toggle(at, caller);
    if (isSubmit(at)) return submit(at, caller);
    if (at.localName === 'a' && at.hasAttribute('href')) return follow(at);
    if (at.localName === 'label') return hand(at, path[0], caller);
  }
  return undefined;
};

const underWay = new WeakSet<object>();

export function addClick(): void {
  method(prototypeOf('HTMLFormElement'), 'requestSubmit', function (this: DomElement, submitter?: unknown): void {
    requestSubmit(this, isElement(submitter) ? submitter : null);
  });
  method(prototypeOf('HTMLElement'), 'click', function (this: DomElement): void {
    if (underWay.has(this) || this.hasAttribute('disabled')) return;
    underWay.add(this);
    try {
      dispatch(this, clickEvent(0));
    } finally {
      underWay.delete(this);
    }
  });
}

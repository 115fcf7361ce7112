/**
 * Why this file exists: what the text of a program says of its page and its user, in comments:
 * `// loopscope: page <button id="go">Go</button>` is in the body before the script runs,
 * `// loopscope: click #go` and `// loopscope: click #go at 500` are clicks once the page has loaded.
 */
import { endNow } from '../../ending';
import { isModuleEntry } from '../../dynamic-import';
import { entryText } from '../../errors-places';
import { sourceAt } from '../../program-modules';
import { asCallbacks, dispatch, eventKinds, page, postAfter, trusted } from '../browser/part';
import { clickEvent } from './clicks';
import { focusByMouse } from './focus';
import { document, getter, type DomElement } from './library';

const directive = /^[ \t]*\/\/ loopscope: (page|click) (.+?)(?: at (\d+))?[ \t]*\r?$/gm;
/** From pressing to letting go. Modelled. */
const pressMs = 40;

const init = { bubbles: true, cancelable: true, composed: true, view: globalThis };

/** The button of the mouse goes down or up over an element: `token` is the task of it. */
function button(element: DomElement, way: 'down' | 'up', token: number): void {
  const { caller, finish } = asCallbacks(token, { queue: 'tasks', origin: 'event', label: `pointer${way}` });
  const pointer = new eventKinds.PointerEvent(`pointer${way}`, { ...init, pointerType: 'mouse' });
  dispatch(element, trusted(pointer), caller);
  const goesOn = dispatch(element, trusted(new eventKinds.MouseEvent(`mouse${way}`, { ...init, detail: 1 })), caller);
  if (way === 'down' && goesOn) focusByMouse(element, caller);
  if (way === 'up') dispatch(element, trusted(clickEvent(1)), caller);
  finish();
}

/** The user sees what is there then. */
function click(selector: string, token: number): void {
  const element = document.querySelector(selector);
  if (element === null) {
    endNow({ kind: 'unsupported', message: `The user is to click on '${selector}', but nothing on the page is that`, site: 0 });
  }
  if (element.hasAttribute('disabled')) return;
  button(element, 'down', token);
  postAfter(pressMs, { queue: 'tasks', origin: 'event', label: 'click', site: 0, priority: 'input' }, (task) => {
    button(element, 'up', task.token);
  });
}

/** The page's script stands at the end of its body. */
function addScript(): void {
  const script = document.createElement('script');
  if (isModuleEntry()) script.setAttribute('type', 'module');
  script.setAttribute('src', `/${sourceAt(0).path.replace(/^.*\//, '')}`);
  document.body.appendChild(script);
  current.script = isModuleEntry() ? null : script;
  page.scriptEnded = () => {
    current.script = null;
  };
}
const current: { script: DomElement | null } = { script: null };
getter(document, 'currentScript', () => current.script);

/** Before the script runs. */
export function readDirectives(): void {
  const actions: { at: number | undefined; act: (token: number) => void }[] = [];
  for (const [, kind, what = '', at] of entryText().matchAll(directive)) {
    if (kind === 'page') document.body.innerHTML += at === undefined ? what : `${what} at ${at}`;
    else actions.push({ at: at === undefined ? undefined : Number(at), act: (token) => { click(what, token); } });
  }
  page.userActions = actions;
  addScript();
}

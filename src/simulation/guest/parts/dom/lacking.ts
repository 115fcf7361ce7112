/**
 * Why this file exists: what browsers have on their nodes and neither the library nor the host has, above all whatever
 * needs a layout, ends the run at the line that uses it.
 */
import { endNow } from '../../ending';
import { defineProperty, getOwnPropertyDescriptor } from '../../primordials';
import { here } from '../../recorder';
import { prototypeOf } from './library';

const lacking: Readonly<Record<string, readonly string[]>> = {
  Element: [
    'getBoundingClientRect', 'getClientRects', 'clientWidth', 'clientHeight', 'clientTop', 'clientLeft', 'scrollTop', 'scrollLeft',
    'scrollWidth', 'scrollHeight', 'scrollIntoView', 'scrollTo', 'scrollBy', 'animate', 'getAnimations', 'attachShadow', 'shadowRoot',
    'requestFullscreen', 'requestPointerLock', 'setPointerCapture', 'releasePointerCapture', 'checkVisibility', 'setHTMLUnsafe',
  ],
  HTMLElement: ['offsetWidth', 'offsetHeight', 'offsetTop', 'offsetLeft', 'offsetParent', 'showPopover', 'hidePopover', 'togglePopover'],
  HTMLInputElement: [
    'files', 'valueAsNumber', 'valueAsDate', 'selectionStart', 'selectionEnd', 'setSelectionRange', 'select', 'stepUp', 'stepDown',
    'checkValidity', 'reportValidity', 'setCustomValidity', 'validity', 'showPicker',
  ],
  HTMLFormElement: ['checkValidity', 'reportValidity', 'reset'],
  HTMLMediaElement: ['play', 'pause', 'load', 'currentTime', 'duration', 'paused'],
  Document: [
    'elementFromPoint', 'elementsFromPoint', 'createRange', 'execCommand', 'getSelection', 'fonts', 'styleSheets', 'adoptedStyleSheets',
    'startViewTransition', 'exitFullscreen', 'getAnimations', 'timeline', 'write', 'writeln', 'open', 'close',
  ],
};

export function endWhereUsed(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

export function addLacking(): void {
  for (const [owner, names] of Object.entries(lacking)) {
    const prototype = prototypeOf(owner);
    for (const name of names) {
      if (owner !== 'Document' && getOwnPropertyDescriptor(prototype, name) !== undefined) continue;
      const end = (): never => endWhereUsed(`${name} of ${owner}`);
      defineProperty(prototype, name, { get: end, set: end, enumerable: true, configurable: true });
    }
  }
}

/**
 * Why this file exists: what Chromium has and the host has not can be asked for (`in`, `typeof`, `if (box.animate)`) as
 * if it were there; whoever uses it ends the run, at the line of the use.
 */
import { endNow } from '../../ending';
import { SafeSet, defineProperty, getOwnPropertyDescriptor, hide } from '../../primordials';
import { here } from '../../recorder';
import { standIn } from '../../stand-ins';
import { defineHandlers } from './events/event-target';
import { hostNames } from './chromium-names';

/** Nobody can have asked for it, since asking ends the run. */
const nullUntilAsked = new SafeSet([
  'shadowRoot', 'assignedSlot', 'fullscreenElement', 'pointerLockElement', 'pictureInPictureElement', 'activeViewTransition',
]);

export function endWhereUsed(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

/** Puts such names on an object. A handler (`onresize`) can be set: its event never comes by itself. */
export function addLacking(owner: object, names: readonly string[], of: string): void {
  for (const line of names) for (const each of line.split(' ')) addName(owner, each.charAt(0), each.slice(1), of);
}

function addName(owner: object, sign: string, name: string, of: string): void {
  if (getOwnPropertyDescriptor(owner, name) !== undefined) return;
  const what = of === '' ? name : `${name} of ${of}`;
  if (/^on[a-z]/.test(name)) defineHandlers(owner, [name.slice(2)]);
  else if (sign === '.' || of === '') addValue(owner, name, what, sign);
  else {
    const end = (): never => endWhereUsed(what);
    const value = sign === '*' ? standIn(what, 'object') : nullUntilAsked.has(name) ? null : undefined;
    const get = value === undefined ? end : (): unknown => value;
    defineProperty(owner, name, { get, set: end, enumerable: true, configurable: true });
  }
}

/** Of the window itself anything may be written over by the program. */
function addValue(owner: object, name: string, what: string, sign: string): void {
  if (sign !== '-') {
    hide(owner, name, standIn(what, sign === '.' ? 'function' : 'object'));
    return;
  }
  const set = (value: unknown): void => {
    defineProperty(owner, name, { value, writable: true, enumerable: true, configurable: true });
  };
  defineProperty(owner, name, { get: () => endWhereUsed(what), set, enumerable: true, configurable: true });
}

/** The names of the window, those of pages alone apart: a worker lacks them. */
export function addWindowNames(isPage: boolean): void {
  addLacking(globalThis, hostNames['Everywhere'] ?? [], '');
  if (isPage) addLacking(globalThis, hostNames['Window'] ?? [], '');
}

export function removePageNames(): void {
  for (const line of hostNames['Window'] ?? []) for (const each of line.split(' ')) Reflect.deleteProperty(globalThis, each.slice(1));
}

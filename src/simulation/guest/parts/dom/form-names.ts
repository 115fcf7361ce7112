/**
 * Why this file exists: the controls of a form are its members by their id and name, also where a form has a member of
 * that name already. HTML §4.10.3 (the form element, LegacyOverrideBuiltIns). NOT MODELLED: names that controls had.
 */
import { SafeSet, SafeWeakMap, defineProperty } from '../../primordials';
import { live } from './collections';
import { isElement, type DomElement, type DomNode } from './library';

const controls = 'button, fieldset, input, object, output, select, textarea';

/** Those that the form itself was given. */
const known = new SafeWeakMap<DomElement, SafeSet<string>>();

function namesOf(control: DomElement): string[] {
  return [control.getAttribute('id'), control.getAttribute('name')].filter((name) => name !== null && name !== '') as string[];
}

function controlsOf(form: DomElement, name: string): DomElement[] {
  const all = Array.from(form.querySelectorAll(controls)).filter((each) => each.getAttribute('type') !== 'image');
  return all.filter((each) => namesOf(each).includes(name));
}

function member(form: DomElement, name: string): unknown {
  const [first, second] = controlsOf(form, name);
  return second === undefined ? first : live(() => controlsOf(form, name));
}

function look(form: DomElement): void {
  const before = known.get(form) ?? new SafeSet<string>();
  const now = new SafeSet<string>();
  for (const control of Array.from(form.querySelectorAll(controls))) for (const name of namesOf(control)) now.add(name);
  known.set(form, now);
  before.forEach((name) => { if (!now.has(name)) Reflect.deleteProperty(form, name); });
  now.forEach((name) => {
    if (before.has(name)) return;
    defineProperty(form, name, { get: () => member(form, name), enumerable: false, configurable: true });
  });
}

/** Something changed at a node: its form, and the forms in what came. */
export function lookAtForms(at: DomNode, came: readonly DomNode[]): void {
  const own = isElement(at) ? at.closest('form') : null;
  if (own !== null) look(own);
  for (const node of came) {
    if (!isElement(node)) continue;
    if (node.localName === 'form') look(node);
    for (const form of Array.from(node.querySelectorAll('form'))) look(form);
  }
}

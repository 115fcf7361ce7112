/**
 * Why this file exists: what is in a field and whether a box is checked, apart from the attributes they begin with.
 * HTML §4.10.5.
 */
import { SafeWeakMap, defineProperty, toText } from '../../primordials';
import { live } from './collections';
import { getter, prototypeOf, type DomElement } from './library';

const values = new SafeWeakMap<DomElement, string>();
const checks = new SafeWeakMap<DomElement, boolean>();

interface Radio extends DomElement {
  checked: boolean;
}

/** A radio button that is checked takes the check from the others of its group. */
function uncheckOthers(input: DomElement): void {
  const name = input.getAttribute('name');
  const form = input.closest('form') ?? input.ownerDocument;
  if (input.getAttribute('type') !== 'radio' || name === null || form === null) return;
  // Both kinds of owner have it; the library's types leave it out.
  const others = (form as unknown as { querySelectorAll(selector: string): Iterable<Radio> }).querySelectorAll('input');
  for (const each of others)
    if (each !== input && each.getAttribute('name') === name && each.getAttribute('type') === 'radio') checks.set(each, false);
}

export function addInputs(): void {
  addSelect();
  addSelectedIndex();
  const input = prototypeOf('HTMLInputElement');
  defineProperty(input, 'checked', {
    get(this: DomElement): boolean {
      return checks.get(this) ?? this.hasAttribute('checked');
    },
    set(this: DomElement, value: unknown): void {
      checks.set(this, Boolean(value));
      if (value) uncheckOthers(this);
    },
    enumerable: true,
    configurable: true,
  });
  const isBox = (element: DomElement): boolean => /^(?:checkbox|radio)$/.test(element.getAttribute('type') ?? '');
  const initial = (element: DomElement): string => element.getAttribute('value') ?? (isBox(element) ? 'on' : '');
  defineValue(input, initial);
  const text = (element: DomElement): string => (element as DomElement & { readonly textContent: string }).textContent;
  defineValue(prototypeOf('HTMLTextAreaElement'), text);
  defineProperty(prototypeOf('HTMLOutputElement'), 'value', {
    get(this: DomElement): string {
      return text(this);
    },
    set(this: DomElement & { textContent: string }, value: unknown): void {
      this.textContent = toText(value);
    },
    enumerable: true,
    configurable: true,
  });
}

const chosen = new SafeWeakMap<DomElement, DomElement>();

function chosenOf(select: DomElement): DomElement | undefined {
  const options = Array.from(select.querySelectorAll('option'));
  const own = chosen.get(select);
  if (own !== undefined && options.includes(own)) return own;
  return options.findLast((each) => each.hasAttribute('selected')) ?? options[0];
}

function valueOf(option: DomElement): string {
  return option.getAttribute('value') ?? (option as DomElement & { readonly text: string }).text;
}

/** One of several: NOT MODELLED: lists of which more may be chosen. */
function addSelect(): void {
  defineProperty(prototypeOf('HTMLSelectElement'), 'value', {
    get(this: DomElement): string {
      const option = chosenOf(this);
      return option === undefined ? '' : valueOf(option);
    },
    set(this: DomElement, value: unknown): void {
      const option = Array.from(this.querySelectorAll('option')).find((each) => valueOf(each) === toText(value));
      if (option !== undefined) chosen.set(this, option);
    },
    enumerable: true,
    configurable: true,
  });
}

/** By its place among the options; −1: none. */
function addSelectedIndex(): void {
  const owner = prototypeOf('HTMLSelectElement');
  defineProperty(owner, 'selectedIndex', {
    get(this: DomElement): number {
      const own = chosenOf(this);
      return own === undefined ? -1 : Array.from(this.querySelectorAll('option')).indexOf(own);
    },
    set(this: DomElement, index: unknown): void {
      const option = Array.from(this.querySelectorAll('option'))[Number(index)];
      if (option !== undefined) chosen.set(this, option);
    },
    enumerable: true,
    configurable: true,
  });
  getter(owner, 'selectedOptions', function (this: DomElement) {
    return live(() => [chosenOf(this) ?? []].flat());
  });
  getter(owner, 'options', function (this: DomElement) {
    return live(() => Array.from(this.querySelectorAll('option')));
  });
}

function defineValue(owner: object, initial: (element: DomElement) => string): void {
  defineProperty(owner, 'value', {
    get(this: DomElement): string {
      return values.get(this) ?? initial(this);
    },
    set(this: DomElement, value: unknown): void {
      values.set(this, value === null ? '' : toText(value));
    },
    enumerable: true,
    configurable: true,
  });
}

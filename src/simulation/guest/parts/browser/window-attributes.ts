/**
 * Why this file exists: the attributes of the window, as HTML's §7.2.2 declares them: some can only be read, some are
 * replaced by whatever the program writes ([Replaceable]), some take text. Leaving the page is not modelled.
 */
import { inspectCustom } from '../../modules/events/event';
import { NativeTypeError, defineProperty, hide } from '../../primordials';
import { exposeGetter } from './interfaces';
import { endWhereUsed } from './lacking';
import { origin } from './messages';
import { onlyOne } from './navigator';

/** What the program writes takes the attribute's place. Web IDL §3.3.14. */
function replacing(name: string): (value: unknown) => void {
  return (value) => {
    defineProperty(globalThis, name, { value, writable: true, enumerable: true, configurable: true });
  };
}

function leave(): never {
  return endWhereUsed('Leaving the page');
}

/** Modelled: a page on a local server. */
const address = {
  href: `${origin}/`, protocol: 'http:', host: 'localhost', hostname: 'localhost', port: '', pathname: '/', search: '', hash: '',
};

export const { klass: Location, object: location } = onlyOne('Location', {});
for (const [key, value] of Object.entries(address))
  defineProperty(location, key, { get: () => value, set: leave, enumerable: true, configurable: false });
defineProperty(location, 'origin', { get: () => origin, enumerable: true, configurable: false });
hide(location, 'toString', () => address.href);
hide(Location.prototype, inspectCustom, () => ({ ...address, origin }));

const sizes = { innerWidth: 1280, innerHeight: 720, devicePixelRatio: 1, scrollX: 0, scrollY: 0 };

type Values = Readonly<Record<string, unknown>>;

export function exposeAttributes(readOnly: Values, replaceable: Values): void {
  const top = globalThis;
  const fixed = { window: globalThis, top, isSecureContext: true, crossOriginIsolated: false, closed: false };
  for (const [name, value] of Object.entries({ ...fixed, ...readOnly })) exposeGetter(name, () => value);
  const own = { self: globalThis, frames: globalThis, parent: globalThis, opener: null, length: 0, origin, ...sizes };
  for (const [name, value] of Object.entries({ ...own, ...replaceable }))
    exposeGetter(name, () => value, replacing(name));
  exposeGetter('location', () => location, leave);
  for (const name of ['name', 'status']) exposeText(name);
}

const symbolRefused = 'Cannot convert a Symbol value to a string';

function exposeText(name: string): void {
  let text = '';
  exposeGetter(name, () => text, (value) => {
    if (typeof value === 'symbol')
      throw new NativeTypeError(`Failed to set the '${name}' property on 'Window': ${symbolRefused}`);
    text = String(value);
  });
}

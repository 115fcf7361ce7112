/**
 * Why this file exists: what a page, and each of its workers, can ask of its browser and its own address. HTML §8.10.1
 * (Navigator), §10.3 (WorkerNavigator, WorkerLocation). Modelled: Chromium on Linux, on a machine of four processors.
 */
import { NativeTypeError, defineProperty, hide } from '../../primordials';
import { hostNames } from './chromium-names';
import { asInterface } from './interfaces';
import { addLacking } from './lacking';
import { origin } from './messages';

const version = '5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

const ofBoth = {
  hardwareConcurrency: 4, appCodeName: 'Mozilla', appName: 'Netscape', appVersion: version, platform: 'Linux x86_64', product: 'Gecko',
  userAgent: `Mozilla/${version}`, language: 'en-US', languages: Object.freeze(['en-US', 'en']), onLine: true, deviceMemory: 8,
};
const ofPage = {
  vendorSub: '', productSub: '20030107', vendor: 'Google Inc.', maxTouchPoints: 0, doNotTrack: null, cookieEnabled: true, webdriver: false,
  pdfViewerEnabled: true,
};

interface Identity {
  readonly klass: { readonly prototype: object };
  readonly object: object;
}

function illegal(name: string): Identity['klass'] {
  const klass: unknown = function (): never {
    throw new NativeTypeError(`Failed to construct '${name}': Illegal constructor`);
  };
  return klass as Identity['klass']; // a function of this kind has a prototype
}

/** An interface that nobody constructs, and the one object that it has. */
export function onlyOne(name: string, values: Readonly<Record<string, unknown>>): Identity {
  const klass: Identity['klass'] = illegal(name);
  asInterface(klass, name);
  for (const [key, value] of Object.entries(values))
    defineProperty(klass.prototype, key, { get: () => value, enumerable: true, configurable: true });
  addLacking(klass.prototype, hostNames[name] ?? [], name);
  return { klass, object: Object.create(klass.prototype) as object }; // an object of that prototype
}

export const { klass: Navigator, object: navigator } = onlyOne('Navigator', { ...ofBoth, ...ofPage });

/** What stands in a worker in their place; `path`: where its script is, below the page's address. */
export function workerIdentity(path: string): Readonly<Record<string, unknown>> {
  const own = onlyOne('WorkerNavigator', ofBoth);
  const href = `${origin}${path}`;
  const local = { origin, protocol: 'http:', host: 'localhost', hostname: 'localhost', port: '', search: '', hash: '' };
  const location = onlyOne('WorkerLocation', { ...local, pathname: path, href });
  hide(location.klass.prototype, 'toString', () => href);
  const classes = { WorkerNavigator: own.klass, WorkerLocation: location.klass };
  return { ...classes, navigator: own.object, location: location.object };
}

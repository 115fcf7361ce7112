/** Why this file exists: the part of the guest that brings `url`, `querystring`, `punycode` and their globals. */
import * as punycode from 'punycode/punycode.es6.js';
import { offerModule } from '../../modules/builtin';
import { hide, named } from '../../primordials';
import { toUnicode } from './domain';
import { fileURLToPath, pathToFileURL, urlToHttpOptions } from './files';
import { Url, urlFormat, urlParse, urlResolve, urlResolveObject } from './legacy';
import { querystring } from './querystring';
import { URLSearchParams, missing } from './search-params';
import { URL, isUrl } from './url';

export { URL, URLSearchParams, fileURLToPath, isUrl, pathToFileURL, urlToHttpOptions };

function domainToASCII(...given: unknown[]): string {
  if (given.length === 0) throw missing('domain');
  const url = URL.parse(`ws://${String(given[0])}`);
  return url === null ? '' : url.hostname;
}

function domainToUnicode(...given: unknown[]): string {
  if (given.length === 0) throw missing('domain');
  const url = URL.parse(`ws://${String(given[0])}`);
  return url === null ? '' : toUnicode(url.hostname);
}

const urlModule = {
  Url,
  parse: named(urlParse, 'urlParse', 3),
  resolve: named(urlResolve, 'urlResolve', 2),
  resolveObject: named(urlResolveObject, 'urlResolveObject', 2),
  format: named(urlFormat, 'urlFormat', 2),
  URL,
  URLSearchParams,
  domainToASCII: named(domainToASCII, 'domainToASCII', 1),
  domainToUnicode: named(domainToUnicode, 'domainToUnicode', 1),
  pathToFileURL: named(pathToFileURL, 'pathToFileURL', 1),
  fileURLToPath: named(fileURLToPath, 'fileURLToPath', 1),
  urlToHttpOptions: named(urlToHttpOptions, 'urlToHttpOptions', 1),
};

offerModule('url', () => urlModule);
offerModule('querystring', () => querystring);
offerModule('punycode', () => {
  const { ucs2decode, ucs2encode, decode, encode, toASCII, toUnicode: toLetters } = punycode;
  const ucs2 = { decode: ucs2decode, encode: ucs2encode };
  return { version: '2.1.0', ucs2, decode, encode, toASCII, toUnicode: toLetters };
});
for (const [name, value] of [['URL', URL], ['URLSearchParams', URLSearchParams]] as const) hide(globalThis, name, value);

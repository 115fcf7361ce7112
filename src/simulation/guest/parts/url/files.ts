/** Why this file exists: paths as `file:` URLs and back, on POSIX. Node 20: lib/internal/url.js. */
import { codedError, invalidType } from '../../node-errors';
import { pathModule } from '../../modules/path';
import { NativeTypeError, createObject, get, isObject } from '../../primordials';
import { URL } from './url';

export function fileURLToPath(given: unknown): string {
  let url = given;
  if (typeof url === 'string') url = new URL(url);
  else if (!looksLikeUrl(url)) throw invalidType('path', 'of type string or an instance of URL', url);
  const { protocol, hostname, pathname } = url as URL; // or what looks like one
  if (protocol !== 'file:')
    throw codedError(NativeTypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (hostname !== '')
    throw codedError(NativeTypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(pathname)) {
    const words = 'File URL path must not include encoded / characters';
    throw codedError(NativeTypeError, 'ERR_INVALID_FILE_URL_PATH', words);
  }
  return decodeURIComponent(pathname);
}

/** Node: isURL. */
function looksLikeUrl(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Boolean(get(value, 'href')) && Boolean(get(value, 'protocol')) && get(value, 'auth') === undefined && get(value, 'path') === undefined;
}

const escapes: readonly (readonly [RegExp, string])[] = [
  [/%/g, '%25'],
  [/\\/g, '%5C'],
  [/\n/g, '%0A'],
  [/\r/g, '%0D'],
  [/\t/g, '%09'],
  [/\?/g, '%3F'],
  [/#/g, '%23'],
];

export function pathToFileURL(path: unknown): URL {
  const { resolve } = pathModule as unknown as { resolve(path: unknown): string };
  if (typeof path !== 'string') throw invalidType('path', 'of type string', path);
  let resolved = resolve(path);
  if (path.endsWith('/') && !resolved.endsWith('/')) resolved += '/';
  for (const [sign, escaped] of escapes) resolved = resolved.replaceAll(sign, escaped);
  return new URL(`file://${resolved}`);
}

export function urlToHttpOptions(url: URL): object {
  const { hostname, pathname, port, username, password, search } = url;
  const options = createObject(null) as Record<string, unknown>;
  for (const key of Object.keys(url)) options[key] = get(url, key);
  Object.assign(options, {
    protocol: url.protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname}${search}`,
    href: url.href,
  });
  if (port !== '') options['port'] = Number(port);
  if (username !== '' || password !== '') options['auth'] = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

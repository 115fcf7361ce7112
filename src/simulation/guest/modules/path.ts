/** Why this file exists: `node:path` on POSIX. Node 20: lib/path.js; path-browserify computes it. */
import posix from 'path-browserify';
import { checkObject, checkString } from '../node-errors';
import { standsAtEach } from '../stood-for';
import { isCallable, named, type Callable } from '../primordials';

const parameters: Readonly<Record<string, readonly string[]>> = {
  resolve: [],
  normalize: ['path'],
  isAbsolute: ['path'],
  join: [],
  relative: ['from', 'to'],
  toNamespacedPath: [],
  dirname: ['path'],
  basename: ['path'],
  extname: ['path'],
  parse: ['path'],
};

const source = posix as unknown as Record<string, Callable>;

/** From the last to the first that is absolute: what stands before is not looked at. */
function checkResolved(paths: readonly unknown[]): void {
  for (let i = paths.length - 1; i >= 0; i--) {
    const path = paths[i];
    checkString(path, `paths[${i}]`);
    if (String(path).startsWith('/')) return;
  }
}

function checkSuffix(given: unknown): void {
  checkString(given, 'suffix');
}

function checkSecond(given: unknown, name: string): void {
  checkString(given, name);
}

/** The same function behind Node's checks and words. */
function checked(name: string): Callable {
  const names = parameters[name] ?? [];
  const f = source[name];
  const wrapped = (...args: unknown[]): unknown => {
    if (name === 'toNamespacedPath') return args[0];
    if (name === 'resolve') checkResolved(args);
    else if (name === 'basename' && args[1] !== undefined) checkSuffix(args[1]);
    else if (names.length === 0) for (const each of args) checkString(each, 'path');
    names.forEach((each, i) => {
      (i === 0 ? checkString : checkSecond)(args[i], each);
    });
    return isCallable(f) ? f(...(args as never[])) : undefined;
  };
  return named(wrapped as Callable, name, names.length);
}

const module: Record<string, unknown> = {};
for (const name of Object.keys(parameters)) module[name] = checked(name);
module['format'] = named(
  (given: unknown): unknown => {
    checkObject(given, 'pathObject');
    const { dir, root = '', base, name = '', ext = '' } = given as Record<string, string | undefined>; // read as Node reads it
    const folder = dir === undefined || dir === '' ? root : dir;
    const dot = ext !== '' && !ext.startsWith('.') ? '.' : '';
    const file = base === undefined || base === '' ? `${name}${dot}${ext}` : base;
    return folder === '' ? file : folder === root ? `${folder}${file}` : `${folder}/${file}`;
  },
  'format',
  1,
);
module['sep'] = '/';
module['delimiter'] = ':';
module['posix'] = module;

export const pathModule = module;

for (const [name, place] of Object.entries({
  join: '1305:7', normalize: '1260:5', dirname: '1408:5', extname: '1518:5', isAbsolute: '1289:5', parse: '1582:5',
}))
  standsAtEach(module, 'Object', 'node:path', { [name]: { checkString: place } });
standsAtEach(module, 'Object', 'node:path', {
  resolve: { checkResolved: '1223:7' },
  basename: { checkSuffix: '1440:7', checkString: '1441:5' },
  relative: { checkSecond: '1324:5', checkString: '1323:5' },
});

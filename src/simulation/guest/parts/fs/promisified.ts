/**
 * Why this file exists: what `util.promisify` makes of functions whose callbacks get more than one value, or no error.
 * Node 20: lib/fs.js (customPromisifyArgs, promisify.custom).
 */
import { deferred } from '../../own-promises';
import { call, hide, named, type Callable } from '../../primordials';
import { exists, read, write } from './callbacks';

const custom = Symbol.for('nodejs.util.promisify.custom');

/** The values after the error, by their names. */
export function valuesByName(original: Callable, names: readonly string[]): Callable {
  return (...given: unknown[]): object => {
    const { promise, resolve, reject } = deferred();
    call(original, undefined, ...given, (error: unknown, ...values: unknown[]) => {
      if (error) reject(error);
      else resolve(Object.fromEntries(names.map((name, i) => [name, values[i]])));
    });
    return promise;
  };
}

function existsWithPromise(path: unknown): object {
  const { promise, resolve } = deferred();
  exists(path, resolve);
  return promise;
}

hide(read, custom, named(valuesByName(read, ['bytesRead', 'buffer']), 'read'));
hide(write, custom, named(valuesByName(write, ['bytesWritten', 'buffer']), 'write'));
hide(exists, custom, named(existsWithPromise, 'exists'));

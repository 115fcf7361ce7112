/**
 * Why this file exists: what `util.promisify` makes of functions whose callbacks get more than one value, or no error.
 * Node 20: lib/fs.js (customPromisifyArgs, promisify.custom).
 */
import { callbackNames } from '../../modules/util/promisify';
import { deferred } from '../../own-promises';
import { hide, named } from '../../primordials';
import { exists, read, write } from './callbacks';

const custom = Symbol.for('nodejs.util.promisify.custom');

function existsWithPromise(path: unknown): object {
  const { promise, resolve } = deferred();
  exists(path, resolve);
  return promise;
}

callbackNames.set(read, ['bytesRead', 'buffer']);
callbackNames.set(write, ['bytesWritten', 'buffer']);
hide(exists, custom, named(existsWithPromise, 'exists'));

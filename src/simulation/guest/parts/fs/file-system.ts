/** Why this file exists: `statfs`: a file system of 16 GB, three quarters of it free. Modelled. Node 20: lib/fs.js. */
import { hide, named } from '../../primordials';
import { pathOf, callbackOf } from './arguments';
import * as calls from './calls';
import { atOnce, operationOf, withCallback, withPromise } from './ways';

/** Of ext4 (`EXT4_SUPER_MAGIC`), in blocks of 4 KiB: 16 GB are 4,194,304 of them. */
const figures = {
  type: 61_267, bsize: 4096, blocks: 4_194_304, bfree: 3_145_728, bavail: 2_936_012, files: 1_048_576, ffree: 786_432,
};

const StatFs = named(function (): void { /* its name is shown */ }, 'StatFs');

function answer(options: unknown): object {
  const isBig = Boolean((options as { readonly bigint?: unknown } | null | undefined)?.bigint);
  const made = Object.create(StatFs.prototype as object) as object;
  for (const [name, value] of Object.entries(figures)) Object.assign(made, { [name]: isBig ? BigInt(value) : value });
  return made;
}
hide(StatFs.prototype as object, 'constructor', StatFs);

export function statfsSync(path: unknown, options: unknown = {}): object {
  atOnce(calls.statfs(pathOf(path)));
  return answer(options);
}

export function statfs(path: unknown, ...given: unknown[]): void {
  const last = given[given.length - 1];
  const options = given.length > 1 ? given[0] : undefined;
  const place = pathOf(path);
  withCallback(operationOf('statfs', path), calls.statfs(place), callbackOf(last), () => answer(options));
}

export async function statfsPromised(path: unknown, options: unknown = {}): Promise<object> {
  const operation = operationOf('statfs', path);
  await withPromise(operation, calls.statfs(pathOf(path)));
  return answer(options);
}

/** Why this file exists: lines of an open file of `fs/promises`. Node 20: lib/internal/fs/promises.js (readLines). */
import { call, hide, named } from '../../primordials';
import { FileHandle } from '../fs/part';
import '../fs-streams/part';
import { createInterface } from '../readline/part';

function readLines(this: FileHandle, options?: object): object {
  // The part above has put it there.
  const { createReadStream } = this as unknown as { createReadStream(options?: object): object };
  return createInterface({ input: call(createReadStream, this, options), crlfDelay: Infinity });
}
hide(FileHandle.prototype, 'readLines', named(readLines, 'readLines', 0));

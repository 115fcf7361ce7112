/** Why this file exists: what an object of ours keeps and Node's does not is seen by nobody who lists its members. */
import { defineProperty } from './primordials';

const unseen = { enumerable: false };

/** Members that are there are left out of lists of keys and of what the console shows. */
export function hideOwn(object: object, ...names: readonly string[]): void {
  for (let i = 0; i < names.length; i++) defineProperty(object, names[i] ?? '', unseen);
}

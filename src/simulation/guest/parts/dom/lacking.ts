/**
 * Why this file exists: what browsers have on their nodes and neither the library nor the host has, above all whatever
 * needs a layout, ends the run at the line that uses it.
 */
import { addLackingNames } from '../browser/part';
import { nodeNames } from './chromium-names';
import { interfaces, prototypeOf } from './library';

/** The library has them, but not as a page needs them. */
const replaced: Readonly<Record<string, readonly string[]>> = {
  Document: ['.write .writeln .open .close'],
};

export function addLacking(): void {
  for (const [owner, names] of Object.entries(replaced)) {
    for (const line of names) for (const each of line.split(' ')) Reflect.deleteProperty(prototypeOf(owner), each.slice(1));
    addLackingNames(prototypeOf(owner), names, owner);
  }
  for (const [owner, names] of Object.entries(nodeNames))
    if (owner in interfaces) addLackingNames(prototypeOf(owner), names, owner);
}

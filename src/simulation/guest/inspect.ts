/**
 * Why this file exists: Node's own `util.inspect`, from the package that extracts it from Node's sources; bundled with
 * what it asks of V8.
 */
import { lentNames } from './engine-gaps';
import {
  formatWithOptions as nodeFormat,
  inspect as nodeInspect,
  stripVTControlCharacters as nodeStrip,
} from 'node-inspect-extracted';

for (const name of lentNames) Reflect.deleteProperty(globalThis, name);

export const inspect: (value: unknown, options?: object) => string = nodeInspect;
export const formatWithOptions: (options: object, ...args: unknown[]) => string = nodeFormat;
export const stripVTControlCharacters: (text: string) => string = nodeStrip;

/** Why this file exists: values made from types, for the parameters of a function that is started on its own. */
import type { MadeUpValue, ReadText, Start } from '../request';

/** Values for the parameters that `start` needs, in order. */
export function madeUpValues(_entry: string, _start: Start, _read: ReadText): readonly MadeUpValue[] {
  return [];
}

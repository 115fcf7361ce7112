/** Why this file exists: a node is found again in another parse of its text by its place and kind, as one number. */
import type ts from 'typescript';

/** Texts beyond this have no keys: 22 bits for a place, twice, and 9 for a kind make 53, which a number holds. */
export const longestText = 2 ** 22;
const kinds = 2 ** 9;

/** With `shift`, of the node at a place so much further on. */
export function keyOf({ pos, end, kind }: ts.Node, shift = 0): number {
  return keyFrom(pos + shift, end + shift, kind);
}

export function keyFrom(pos: number, end: number, kind: number): number {
  return (pos * longestText + end) * kinds + kind;
}

/** Place and kind of a key. */
export function partsOf(key: number): readonly [pos: number, end: number, kind: number] {
  const places = Math.floor(key / kinds);
  return [Math.floor(places / longestText), places % longestText, key % kinds];
}

/**
 * Why this file exists: memory that agents share. Each engine has a copy, because engines cannot share theirs. Since
 * only one agent runs at a time, the copies are one: what an agent wrote is taken when it stops, and put where the next
 * one sees it before it goes on.
 */

/** Where an engine keeps its copy. */
export interface Region {
  readonly address: number;
  readonly common: Uint8Array;
}

export function takeOut(memory: ArrayBufferLike, regions: readonly Region[]): void {
  for (const { address, common } of regions) common.set(new Uint8Array(memory, address, common.length));
}

export function putIn(memory: ArrayBufferLike, regions: readonly Region[]): void {
  for (const { address, common } of regions) new Uint8Array(memory, address, common.length).set(common);
}

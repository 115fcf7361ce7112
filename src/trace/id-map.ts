/**
 * Why this file exists: states of neighbouring steps share almost everything. An `IdMap` is an immutable map from
 * small positive integers to values; a changed copy shares all but a few nodes of 32 slots with the old one, so that a
 * state costs the same whether the program has ten promises or a million. Entries come in the order of their ids.
 */

const bits = 5;
const width = 1 << bits;

/** A node of the tree: 32 slots, of values at the lowest level, of nodes above it; undefined where there is nothing. */
type Node = readonly unknown[];

export interface IdMap<Value> {
  readonly size: number;
  /** Levels below the root: 0 when the root holds the values. */
  readonly depth: number;
  readonly root: Node | undefined;
  /** Never set: it ties the type to its values. */
  readonly valueType?: Value;
}

const nothing: IdMap<never> = { size: 0, depth: 0, root: undefined };

export function emptyIdMap<Value>(): IdMap<Value> {
  return nothing;
}

function slotOf(id: number, level: number): number {
  return (id >>> (bits * level)) & (width - 1);
}

/** The value of an id, or undefined. */
export function getId<Value>(map: IdMap<Value>, id: number): Value | undefined {
  if (id < 0 || id >= width ** (map.depth + 1)) return undefined;
  let node = map.root;
  for (let level = map.depth; level > 0 && node !== undefined; level--) {
    node = node[slotOf(id, level)] as Node | undefined; // above level 0 there are nodes only
  }
  return node?.[slotOf(id, 0)] as Value | undefined; // level 0 holds values only
}

function withSlot(node: Node | undefined, slot: number, content: unknown): Node {
  const copy: unknown[] = node === undefined ? new Array<unknown>(width).fill(undefined) : node.slice();
  copy[slot] = content;
  return copy;
}

function setIn(node: Node | undefined, level: number, id: number, value: unknown): Node {
  const slot = slotOf(id, level);
  if (level === 0) return withSlot(node, slot, value);
  return withSlot(node, slot, setIn(node?.[slot] as Node | undefined, level - 1, id, value));
}

/** A copy in which `id` has `value`. Ids are non-negative integers. */
export function setId<Value>(map: IdMap<Value>, id: number, value: Value): IdMap<Value> {
  const size = getId(map, id) === undefined ? map.size + 1 : map.size;
  let { depth, root } = map;
  while (id >= width ** (depth + 1)) {
    if (root !== undefined) root = withSlot(undefined, 0, root);
    depth += 1;
  }
  return { size, depth, root: setIn(root, depth, id, value) };
}

function deleteIn(node: Node, level: number, id: number): Node | undefined {
  const slot = slotOf(id, level);
  const content = level === 0 ? undefined : deleteIn(node[slot] as Node, level - 1, id);
  if (content === undefined && node.every((other, index) => index === slot || other === undefined)) return undefined;
  return withSlot(node, slot, content);
}

/** A copy without `id`. Nodes that become empty go, so that what is left is found at once. */
export function deleteId<Value>(map: IdMap<Value>, id: number): IdMap<Value> {
  if (map.root === undefined || getId(map, id) === undefined) return map;
  if (map.size === 1) return nothing;
  return { size: map.size - 1, depth: map.depth, root: deleteIn(map.root, map.depth, id) };
}

function collect(node: Node, level: number, limit: number, backwards: boolean, into: unknown[]): void {
  for (let index = 0; index < width && into.length < limit; index++) {
    const content = node[backwards ? width - 1 - index : index];
    if (content === undefined) continue;
    if (level === 0) into.push(content);
    else collect(content as Node, level - 1, limit, backwards, into);
  }
}

/** The first `limit` values by rising id. */
export function firstValues<Value>(map: IdMap<Value>, limit = Infinity): readonly Value[] {
  const found: unknown[] = [];
  if (map.root !== undefined) collect(map.root, map.depth, limit, false, found);
  return found as Value[];
}

/** The last `limit` values, still by rising id. */
export function lastValues<Value>(map: IdMap<Value>, limit: number): readonly Value[] {
  const found: unknown[] = [];
  if (map.root !== undefined) collect(map.root, map.depth, limit, true, found);
  return (found as Value[]).reverse();
}

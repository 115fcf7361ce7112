/** Why this file exists: what memory all agents of a run have: how much, against one limit, and which they share. */

export interface AgentMemory {
  /** The same memory for everybody who asks by its number. */
  readonly shared: (number: number, length: number) => SharedArrayBuffer;
  readonly isShared: () => boolean;
  /** Told what one agent has; answers what all have together. */
  readonly ofAll: (agent: number, bytes: number) => number;
  readonly forget: (agent: number) => void;
}

export function createMemory(): AgentMemory {
  const sizes = new Map<number, number>();
  const blocks = new Map<number, SharedArrayBuffer>();
  return {
    shared(number, length) {
      const block = blocks.get(number) ?? new SharedArrayBuffer(length);
      blocks.set(number, block);
      return block;
    },
    isShared: () => blocks.size > 0,
    ofAll(agent, bytes) {
      sizes.set(agent, bytes);
      return [...sizes.values()].reduce((sum, each) => sum + each, 0);
    },
    forget(agent) {
      sizes.delete(agent);
    },
  };
}

/**
 * Why this file exists: what primary and workers say to each other, and its answers. Node 20:
 * lib/internal/cluster/utils.js.
 */
import { SafeMap } from '../../primordials';
import type { Target } from '../ipc/part';

export interface Said {
  readonly cmd?: string;
  readonly act?: string;
  readonly seq?: number;
  readonly ack?: number;
  readonly key?: string;
  readonly accepted?: boolean;
  readonly errno?: number;
  readonly [more: string]: unknown;
}

type Hear = (said: Said, handle: unknown) => void;

const answers = new SafeMap<number, Hear>();
let last = 0;

interface Ways {
  readonly handle?: unknown;
  readonly answered?: Hear;
}

export function say(target: Target, said: Said, { handle, answered }: Ways = {}): boolean {
  if (!target.connected) return false;
  const seq = last++;
  if (answered !== undefined) answers.set(seq, answered);
  return target.send({ cmd: 'NODE_CLUSTER', ...said, seq }, handle);
}

/** A listener of `internalMessage`: an answer goes to who asked. */
export function hearing(hear: Hear): (said: Said, handle: unknown) => void {
  return (said, handle) => {
    if (said.cmd !== 'NODE_CLUSTER') return;
    const asker = said.ack === undefined ? undefined : answers.get(said.ack);
    if (said.ack !== undefined) answers.delete(said.ack);
    (asker ?? hear)(said, handle);
  };
}

/** Why this file exists: processes that this one started and that are programs of Node: who hears of their ends. */
import type { Arrival } from '../../agent-messages';
import { SafeMap } from '../primordials';

type Exited = Extract<Arrival, { kind: 'exited' }>;

const running = new SafeMap<number, (exited: Exited) => void>();

export function whenProgramExits(agent: number, told: (exited: Exited) => void): void {
  running.set(agent, told);
}

/** False where it was no process, but a thread. */
export function processExited(exited: Exited): boolean {
  const told = running.get(exited.thread);
  running.delete(exited.thread);
  told?.(exited);
  return told !== undefined;
}

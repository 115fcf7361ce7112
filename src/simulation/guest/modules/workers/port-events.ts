/** Why this file exists: what the record tells of ports: a message is posted, and begins to be handled. */
import type { Arrival } from '../../../agent-messages';

type Message = Extract<Arrival, { kind: 'message' }>;

export const portTraffic = {
  posted(_id: number, _size: number): void {
    // told by the trace of agents
  },
  received(_message: Message): number {
    return 0;
  },
  taken(_message: Message): void {
    // told by the trace of agents
  },
};

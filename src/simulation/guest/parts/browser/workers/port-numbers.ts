/** Why this file exists: numbers of ports and messages are those of their agent, so that the host knows each. */
import { agent } from '../../../agents';

export const perAgent = 1_000_000;
let last = 0;

export function newPort(): number {
  agent.meets = true;
  return agent.id * perAgent + ++last;
}

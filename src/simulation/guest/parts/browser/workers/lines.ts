/**
 * Why this file exists: ports that are sent to a worker, or to the page by one: the line behind such a port leads
 * through the host from then on. HTML §9.4.4 (message ports' transfer steps).
 */
import { ask } from '../../../agents';
import type { Arrival } from '../../../../agent-messages';
import { clock } from '../../../clock';
import { postCost } from '../../../modules/workers/costs';
import { SafeMap } from '../../../primordials';
import { newLine, reach, type Far, type Line, type Packed } from '../messages';
import { newPort } from './port-numbers';

type Message = Extract<Arrival, { kind: 'message' }>;

const lines = new SafeMap<number, Line>();
/** What came for an end that has not come itself yet: the message that brings it follows. */
const early = new SafeMap<number, readonly Message[]>();

function farBy(port: number): Far {
  return {
    port,
    post: ({ text, ports }) => {
      clock.spend(postCost(text.length));
      ask({ op: 'post', port, text, ports: ports.map(leaveBy), id: 0 });
    },
    close: () => {
      lines.delete(port);
      ask({ op: 'close', port });
    },
  };
}

function connect(line: Line, port: number): void {
  line.other = undefined;
  line.far = farBy(port);
  lines.set(port, line);
}

/** The end of a line leaves this agent with what waits there: the host's number of it. */
export function leaveBy(line: Line): number {
  const { other, far } = line;
  const port = far?.port ?? newPort();
  if (far === undefined) {
    const rest = newPort();
    ask({ op: 'channel', ports: [rest, port] });
    if (other === undefined || other.isClosed) ask({ op: 'close', port: rest });
    else connect(other, rest);
  }
  lines.delete(port);
  const messages = line.waiting.splice(0).map((each): Message => messageOf(each, port));
  ask({ op: 'detach', port, messages });
  return port;
}

function messageOf({ text, ports }: Packed, port: number): Message {
  return { kind: 'message', port, text, ports: ports.map(leaveBy), id: 0, at: clock.now() };
}

/** The end of a line has come with a message. */
export function comeBy(port: number): Line {
  const line = newLine();
  connect(line, port);
  ask({ op: 'attach', port });
  const waited = early.get(port) ?? [];
  early.delete(port);
  for (const each of waited) hearLine(each);
  return line;
}

/** What has come is for a port. */
export function hearLine(message: Message): void {
  const { port, text, ports } = message;
  const line = lines.get(port);
  if (line === undefined) early.set(port, [...(early.get(port) ?? []), message]);
  else if (!line.isClosed) reach(line, { text, ports: ports.map(comeBy) });
}

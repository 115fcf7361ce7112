/**
 * Why this file exists: pipes between agents: what one writes the host carries, as messages between two ports, and the
 * other's next look finds it.
 */
import { agent, ask } from '../../agents';
import type { Arrival } from '../../../agent-messages';
import { SafeMap, bareList } from '../../primordials';

export type PipeMessage = Extract<Arrival, { kind: 'message' }>;
type Message = PipeMessage | Extract<Arrival, { kind: 'closed' }>;

/** What hears what comes through a pipe. */
export interface PipeEnd {
  take(message: PipeMessage): void;
  /** Who had the other end has closed it, or has ended. */
  gone(): void;
}

const ends = new SafeMap<number, PipeEnd>();
/** What came for a port before the message that brings the port was read. */
const early = new SafeMap<number, Message[]>();

export function keepForLater(message: Message): void {
  const waiting = early.get(message.port) ?? bareList<Message>();
  waiting[waiting.length] = message;
  early.set(message.port, waiting);
}

export function takeEarly(port: number): readonly Message[] {
  const waited = early.get(port) ?? bareList<Message>();
  early.delete(port);
  return waited;
}

export function openPipe(port: number, end: PipeEnd): void {
  agent.meets = true;
  ends.set(port, end);
  const waited = takeEarly(port);
  for (let i = 0; i < waited.length; i++) {
    const each = waited[i];
    if (each !== undefined) tellPipe(each);
  }
}

/** False where the port is no pipe's. */
export function tellPipe(message: Message): boolean {
  const end = ends.get(message.port);
  if (message.kind === 'message') end?.take(message);
  else end?.gone();
  return end !== undefined;
}

/** `ports` go along; a message that is shown has a number. False where the other end is closed. */
export function sendOn(port: number, text: string, ports: readonly number[] = [], id = 0): boolean {
  return ask({ op: 'post', port, text, ports, id }).isHeard === true;
}

/** Somebody else has it now. */
export function forgetPipe(port: number): void {
  ends.delete(port);
}

export function closePipe(port: number): void {
  forgetPipe(port);
  ask({ op: 'close', port });
}

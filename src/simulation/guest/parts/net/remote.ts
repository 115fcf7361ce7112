/**
 * Why this file exists: an end of a pipe or of a connection whose other end another agent has, and how an end goes
 * there. What crosses is text: a letter that says what it is, and bytes as Latin-1.
 */
import { ask } from '../../agents';
import { clock } from '../../clock';
import { newPortNumber } from '../../modules/workers/end';
import { closePipe, forgetPipe, openPipe, sendOn, type PipeMessage } from '../../modules/workers/pipes';
import { Buffer } from '../buffer/part';
import { Endpoint } from './endpoint';
import type { FaultCode } from './faults';
import type { Peer } from './handle';
import { roomTaken } from './outbox';

/** Less than what a full pipe needs to be free of. */
const saidFrom = 50_000;

export class RemotePeer implements Peer {
  isClosed = false;
  /** What went there and was not heard to be read. */
  taken = 0;
  /** What came from there; how much of it was said to be read. */
  #came = 0;
  #said = 0;

  private constructor(readonly port: number, readonly near: Endpoint) {}

  /** From now on the other end of `end` is whoever has the other end of `port`. */
  static join(port: number, end: Endpoint): void {
    const peer = new RemotePeer(port, end);
    end.peer = peer;
    openPipe(port, {
      take: ({ text }: PipeMessage) => {
        const rest = text.slice(1);
        if (text.startsWith('d')) peer.#bring(Buffer.from(rest, 'latin1'));
        else if (text.startsWith('t')) peer.#bring(Buffer.from(rest, 'utf8'));
        else if (text.startsWith('r')) peer.#hear(Number(rest));
        else if (text.startsWith('f')) end.fail(rest as FaultCode); // `fail` wrote it
        else end.end();
      },
      gone: () => {
        peer.isClosed = true;
        if (!end.hasEnded) end.end();
      },
    });
  }

  #bring(bytes: Uint8Array): void {
    this.#came += roomTaken(bytes, this.near.isPipe);
    this.near.receive(bytes);
  }

  /** The other side has read so much. */
  #hear(room: number): void {
    this.taken = Math.max(0, this.taken - room);
    this.near.wasRead();
  }

  /** Said when it matters to who has no room: a message for each look would be many. */
  wasRead(): void {
    const read = this.#came - this.near.taken;
    if (this.isClosed || read - this.#said < saidFrom) return;
    sendOn(this.port, `r${String(read - this.#said)}`);
    this.#said = read;
  }

  receive(bytes: Uint8Array): void {
    this.taken += roomTaken(bytes, this.near.isPipe);
    sendOn(this.port, textOf(bytes));
  }

  end(): void {
    sendOn(this.port, 'e');
  }

  fail(fault: FaultCode): void {
    sendOn(this.port, `f${fault}`);
  }

  left(): void {
    closePipe(this.port);
  }
}

function textOf(bytes: Uint8Array): string {
  return `d${Buffer.from(bytes).toString('latin1')}`;
}

/** The end leaves this agent: the number by which another one can have it. */
export function depart(end: Endpoint): number {
  const { peer } = end;
  const { bytes, hasEnded } = end.handOver();
  const port = peer instanceof RemotePeer ? peer.port : newPipeTo(peer);
  const texts = [...(bytes === undefined ? [] : [textOf(bytes)]), ...(hasEnded ? ['e'] : [])];
  forgetPipe(port);
  const at = clock.now();
  ask({ op: 'detach', port, messages: texts.map((text) => ({ kind: 'message', port, text, ports: [], id: 0, at })) });
  return port;
}

/** Both ends were here: ours stays, and is joined to a new port. */
function newPipeTo(peer: Peer | undefined): number {
  const [ours, theirs] = [newPortNumber(), newPortNumber()];
  ask({ op: 'channel', ports: [ours, theirs] });
  if (!(peer instanceof Endpoint) || peer.isClosed) ask({ op: 'close', port: ours });
  else RemotePeer.join(ours, peer);
  return theirs;
}

/**
 * Why this file exists: the package's client writes a request and waits for its answer. Here a request can be written
 * early and its answer be read when it is asked for, so that the server works while this thread does. One request is
 * under way at a time: the server may ask for a file in between, and reads our reply next.
 */
import type { ChildProcess } from 'node:child_process';

type Payload = string | Uint8Array;

/** The client's channel, with what it keeps to itself. The contract test sees when that changes. */
export interface Channel {
  readonly child: ChildProcess;
  readonly _msgType: number;
  readonly _msgName: Buffer;
  readonly _msgPayload: Buffer;
  requestBytesSync(method: string, payload: Payload): Buffer;
  writeTuple(type: number, name: Buffer, payload: Payload): void;
  readTuple(): void;
  handleCall(name: string, payload: Buffer): void;
  close(): void;
}

/** What the channel's messages are. */
const messages = { request: 1, answer: 4, error: 5, call: 6 } as const;

type Answer = { readonly kind: 'answer'; readonly bytes: Buffer } | { readonly kind: 'error'; readonly error: Error };

/** Stops the work whose request is written early: there is no answer yet. */
const written = new Error('The request was written early.');

export class EarlyRequests {
  /** The request that is under way, as text. */
  private underWay: string | undefined;
  /** Came while something else was asked, by request. */
  private readonly answers = new Map<string, Answer>();
  private isEarly = false;

  /** From now on all requests of the channel go through here. */
  constructor(private readonly channel: Channel) {
    channel.requestBytesSync = (method, payload) => this.request(method, payload);
  }

  /** Makes the one request of `work` without waiting; made again, it takes the answer. */
  make(work: () => unknown): void {
    this.isEarly = true;
    try {
      work();
    } catch (error) {
      if (error !== written) throw error;
    } finally {
      this.isEarly = false;
    }
  }

  /** What was not taken will not be asked. */
  forget(): void {
    this.finish();
    this.answers.clear();
  }

  private request(method: string, payload: Payload): Buffer {
    const key = `${method} ${typeof payload === 'string' ? payload : Buffer.from(payload).toString()}`;
    if (this.isEarly && this.underWay === key) throw written;
    this.finish();
    const known = this.answers.get(key);
    if (this.isEarly) {
      if (known === undefined) this.write(method, payload, key);
      throw written;
    }
    this.answers.delete(key);
    if (known !== undefined) return bytesOf(known);
    this.write(method, payload, key);
    return bytesOf(this.read());
  }

  private write(method: string, payload: Payload, key: string): void {
    this.channel.writeTuple(messages.request, Buffer.from(method), payload);
    this.underWay = key;
  }

  /** Reads the answer of what is under way. */
  private finish(): void {
    const { underWay } = this;
    if (underWay !== undefined) this.answers.set(underWay, this.read());
  }

  private read(): Answer {
    for (;;) {
      const answer = this.readMessage();
      if (answer !== undefined) return answer;
    }
  }

  /** Undefined for a question of the server's, which is replied to. */
  private readMessage(): Answer | undefined {
    const { channel } = this;
    channel.readTuple();
    const { _msgType: type, _msgName: name, _msgPayload: payload } = channel;
    if (type === messages.call) {
      channel.handleCall(name.toString(), payload);
      return undefined;
    }
    this.underWay = undefined;
    if (type === messages.answer) return { kind: 'answer', bytes: payload };
    if (type === messages.error) return { kind: 'error', error: new Error(payload.toString()) };
    throw new Error(`Invalid message type from child: ${String(type)}`);
  }
}

function bytesOf(answer: Answer): Buffer {
  if (answer.kind === 'error') throw answer.error;
  return answer.bytes;
}

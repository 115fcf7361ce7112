/**
 * Why this file exists: a process's end of the channel for messages, as libuv has it: a pipe, whose messages wait until
 * they are read in the poll phase, all that have come at once.
 */
import { refuseUnheard } from '../../async-unheard';
import { newCaller, callBackUnseen, hold, letGo, wake, watch, type Watched } from '../../loop/watched';
import { bareList } from '../../primordials';
import { whenClosed } from '../../loop/async-handles';
import { closePipe, openPipe, sendOn, type PipeMessage } from '../../modules/workers/pipes';
import { portTraffic } from '../../modules/workers/port-events';

/** Node hands libuv buffers of this size. */
const mostAtOnce = 65_536;

export class Channel implements Watched {
  readonly caller = newCaller('PIPEWRAP');
  onMessages: (messages: readonly PipeMessage[]) => void = () => undefined;
  onEnd: () => void = () => undefined;
  /** Lists without a prototype: what the program does to lists does not matter. */
  #inbox = bareList<PipeMessage>();
  #hasEnded = false;
  #isReading = false;
  #isClosed = false;
  #isRefed = true;

  constructor(readonly port: number) {
    refuseUnheard('messages between processes');
    openPipe(port, this);
  }

  readStart(): void {
    this.#isReading = true;
    this.#holds();
    if (this.isReady()) watch(this);
  }

  setRef(isRefed: boolean): void {
    this.#isRefed = isRefed;
    this.#holds();
  }

  #holds(): void {
    if (this.#isRefed && this.#isReading && !this.#isClosed) hold(this);
    else letGo(this);
  }

  isReady(): boolean {
    return this.#isReading && !this.#isClosed && (this.#inbox.length > 0 || this.#hasEnded);
  }

  take(message: PipeMessage): void {
    portTraffic.arrived(message);
    this.#inbox[this.#inbox.length] = message;
    if (this.isReady()) wake(this);
  }

  gone(): void {
    this.#hasEnded = true;
    if (this.isReady()) wake(this);
  }

  /** A look of the loop: messages, then the end, if that has come as well. */
  tell(): void {
    const read = this.#read();
    if (read.length > 0) callBackUnseen(this.caller, () => { this.onMessages(read); });
    if (this.#inbox.length > 0 || !this.#hasEnded || this.#isClosed) return;
    callBackUnseen(this.caller, () => { this.onEnd(); });
  }

  /** What one buffer holds. */
  #read(): readonly PipeMessage[] {
    const read = bareList<PipeMessage>();
    const left = bareList<PipeMessage>();
    let size = 0;
    for (let i = 0; i < this.#inbox.length; i++) {
      const each = this.#inbox[i];
      if (each === undefined) continue;
      const list = size > mostAtOnce ? left : read;
      list[list.length] = each;
      size += each.text.length;
    }
    this.#inbox = left;
    return read;
  }

  write(text: string, ports: readonly number[], id: number): void {
    sendOn(this.port, text, ports, id);
  }

  /** The other side is there as far as is known. */
  get isOpen(): boolean {
    return !this.#isClosed && !this.#hasEnded;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#holds();
    for (let i = 0; i < this.#inbox.length; i++) {
      const each = this.#inbox[i];
      if (each !== undefined) portTraffic.dropped(each);
    }
    this.#inbox = bareList();
    closePipe(this.port);
    whenClosed(() => undefined);
  }
}

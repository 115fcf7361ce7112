/**
 * Why this file exists: one end of a pipe or a connection, as the kernel and libuv have it: what came waits here until
 * it is read in the poll phase. libuv 1.46: src/unix/stream.c (uv__read, uv__stream_io, uv_shutdown).
 */
import { clock } from '../../clock';
import { whenClosed } from '../../loop/async-handles';
import { joinedBytes } from '../../joined-bytes';
import {
  answerCaller, callBack, hasCome, hold, letGo, letHappen, newCaller, wake, watch, whenPending,
  type Caller, type Watched,
} from '../../loop/watched';
import { SafeMap } from '../../primordials';
import { taskCancelled } from '../../tasks';
import type { FaultCode } from './faults';
import type { Handle, Peer, Read } from './handle';
import { hasMuchRoom, hasRoom, Outbox, roomTaken, type Written } from './outbox';

/** Node hands libuv buffers of this size, and libuv reads so often before others have their turn. */
const [mostAtOnce, readsInTurn] = [65_536, 32];

export class Endpoint implements Watched, Peer, Handle {
  caller: Caller;
  peer: Peer | undefined;
  /** What reads: nobody at first. */
  onRead: (read: Read) => void = () => undefined;
  /** What reads in its place and calls back by itself; `task` waited for it. */
  onRaw: ((read: Read, task: number) => void) | undefined;
  /** What hears at once that the other side wrote, ended or left: a process outside the loop. */
  onArrival: (() => void) | undefined;
  isReading = false;
  isClosed = false;
  isRefed = true;
  /** When something came last. */
  cameAt = -Infinity;
  hasShut = false;
  #inbox: Uint8Array[] = [];
  #hasEnded = false;
  #endTold = false;
  #fault: FaultCode | undefined;
  /** What was written last went to nobody: the other side's kernel said so. */
  #isBroken = false;
  readonly #outbox = new Outbox();
  /** What stands for writes that were not told yet. */
  readonly #requests = new SafeMap<Written, Caller>();
  /** What follows when all is written. */
  #whenWritten: (() => void) | undefined;
  /** What waits for the poll phase, for the record. */
  #task = 0;

  /** `isPipe`: the other side's end is seen together with what it wrote last. */
  constructor(readonly label: string, readonly isPipe: boolean, caller?: Caller) {
    this.caller = caller ?? newCaller(isPipe ? 'PIPEWRAP' : 'TCPWRAP');
  }

  /** Who listened takes it: from now on it is a handle of its own. */
  accepted(by: Caller): void {
    this.caller = newCaller(this.isPipe ? 'PIPEWRAP' : 'TCPWRAP', by);
  }

  isReady(): boolean {
    return !this.isClosed && (this.#canRead() || this.#canWrite());
  }

  #canWrite(): boolean {
    if (this.#outbox.isEmpty) return false;
    return this.peerIsGone || hasMuchRoom(this.peer?.taken ?? 0, this.isPipe);
  }

  #canRead(): boolean {
    if (!this.isReading || this.isClosed) return false;
    return this.#inbox.length > 0 || this.#fault !== undefined || (this.#hasEnded && !this.#endTold);
  }

  readStart(): void {
    if (this.isClosed) return;
    this.isReading = true;
    this.#holds();
    if (!this.#canRead()) return;
    this.#waits();
    watch(this);
  }

  readStop(): void {
    this.isReading = false;
    this.#holds();
  }

  setRef(isRefed: boolean): void {
    this.isRefed = isRefed;
    this.#holds();
  }

  /** libuv counts a stream as active while it reads. */
  #holds(): void {
    if (this.isRefed && this.isReading && !this.isClosed) hold(this);
    else letGo(this);
  }

  tell(): void {
    if (this.#canRead()) this.#read();
    if (!this.isClosed && this.#canWrite()) this.#writeOn();
  }

  /** uv__write: what there is room for now, then all who wrote it are told. */
  #writeOn(): void {
    if (this.peerIsGone) {
      const fault = this.#faultOfWriting() ?? 'EPIPE';
      for (const written of this.#outbox.drop()) this.#tellWritten(written, fault);
      return;
    }
    this.#empty();
    for (const written of this.#outbox.takeDone()) this.#tellWritten(written);
    if (!this.#outbox.isEmpty) return;
    const then = this.#whenWritten;
    this.#whenWritten = undefined;
    then?.();
  }

  #tellWritten(written: Written, fault?: FaultCode): void {
    letGo(written);
    const request = this.#requests.get(written) ?? this.caller;
    this.#requests.delete(written);
    answerCaller(request, this.label, () => { written(fault); });
  }

  #empty(): void {
    const { peer, isPipe } = this;
    if (peer === undefined) return;
    this.#outbox.empty(isPipe, () => hasRoom(peer.taken ?? 0, isPipe), (bytes) => { peer.receive(bytes.slice()); });
  }

  #read(): void {
    for (let left = readsInTurn; left > 0 && this.isReading && !this.isClosed; left--) {
      const bytes = this.take(mostAtOnce);
      if (bytes === undefined) {
        this.#tellEnd();
        return;
      }
      this.#tellNow(bytes);
      if (bytes.length < mostAtOnce) break;
    }
    // Where both directions are closed (EPOLLHUP) the end is seen at once, else in the next look.
    const hangsUp = this.hasShut || (this.isPipe && this.peerIsGone);
    if (hangsUp && this.#inbox.length === 0 && this.#canRead()) this.#tellEnd();
  }

  #tellEnd(): void {
    const fault = this.#fault;
    if (fault === undefined && !this.#hasEnded) return;
    this.#endTold = true;
    this.#fault = undefined;
    this.readStop();
    this.#tellNow(fault ?? null);
  }

  /** What has come, at most so much of it. */
  take(most: number): Uint8Array | undefined {
    const first = this.#inbox[0];
    if (first === undefined) return undefined;
    const whole = this.#inbox.length === 1 ? first : joinedBytes(this.#inbox);
    this.#inbox = whole.length > most ? [whole.subarray(most)] : [];
    this.peer?.wasRead?.();
    return whole.subarray(0, most);
  }

  /** How many bytes have come and were not read. */
  get waiting(): number {
    return this.#inbox.reduce((length, part) => length + part.length, 0);
  }
  get taken(): number {
    return this.#inbox.reduce((sum, part) => sum + roomTaken(part, this.isPipe), 0);
  }

  wasRead(): void {
    if (this.#canWrite()) wake(this);
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }
  get peerIsGone(): boolean {
    return this.peer === undefined || this.peer.isClosed;
  }

  /** Writes at once what there is room for. Answers why not. */
  write(bytes: Uint8Array, written?: Written): FaultCode | 'later' | undefined {
    letHappen(clock.now());
    if (this.peerIsGone || this.#fault !== undefined) return this.#faultOfWriting();
    const isFirst = this.#outbox.isEmpty;
    this.#outbox.add(bytes, written);
    if (isFirst) this.#empty();
    if (this.#outbox.isEmpty) this.#outbox.takeDone();
    if (this.#outbox.isEmpty || written === undefined) return undefined;
    hold(written);
    this.#requests.set(written, newCaller('WRITEWRAP', this.caller));
    return 'later';
  }

  /** A connection's kernel takes what it sends to nobody once; then it has heard. */
  #faultOfWriting(): FaultCode | undefined {
    if (this.isPipe || this.#isBroken) return 'EPIPE';
    this.#isBroken = true;
    const fault = this.#fault;
    if (fault === undefined) return undefined;
    this.#fault = undefined;
    this.end();
    return fault;
  }

  receive(bytes: Uint8Array): void {
    this.#inbox.push(bytes);
    this.cameAt = clock.now();
    this.arrived();
  }

  arrived(): void {
    if (this.onArrival !== undefined) this.onArrival();
    else if (this.isReady()) {
      if (this.#canRead()) this.#waits();
      wake(this);
    }
  }

  #waits(): void {
    if (this.#task === 0) this.#task = hasCome(this.caller, this.label);
  }

  /** The task that waited is the first that is told. */
  #tellNow(read: Read): void {
    const task = this.#task;
    this.#task = 0;
    if (this.onRaw === undefined) callBack(this.caller, this.label, () => { this.onRead(read); }, task);
    else this.onRaw(read, task);
  }

  /** Nothing more will be written; answers whether that is done at once. */
  shutdown(done: () => void): boolean {
    letHappen(clock.now());
    hold(done);
    const request = newCaller('SHUTDOWNWRAP', this.caller);
    whenPending(() => {
      letGo(done);
      if (this.isClosed) return;
      const shut = (): void => {
        this.hasShut = true;
        this.peer?.end();
        answerCaller(request, this.label, done);
      };
      if (this.#outbox.isEmpty) shut();
      else this.#whenWritten = shut;
    });
    return false;
  }

  /** The other side writes no more. */
  end(): void {
    this.#hasEnded = true;
    this.arrived();
  }

  /** The other side broke it off. */
  fail(fault: FaultCode): void {
    this.#fault = fault;
    this.arrived();
  }

  /** What was not written is dropped, and who wrote it is told first. */
  close(told: () => void): void {
    this.leave();
    whenClosed(() => {
      for (const written of this.#outbox.drop()) this.#tellWritten(written);
      answerCaller(this.caller, this.label, told);
    });
  }

  /** Closed, and nobody has to be told here. What was not read breaks a connection off. */
  leave(isBrokenOff = false): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#holds();
    taskCancelled(this.#task);
    this.#task = 0;
    const { peer } = this;
    if (peer !== undefined && !peer.isClosed) {
      if (!this.isPipe && (isBrokenOff || this.#inbox.length > 0)) peer.fail('ECONNRESET');
      else peer.end();
    }
    peer?.left?.();
  }

  /** It goes to another agent with what has come; nobody is told. */
  handOver(): { readonly bytes: Uint8Array | undefined; readonly hasEnded: boolean } {
    const bytes = this.take(Infinity);
    this.isClosed = true;
    this.#holds();
    taskCancelled(this.#task);
    this.#task = 0;
    return { bytes, hasEnded: this.#hasEnded };
  }
}

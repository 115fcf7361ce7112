/**
 * Why this file exists: a process of its own, outside the program, on the one clock. It is a few lines of ours that
 * stand for a command, or what the scenario says of it: nothing is ever executed.
 */
import { clock } from '../../clock';
import { nextMoment, poolRateAt } from '../../loop/nudges';
import { raceNoted, startNow } from '../../loop/races';
import { endsAt, happensAt, letHappen } from '../../loop/watched';
import { write } from '../../output';
import { SafeMap } from '../../primordials';
import { otherProcesses } from '../../process';
import { textOf } from '../buffer/part';
import type { Endpoint } from '../net/part';
import type { ProcessCall } from './races';

/** From the call until a process begins to work. Modelled, as measured: 1 to 3 ms with its end. */
const startMs = 0.8;
/** From the closing of its pipes until its end can be heard of: a loop that sleeps hears of them first. Modelled. */
const endMs = 0.3;
/** From one of its descriptors to the next, and from a signal to the first of them. Modelled. */
const [closingMs, signalMs] = [0.02, 0.05];
/** What the call takes, the first and others: the process is copied. Modelled, as measured. */
const [firstSpawnMs, spawnMs] = [2, 0.8];
/** A write so shortly before the end may come after it: 7 of 10 did. */
const unsureMs = 1.5;
/** Until it has seen what came. Modelled. */
const wakingMs = 0.1;

/** Where a descriptor of a process leads to. */
export type Way = Endpoint | 'inherit' | 'ignore';

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
}

/** What a command sees of the world. */
export interface Io {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Later, unless the process has ended by then. `sure`: so much of it is as long as it says, on whatever machine. */
  after(ms: number, run: () => void, sure?: number): void;
  print(fd: 1 | 2, bytes: Uint8Array): void;
  exit(code: number, signal?: string): void;
  /** Reads what comes in; at the end it is told once. */
  read(each: (bytes: Uint8Array) => void, end: () => void): void;
}

export type Command = (args: readonly string[], io: Io) => void;

let lastPid = 4242;
const running = new SafeMap<number, OutsideProcess>();
otherProcesses.kill = (pid, signal) => {
  const found = running.get(pid);
  return signal === '0' ? found !== undefined : found?.kill(signal) ?? false;
};
let started = 0;

/** Of several that have ended the one that was started first is told first. */
export function nextProcessNumber(): number {
  return ++started;
}

export function spendSpawn(): void {
  clock.spend(started === 0 ? firstSpawnMs : spawnMs);
}

export class OutsideProcess implements Io {
  readonly pid = ++lastPid;
  readonly number = nextProcessNumber();
  readonly call: ProcessCall;
  ended: Ended | undefined;
  /** When it does what it does now. */
  #at: number;
  readonly #rate: number;
  #whenEnded: (ended: Ended) => void = () => undefined;

  constructor(readonly cwd: string, readonly env: Readonly<Record<string, string>>, readonly ways: readonly Way[]) {
    const start = startNow(nextMoment());
    this.#rate = poolRateAt(start.moment);
    this.call = { start, ms: 0, sureMs: 0 };
    this.#at = clock.now();
  }

  start(command: (io: Io) => void, whenEnded: (ended: Ended) => void): void {
    this.#whenEnded = whenEnded;
    running.set(this.pid, this);
    this.after(startMs, () => { command(this); });
  }

  after(ms: number, run: () => void, sure = 0): void {
    const wanted = (ms - sure) * this.#rate;
    this.call.ms += wanted;
    this.call.sureMs += sure;
    happensAt(this.#at + wanted + sure, (at) => {
      if (this.ended !== undefined) return;
      this.#at = at;
      run();
    });
  }

  print(fd: 1 | 2, bytes: Uint8Array): void {
    const way = this.ways[fd];
    if (way === 'inherit') write(fd === 1 ? 'stdout' : 'stderr', textOf(bytes, 'utf8', 0, bytes.length));
    else if (typeof way === 'object') way.peer?.receive(bytes);
  }

  /** What it still has to do is dropped; its ends of the pipes are closed, and it can be waited for. */
  exit(code: number, signal?: string): void {
    if (this.ended !== undefined) return;
    const ended = { code: signal === undefined ? code : null, signal: signal ?? null };
    this.ended = ended;
    running.delete(this.pid);
    this.#noteUnread();
    this.#closeAll();
    this.#whenEnded(ended);
  }

  /** The kernel closes what was opened last first; a loop that sleeps wakes at once and sees the rest a turn later. */
  #closeAll(): void {
    const ends = this.ways.filter((way) => typeof way === 'object').reverse();
    ends.forEach((end, i) => {
      happensAt(this.#at + i * closingMs, () => { end.leave(); });
    });
  }

  /** How soon a process has ended the machine decides. */
  #noteUnread(): void {
    const [way] = this.ways;
    if (typeof way !== 'object' || way.waiting === 0 || this.#at - way.cameAt > unsureMs) return;
    raceNoted(this.call.start.site, 'The process ends about when it is written to: in real Node the write may fail with EPIPE.');
  }

  read(each: (bytes: Uint8Array) => void, end: () => void): void {
    const way = this.ways[0];
    if (typeof way !== 'object') {
      this.after(0, end);
      return;
    }
    const look = (): void => {
      for (let bytes = way.take(Infinity); bytes !== undefined; bytes = way.take(Infinity)) each(bytes);
      if (!way.hasEnded) return;
      way.onArrival = undefined;
      end();
    };
    way.onArrival = () => {
      this.#at = Math.max(this.#at, clock.now());
      this.after(wakingMs, look);
    };
    look();
  }

  /** A signal, now: true where there was a process to hear it. Whatever it is, nobody handles it. */
  kill(signal: string): boolean {
    letHappen(clock.now());
    if (this.ended !== undefined) return false;
    if (ignored.includes(signal)) return true;
    this.#at = clock.now() + signalMs;
    this.exit(0, signal);
    return true;
  }

  /** Tells the loop when the end of the process can be heard of. */
  tellAt(tell: () => void): void {
    endsAt({ number: this.number, at: this.#at + endMs, tell });
  }
}

/** Signals that end nobody who does not listen. */
const ignored: readonly string[] = ['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT'];

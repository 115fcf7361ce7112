/** Why this file exists: the one way out. What is written goes to the host at once and into the record. */
import { agent, ask } from './agents';
import { clock } from './clock';
import { printer } from './ending';
import { causedAt, raceNoted } from './loop/races';
import { apply, isCallable, isObject } from './primordials';
import { code, emit, here, text, top } from './recorder';

const printed = code('console-printed');
/**
 * What printing takes in milliseconds. Modelled after real Node 20 on two machines: the first print makes the stream
 * and compiles what prints (1.5 to 5 ms), the first object compiles what formats (0.4 to 0.9 ms); timers that are set
 * after it are as much later.
 */
const firstWriteMs = { here: 2, throughParent: 0.3, streamIsMade: 0.4 };
const writeMs = 0.01;
const firstObjectMs = 0.5;
const objectMs = 0.04;
const characterMs = 0.0003;
const seen = { write: false, object: false, stream: false };

type Way = (content: string, written: () => void) => void;

/** Where text goes that is not printed here: a worker's through its parent, a process's into a pipe. */
export const printing: Record<'stdout' | 'stderr', Way | undefined> = { stdout: undefined, stderr: undefined };

function nothing(): undefined {
  return undefined;
}

// The engine has it; the library that the types are of is a year older.
const { toWellFormed } = String.prototype as unknown as { toWellFormed: () => string };

/**
 * Writes text as it is, but for lone surrogates, which have no bytes in UTF-8. In a worker `written` is told when its
 * parent has it; else nobody is told.
 */
export function write(stream: 'stdout' | 'stderr', given: string, written?: () => void): void {
  const content = apply<string, [], string>(toWellFormed, given, []);
  const way = printing[stream];
  if (way !== undefined) {
    spendFirst(firstWriteMs.throughParent);
    way(content, written ?? nothing);
    return;
  }
  printer.print(stream === 'stdout' ? 1 : 2, content);
  emit(printed, text(stream), text(content), here(), top()?.id ?? 0);
  spendFirst(seen.stream ? firstWriteMs.streamIsMade : firstWriteMs.here);
  clock.spend(writeMs);
  if (sharedOutput.asks) noteOrder();
}

/** Neither heard of the other before: the one that was first may start later, or this one sooner. */
function noteOrder(): void {
  const { before } = ask({ op: 'printed', causedAt: causedAt() });
  if (before === undefined) return;
  const ms = Math.max(before.ms, 0) + clearMs;
  const worker = before.agent === 0 ? agent.id : before.agent;
  raceNoted(here(), printsAtOnce, [{ worker, addMs: before.agent === 0 ? -ms : ms }]);
}

/** So far apart that nothing else comes in between. */
const clearMs = 1.1;

/** Other processes print to the same place. */
export const sharedOutput = { asks: false };
const printsAtOnce = 'Another process prints at nearly the same time: real Node may print either first.';

function spendFirst(ms: number): void {
  if (!seen.write) clock.spend(ms);
  seen.write = true;
}

/** `new Worker` makes the streams of the process: its own go there. */
export function makeStreams(): void {
  seen.stream = true;
}

/** What prints is there before the first print: a page's console. */
export function printsFromTheStart(): void {
  seen.write = seen.object = true;
}

/** These were made text; what is not an object takes no time that matters. */
export function wasFormatted(values: readonly unknown[], content: string): void {
  for (let i = 0; i < values.length; i++) {
    if (!isObject(values[i]) && !isCallable(values[i])) continue;
    clock.spend((seen.object ? objectMs : firstObjectMs) + content.length * characterMs);
    seen.object = true;
    return;
  }
}

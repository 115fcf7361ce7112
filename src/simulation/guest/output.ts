/** Why this file exists: the one way out. What is written goes to the host at once and into the record. */
import { clock } from './clock';
import { printer } from './ending';
import { code, emit, here, text, top } from './recorder';

const printed = code('console-printed');
/** One write to a pipe or terminal: 10 µs. Modelled. */
const writeMs = 0.01;
/** When the program printed first: making the stream takes Node over a millisecond (loop/node.ts). */
export const printing: {
  firstAt: number | undefined;
  /** A worker's text goes through its parent: modules/workers says how. */
  through: ((stream: 'stdout' | 'stderr', content: string, written: () => void) => void) | undefined;
} = { firstAt: undefined, through: undefined };

function nothing(): undefined {
  return undefined;
}

/** Writes text as it is. In a worker `written` is told when its parent has it; else nobody is told. */
export function write(stream: 'stdout' | 'stderr', content: string, written?: () => void): void {
  if (printing.through !== undefined) {
    printing.through(stream, content, written ?? nothing);
    return;
  }
  printer.print(stream === 'stdout' ? 1 : 2, content);
  emit(printed, text(stream), text(content), here(), top()?.id ?? 0);
  printing.firstAt ??= clock.now();
  clock.spend(writeMs);
}

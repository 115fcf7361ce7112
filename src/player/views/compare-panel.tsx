/**
 * Why this file exists: two runs on one clock: before and after a change, or any two recordings. What they print
 * stands side by side, and where it first differs.
 */
import { useMemo, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { runningSite } from '../../trace/loop-state';
import { parseTraceText } from '../../trace/parse';
import { axisOf } from '../timeline/axis';
import { walkLanes } from '../timeline/lane-walk';
import { lanesInSight } from '../timeline/lanes';
import { loopRow } from '../timeline/loop-row';
import { openRecording, studyLater } from '../player-state';
import type { Player, Recording } from '../player-state';
import { roundMs } from '../words/numbers';
import { Panel } from './panel';
import type { Words } from '../words/en';
import { layoutOf, type Layout } from './timeline/layout';
import { Picture } from './timeline/picture';
import { useSize } from './use-size';
import { useWords } from './words-context';

interface ComparePanelProps {
  readonly recording: Recording;
  readonly player: Player;
}

export function ComparePanel({ recording, player }: ComparePanelProps): VNode {
  const words = useWords().compare;
  const other = player.previous.value;
  return (
    <Panel name="compare" title={words.title} close={() => (player.panel.value = undefined)}>
      {other === undefined ? <p>{words.nothing}</p> : <Both before={other} now={recording} />}
      <label class="open-trace">{words.open} <input type="file" accept=".json,application/json" onChange={event => void open(player, event.currentTarget.files?.[0])} /></label>
    </Panel>
  );
}

/** Another recording to compare with, from a file. */
async function open(player: Player, file: File | undefined): Promise<void> {
  if (file === undefined) return;
  const parsed = parseTraceText(await file.text());
  if (parsed.kind === 'refused') player.notice.value = { kind: 'error', message: parsed.message };
  else {
    const opened = openRecording(parsed.trace, file.name, player.language);
    studyLater(opened, player);
    player.previous.value = opened;
  }
}

interface BothProps {
  readonly before: Recording;
  readonly now: Recording;
}

/** What a run printed, line by line. */
function printedBy({ trace }: Recording): readonly string[] {
  return trace.events.flatMap(event => event.kind === 'console-printed' ? [event.text.replace(/\n$/, '')] : []);
}

/** The index of the first line that differs; −1 when none does. */
export function firstDifference(one: readonly string[], other: readonly string[]): number {
  for (let n = 0; n < Math.max(one.length, other.length); n++) if (one[n] !== other[n]) return n;
  return -1;
}

function Both({ before, now }: BothProps): VNode {
  const { compare: words, ms: spoken } = useWords();
  const [one, other] = [printedBy(before), printedBy(now)];
  const difference = firstDifference(one, other);
  const ms = Math.max(before.trace.virtualMs, now.trace.virtualMs, 0.001);
  const [part, setPart] = useState(clockParts);
  const at = (ms * part) / clockParts;
  const clock = { ms, at };
  return (
    <>
      <p class="number" role="status">{difference < 0 ? words.same : words.differs(difference + 1)}</p>
      <label class="common-clock">{words.clock}
        <input type="range" min="0" max={clockParts} step="1" value={part} aria-valuetext={spoken(roundMs(at))}
          onInput={event => setPart(Number(event.currentTarget.value))} />
        <output>{spoken(roundMs(at))}</output>
      </label>
      <Run name={words.before} recording={before} clock={clock} lines={one} difference={difference} />
      <Run name={words.after} recording={now} clock={clock} lines={other} difference={difference} />
    </>
  );
}

/** Where the common clock ends, and where it stands. */
interface Clock {
  readonly ms: number;
  readonly at: number;
}

/** The clock's hand can stand at so many places. */
const clockParts = 1000;

/** The last step that is not later than a time; −1 before the first. */
function stepAt({ trace }: Recording, at: number): number {
  return trace.events.findLastIndex(event => event.at <= at);
}

interface RunProps {
  readonly name: string;
  readonly recording: Recording;
  readonly clock: Clock;
  readonly lines: readonly string[];
  readonly difference: number;
}

const shownLines = 200;

function Run({ name, recording, clock: { ms, at }, lines, difference }: RunProps): VNode {
  const words = useWords();
  const step = stepAt(recording, at);
  const [element, size] = useSize();
  const { lanes, edges } = useMemo(() => walkLanes(recording), [recording]);
  const { shown, more } = useMemo(() => lanesInSight(lanes, 0, Infinity), [lanes]);
  const loop = useMemo(() => loopRow(recording), [recording]);
  const axis = useMemo(() => axisOf(recording, 'time'), [recording]);
  const { blockedMs } = recording.observations();
  const layout = useMemo(() => size && layoutOf(size.width, size.unit), [size]);
  const printed = recording.trace.events.slice(0, step + 1).filter(({ kind }) => kind === 'console-printed').length;
  return (
    <section class="run" aria-label={name}>
      <h3>{name} · {recording.title} · {words.ms(recording.trace.virtualMs)}{blockedMs > 0 && ` · ${words.compare.blocked(roundMs(blockedMs))}`}</h3>
      <p class="run-now">{runsAt(recording, step, words)}</p>
      <div class="run-parts">
        <div class="run-picture" ref={element}>
          {layout !== undefined && <i class="hand" style={{ transform: `translateX(${handAt(at / ms, layout)}px)` }} />}
          {layout !== undefined && <Picture recording={recording} lanes={shown} more={more} firstRow={0} lastRow={Infinity} edges={edges}
            loop={loop} axis={axis} from={0} to={ms} layout={layout} words={words} go={nowhere} />}
        </div>
        <ol class="run-lines" aria-label={words.printedLines}>
          {lines.slice(0, shownLines).map((line, n) => <li key={n} class={[n === difference && 'differs', n >= printed && 'later'].filter(Boolean).join(' ')}><code>{line}</code></li>)}
        </ol>
      </div>
    </section>
  );
}

function handAt(part: number, { label, track }: Layout): number {
  return Math.round((label + part * track) * 10) / 10;
}

/** The running line, or that the loop waits. */
function runsAt({ history, index, trace }: Recording, step: number, words: Words): VNode {
  if (step >= trace.events.length - 1) return <>{words.compare.over}</>;
  const site = step < 0 ? undefined : runningSite(history.stateAt(step));
  const line = index.place(site)?.start.line;
  if (line === undefined) return <>{words.compare.waits}</>;
  return <>{words.compare.runs(line)} <code>{index.snippet(site, 80)}</code></>;
}

/** Two pictures beside each other lead to no step of the one that plays. */
function nowhere(): void {
  return undefined;
}

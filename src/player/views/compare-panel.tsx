/**
 * Why this file exists: two runs on one clock: before and after a change, or any two recordings. What they print
 * stands side by side, and where it first differs.
 */
import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { parseTraceText } from '../../trace/parse';
import { axisOf } from '../timeline/axis';
import { walkLanes } from '../timeline/lane-walk';
import { lanesInSight } from '../timeline/lanes';
import { loopRow } from '../timeline/loop-row';
import { openRecording } from '../player-state';
import type { Player, Recording } from '../player-state';
import { roundMs } from '../words/numbers';
import { Panel } from './panel';
import { layoutOf } from './timeline/layout';
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
  else player.previous.value = openRecording(parsed.trace, file.name, player.language);
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
  const words = useWords().compare;
  const [one, other] = [printedBy(before), printedBy(now)];
  const difference = firstDifference(one, other);
  const ms = Math.max(before.trace.virtualMs, now.trace.virtualMs, 0.001);
  return (
    <>
      <p class="number" role="status">{difference < 0 ? words.same : words.differs(difference + 1)}</p>
      <Run name={words.before} recording={before} ms={ms} lines={one} difference={difference} />
      <Run name={words.after} recording={now} ms={ms} lines={other} difference={difference} />
    </>
  );
}

interface RunProps {
  readonly name: string;
  readonly recording: Recording;
  /** The end of the common clock. */
  readonly ms: number;
  readonly lines: readonly string[];
  readonly difference: number;
}

const shownLines = 200;

function Run({ name, recording, ms, lines, difference }: RunProps): VNode {
  const words = useWords();
  const [element, size] = useSize();
  const { lanes, edges } = useMemo(() => walkLanes(recording), [recording]);
  const { shown, more } = useMemo(() => lanesInSight(lanes, 0, Infinity), [lanes]);
  const loop = useMemo(() => loopRow(recording), [recording]);
  const axis = useMemo(() => axisOf(recording, 'time'), [recording]);
  const { blockedMs } = recording.observations();
  return (
    <section class="run" aria-label={name}>
      <h3>{name} · {recording.title} · {words.ms(recording.trace.virtualMs)}{blockedMs > 0 && ` · ${words.compare.blocked(roundMs(blockedMs))}`}</h3>
      <div class="run-parts">
        <div class="run-picture" ref={element}>
          <Picture recording={recording} lanes={shown} more={more} edges={edges} loop={loop} axis={axis}
            from={0} to={ms} layout={layoutOf(size.width, size.unit)} words={words} go={nowhere} />
        </div>
        <ol class="run-lines" aria-label={words.printedLines}>
          {lines.slice(0, shownLines).map((line, n) => <li key={n} class={n === difference ? 'differs' : ''}><code>{line}</code></li>)}
        </ol>
      </div>
    </section>
  );
}

/** Two pictures beside each other lead to no step of the one that plays. */
function nowhere(): void {
  return undefined;
}

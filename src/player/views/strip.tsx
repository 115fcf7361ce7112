/** Why this file exists: the whole run in one strip, to see where things happen and to scrub. */
import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { remember } from '../moves';
import type { Moment, Player } from '../player-state';
import { cursorBeats } from '../cursor';
import { scrubTo } from '../scrubbing';
import { stripColumns } from '../strip-marks';
import type { StripColumn } from '../strip-marks';
import { useSize } from './use-size';
import { useWords } from './words-context';

const height = 30;

export function Strip({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const words = useWords();
  const [element, size] = useSize();
  const width = size?.width ?? 0; // then nothing is drawn yet
  const { recording, beat } = moment;
  const columns = useMemo(() => width === 0 ? [] : stripColumns(recording, Math.floor(width / 3)), [recording, width]);
  const picture = useMemo(() => <StripPicture columns={columns} width={width} />, [columns, width]);
  const all = Math.max(recording.beats.length, 1);
  const part = recording.beats.length === 0 ? 0 : (beat + 1) / all;
  return (
    <div class="strip" ref={element}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {picture}
        <Marks player={player} at={n => ((n + 1) / all) * width} />
      </svg>
      <i class="played" style={{ transform: `scaleX(${part})` }} />
      <i class="hand" style={{ transform: `translateX(${Math.round(part * width * 10) / 10}px)` }} />
      <input type="range" class="scrub" min="0" max={recording.beats.length} step="1" value={beat + 1} aria-label={words.stepLabel}
        aria-valuetext={words.stepOf(beat + 1, recording.beats.length, moment.caption.headline.replaceAll('`', ''))}
        onPointerDown={() => remember(player)} onInput={event => scrub(player, Number(event.currentTarget.value))} />
    </div>
  );
}

/** Bookmarks, the passage, and the steps on the editor's line. */
function Marks({ player, at }: { readonly player: Player; readonly at: (beat: number) => number }): VNode {
  const passage = player.passage.value;
  const cursor = useMemo(() => cursorBeats(player), [player.recording.value, player.cursor.value]);
  return (
    <g>
      {passage !== undefined && <path class="passage" d={`M${at(passage.from - 1)} ${height - 1}H${at(passage.to ?? passage.from)}m0 -5v5M${at(passage.from - 1)} ${height - 6}v5`} />}
      {cursor.map(beat => <path key={beat} class="cursor-mark" d={`M${at(beat)} ${height}l-3 -5h6z`} />)}
      {player.bookmarks.value.map(beat => <path key={beat} class="bookmark" d={`M${at(beat)} 0v9l-3.5 -3l-3.5 3v-9z`} />)}
    </g>
  );
}

function scrub(player: Player, beat: number): void {
  player.playing.value = false;
  scrubTo(player, player.recording.value?.beats[beat - 1]?.last ?? -1);
}

/** One path for each kind of mark, however long the run: elements cost, what is in a path does not. */
function StripPicture({ columns, width }: { readonly columns: readonly StripColumn[]; readonly width: number }): VNode {
  const each = width / columns.length;
  const deepest = Math.max(1, ...columns.map(column => column.depth));
  const wide = Math.max(each - (each > 4 ? 1 : 0), 1);
  const bars = new Map<string, string>();
  const marks = { print: '', suspend: '', lose: '', start: '' };
  for (const [n, column] of columns.entries()) {
    const [x, middle] = [round(n * each), round(n * each + each / 2)];
    const tall = round(column.depth === 0 ? 1 : 5 + 9 * (column.depth / deepest));
    const color = column.depth === 0 ? 'idle' : column.color;
    bars.set(color, `${bars.get(color) ?? ''}M${x} ${height}v${-tall}h${round(wide)}v${tall}z`);
    if (column.prints) marks.print += `M${middle - 2.2} 4.5a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0z`;
    if (column.suspends) marks.suspend += `M${middle - 1.6} 8.5v6M${middle + 1.6} 8.5v6`;
    if (column.loses) marks.lose += `M${middle - 3} 2l6 6m0 -6l-6 6`;
    if (column.starts && n > 0) marks.start += `M${x} ${height}V11`;
  }
  return (
    <g>
      {[...bars].map(([color, d]) => <path key={color} class={`bar ${color}`} d={d} />)}
      {Object.entries(marks).map(([name, d]) => d !== '' && <path key={name} class={name} d={d} />)}
    </g>
  );
}

/** A hundredth of a point is as near as anybody sees. */
function round(value: number): number {
  return Math.round(value * 100) / 100;
}

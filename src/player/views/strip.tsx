/** Why this file exists: the whole run in one strip, to see where things happen and to scrub. */
import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { goTo, remember } from '../moves';
import type { Moment, Player } from '../player-state';
import { cursorBeats } from '../cursor';
import { stripColumns } from '../strip-marks';
import type { StripColumn } from '../strip-marks';
import { useSize } from './use-size';
import { useWords } from './words-context';

const height = 30;

export function Strip({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const words = useWords();
  const [element, { width }] = useSize();
  const { recording, beat } = moment;
  const columns = useMemo(() => stripColumns(recording, Math.floor(width / 3)), [recording, width]);
  const picture = useMemo(() => <StripPicture columns={columns} width={width} />, [columns, width]);
  const all = Math.max(recording.beats.length, 1);
  const x = recording.beats.length === 0 ? 0 : ((beat + 1) / all) * width;
  return (
    <div class="strip" ref={element}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {picture}
        <Marks player={player} at={n => ((n + 1) / all) * width} />
      </svg>
      <i class="played" style={{ transform: `scaleX(${x / width})` }} />
      <i class="hand" style={{ transform: `translateX(${Math.round(x * 10) / 10}px)` }} />
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
  goTo(player, player.recording.value?.beats[beat - 1]?.last ?? -1);
}

function StripPicture({ columns, width }: { readonly columns: readonly StripColumn[]; readonly width: number }): VNode {
  const each = width / columns.length;
  const deepest = Math.max(1, ...columns.map(column => column.depth));
  const gap = each > 4 ? 1 : 0;
  return (
    <g>
      {columns.map((column, n) => {
        const tall = column.depth === 0 ? 1 : 5 + 9 * (column.depth / deepest);
        const middle = n * each + each / 2;
        return (
          <g key={n}>
            <rect class={`bar ${column.depth === 0 ? 'idle' : column.color}`} x={n * each} y={height - tall} width={Math.max(each - gap, 1)} height={tall} />
            {column.prints && <circle class="print" cx={middle} cy="4.5" r="2.2" />}
            {column.suspends && <path class="suspend" d={`M${middle - 1.6} 8.5v6M${middle + 1.6} 8.5v6`} />}
            {column.loses && <path class="lose" d={`M${middle - 3} 2l6 6m0 -6l-6 6`} />}
            {column.starts && n > 0 && <path class="start" d={`M${n * each} ${height}V11`} />}
          </g>
        );
      })}
    </g>
  );
}

/** Why this file exists: the whole run in one strip, to see where things happen and to scrub. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { goTo } from '../controls';
import type { Moment, Player } from '../player-state';
import { stripColumns } from '../strip-marks';
import type { StripColumn } from '../strip-marks';

const height = 34;

/** The width of an element as it is laid out. */
function useWidth(): [{ current: HTMLDivElement | null }, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(600);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(Math.max(current.clientWidth, 100)));
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

export function Strip({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const [element, width] = useWidth();
  const { recording, beat } = moment;
  const columns = useMemo(() => stripColumns(recording, Math.floor(width / 3)), [recording, width]);
  const picture = useMemo(() => <StripPicture columns={columns} width={width} />, [columns, width]);
  const x = recording.beats.length === 0 ? 0 : ((beat + 1) / recording.beats.length) * width;
  return (
    <div class="strip" ref={element}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
        {picture}
        <rect class="played" x="0" y="0" width={x} height={height} />
        <path class="hand" d={`M${x} 0v${height}`} />
      </svg>
      <input type="range" class="scrub" min="0" max={recording.beats.length} step="1" value={beat + 1} aria-label="Step"
        aria-valuetext={`step ${beat + 1} of ${recording.beats.length}: ${moment.caption.headline.replaceAll('`', '')}`}
        onInput={event => scrub(player, Number(event.currentTarget.value))} />
    </div>
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
        const tall = column.depth === 0 ? 1 : 5 + 11 * (column.depth / deepest);
        const middle = n * each + each / 2;
        return (
          <g key={n}>
            <rect class={`bar ${column.depth === 0 ? 'idle' : column.color}`} x={n * each} y={height - tall} width={Math.max(each - gap, 1)} height={tall} />
            {column.prints && <circle class="print" cx={middle} cy="5" r="2.2" />}
            {column.suspends && <path class="suspend" d={`M${middle - 1.6} 9.5v6M${middle + 1.6} 9.5v6`} />}
            {column.loses && <path class="lose" d={`M${middle - 3} 2l6 6m0 -6l-6 6`} />}
            {column.starts && n > 0 && <path class="start" d={`M${n * each} ${height}V12`} />}
          </g>
        );
      })}
    </g>
  );
}

/**
 * Why this file exists: the lanes of the timeline, in step with the strip above them; a lane is told by its shape and
 * text, not by colour alone.
 */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { goTo } from '../controls';
import { lanesOf } from '../lanes';
import type { Lane, Stretch } from '../lanes';
import type { Moment, Player } from '../player-state';

const shownLanes = 40;

export function Timeline({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const { recording, beat } = moment;
  const { lanes, more } = useMemo(() => lanesOf(recording, shownLanes), [recording]);
  const total = Math.max(recording.beats.length, 1);
  const rows = useMemo(
    () => lanes.map((lane, n) => <LaneRow key={n} lane={lane} total={total} player={player} />), [lanes]);
  const scroller = useRef<HTMLElement>(null);
  const running = lanes.findLastIndex(lane => runsAt(lane, beat));
  useLayoutEffect(() => keepInView(scroller.current, running), [running]);
  return (
    <section class="timeline" aria-label="Timeline" tabIndex={0} ref={scroller}>
      <div class="lane-stack">
        <ul class="lanes">{rows}</ul>
        <div class="hand-layer" aria-hidden="true"><i style={{ left: `${((beat + 1) / total) * 100}%` }} /></div>
      </div>
      {more > 0 && <p class="more">and {more.toLocaleString('en')} more</p>}
    </section>
  );
}

function runsAt(lane: Lane, beat: number): boolean {
  return lane.stretches.some(({ state, from, to }) => state === 'running' && from <= beat && beat < to);
}

/** Scrolls the running lane into view, without moving the page. */
function keepInView(scroller: HTMLElement | null, running: number): void {
  const row = scroller?.querySelectorAll('.lane')[running];
  if (scroller === null || !(row instanceof HTMLElement)) return;
  const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
  if (top < scroller.scrollTop) scroller.scrollTop = top - 6;
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight + 6;
}

const words = { running: 'runs', suspended: 'suspended', queued: 'waits in its queue' } as const;

interface LaneRowProps {
  readonly lane: Lane;
  readonly total: number;
  readonly player: Player;
}

function LaneRow({ lane, total, player }: LaneRowProps): VNode {
  return (
    <li class={`lane ${lane.color}`}>
      <code class="lane-label" title={lane.label}>{lane.label}</code>
      <span class="track">
        {lane.stretches.map((stretch, n) => <Bar key={n} stretch={stretch} total={total} player={player} />)}
        {lane.end !== undefined && <span class={`lane-end ${lane.end}`}>{lane.end === 'threw' ? 'failed' : 'never goes on'}</span>}
      </span>
    </li>
  );
}

interface BarProps {
  readonly stretch: Stretch;
  readonly total: number;
  readonly player: Player;
}

function Bar({ stretch, total, player }: BarProps): VNode {
  const length = stretch.to - stretch.from;
  return (
    <i class={`stretch ${stretch.state}`} title={words[stretch.state]}
      style={{ left: `${(stretch.from / total) * 100}%`, width: `${(length / total) * 100}%` }}
      onClick={() => goTo(player, player.recording.value?.beats[stretch.from]?.last ?? -1)}>
      {length / total > 0.08 && stretch.state !== 'running' && <span class="stretch-word">{words[stretch.state]}</span>}
    </i>
  );
}

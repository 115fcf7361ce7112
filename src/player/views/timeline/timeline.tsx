/**
 * Why this file exists: the timeline: a lane for each thread of logic, in step with the strip above it. The picture is
 * drawn anew only when what it shows changes; the hand moves over it.
 */
import { useMemo, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { axisOf, beatUnder, positionOf, spanAround } from '../../timeline/axis';
import { walkLanes } from '../../timeline/lane-walk';
import { lanesInSight, stateOf } from '../../timeline/lanes';
import type { Lane } from '../../timeline/lanes';
import { loopRow } from '../../timeline/loop-row';
import { jumpTo } from '../../moves';
import type { Moment, Player } from '../../player-state';
import { useAfterLayout } from '../use-after-layout';
import { useSize } from '../use-size';
import { useWords } from '../words-context';
import { layoutOf } from './layout';
import { Picture } from './picture';

export function Timeline({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const words = useWords();
  const { recording, beat } = moment;
  const [scroller, size] = useSize();
  const { lanes, edges } = useMemo(() => walkLanes(recording), [recording]);
  const row = useMemo(() => loopRow(recording), [recording]);
  const kind = player.preferences.value.axis;
  const axis = useMemo(() => axisOf(recording, kind), [recording, kind]);
  const hand = positionOf(axis, beat + 1);
  const span = spanAround(axis, player.zoom.value, hand);
  const layout = useMemo(() => layoutOf(size.width, size.unit), [size]);
  const x = layout.label + ((hand - span.from) / (span.to - span.from)) * layout.track;
  const [first, last] = [beatUnder(axis, span.from), beatUnder(axis, span.to) + 1];
  const { shown, more } = useMemo(() => lanesInSight(lanes, first, last), [lanes, first, last]);
  const running = shown.findIndex(lane => stateOf(lane, beat) === 'running');
  useAfterLayout(scroller, element => keepInView(element, running, layout.row), [running, layout.row]);
  const go = useRef((to: number) => jumpTo(player, player.recording.value?.beats[to]?.last ?? -1));
  return (
    <div class="timeline" role="region" aria-label={words.boxes.timeline} tabIndex={0} ref={scroller}>
      <div class="lane-stack">
        <Picture recording={recording} lanes={shown} more={more} edges={edges} loop={row} axis={axis}
          from={span.from} to={span.to} layout={layout} words={words} go={go.current} />
        <i class="hand" style={{ transform: `translateX(${Math.round(x * 10) / 10}px)` }} />
      </div>
      <LaneList lanes={lanes} />
    </div>
  );
}

/** The lanes in words, for those who do not see the picture. */
function LaneList({ lanes }: { readonly lanes: readonly Lane[] }): VNode {
  const words = useWords();
  const said = useMemo(() => lanes.slice(0, 100).map(lane => {
    const times = lane.stretches.filter(({ state }) => state === 'suspended').length;
    return words.lanes.summary(lane.label, times, lane.end === undefined ? '' : words.lanes[lane.end]);
  }), [lanes]);
  return <ul class="hidden">{said.map((text, n) => <li key={n}>{text}</li>)}</ul>;
}

/** Scrolls the running lane into view below the head, without moving the page. */
function keepInView(scroller: HTMLElement, running: number, row: number): void {
  if (running < 0) return;
  const head = row * 2;
  const { scrollTop, clientHeight } = scroller;
  const top = running * row;
  if (top < scrollTop) scroller.scrollTop = top;
  else if (head + top + row > scrollTop + clientHeight) scroller.scrollTop = head + top + row * 1.4 - clientHeight;
}

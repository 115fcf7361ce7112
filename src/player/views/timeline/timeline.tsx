/**
 * Why this file exists: the timeline: a lane for each thread of logic, in step with the strip above it. The picture is
 * drawn anew only when what it shows changes; the hand moves over it.
 */
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { axisOf, beatUnder, positionOf, spanAround } from '../../timeline/axis';
import { walkLanes } from '../../timeline/lane-walk';
import { lanesInSight, stateOf } from '../../timeline/lanes';
import type { Lane } from '../../timeline/lanes';
import { loopRow } from '../../timeline/loop-row';
import { jumpTo } from '../../moves';
import type { Moment, Player } from '../../player-state';
import { useSize } from '../use-size';
import type { Size } from '../use-size';
import { useWords } from '../words-context';
import { layoutOf } from './layout';
import { Picture } from './picture';

interface TimelineProps {
  readonly moment: Moment;
  readonly player: Player;
}

/** Scrolling by so many points draws other lanes. */
const page = 60;

export function Timeline({ moment, player }: TimelineProps): VNode {
  const words = useWords();
  const [scroller, size] = useSize();
  const top = useRef(0);
  const [pages, setPages] = useState(0);
  function onScroll({ currentTarget }: { readonly currentTarget: HTMLElement }): void {
    top.current = currentTarget.scrollTop;
    setPages(Math.floor(top.current / page));
  }
  return (
    <div class="timeline" role="region" aria-label={words.boxes.timeline} tabIndex={0} ref={scroller} onScroll={onScroll}>
      {size !== undefined && <Lanes moment={moment} player={player} size={size} from={pages * page} scroller={scroller} top={top} />}
    </div>
  );
}

interface LanesProps extends TimelineProps {
  readonly size: Size;
  /** What is in sight begins here, or up to a page lower. */
  readonly from: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** How far it is scrolled. */
  readonly top: { readonly current: number };
}

function Lanes({ moment, player, size, from, scroller, top }: LanesProps): VNode {
  const words = useWords();
  const { recording, beat } = moment;
  const { lanes, edges } = useMemo(() => walkLanes(recording), [recording]);
  const row = useMemo(() => loopRow(recording), [recording]);
  const kind = player.preferences.value.axis;
  const axis = useMemo(() => axisOf(recording, kind), [recording, kind]);
  const hand = positionOf(axis, beat + 1);
  const span = spanAround(axis, player.zoom.value, hand);
  const layout = useMemo(() => layoutOf(size.width, size.unit), [size.width, size.unit]);
  const x = layout.label + ((hand - span.from) / (span.to - span.from)) * layout.track;
  const [first, last] = [beatUnder(axis, span.from), beatUnder(axis, span.to) + 1];
  const { shown, more } = useMemo(() => lanesInSight(lanes, first, last), [lanes, first, last]);
  const running = shown.findIndex(lane => stateOf(lane, beat) === 'running');
  const isScrubbing = player.scrubbing.value;
  useLayoutEffect(() => { // while scrubbing the lanes stand still; the one that runs comes into view when it stops
    if (scroller.current === null || isScrubbing) return;
    keepInView(scroller.current, top.current, size.height, running, layout.row);
  }, [running, layout.row, size.height, isScrubbing]);
  const go = useRef((to: number) => jumpTo(player, player.recording.value?.beats[to]?.last ?? -1));
  const isWhole = player.panel.value === 'share'; // it may be saved as it is
  return (
    <>
      <div class="lane-stack">
        <Picture recording={recording} lanes={shown} more={more} edges={edges} loop={row} axis={axis}
          firstRow={isWhole ? 0 : Math.floor(from / layout.row) - spareRows}
          lastRow={isWhole ? Infinity : Math.ceil((from + page + size.height) / layout.row) + spareRows}
          from={span.from} to={span.to} layout={layout} words={words} go={go.current} />
        <i class="hand" style={{ transform: `translateX(${Math.round(x * 10) / 10}px)` }} />
      </div>
      <LaneList lanes={lanes} />
    </>
  );
}

/** Above and below what is in sight. */
const spareRows = 1;

/** The lanes in words, for those who do not see the picture. */
function LaneList({ lanes }: { readonly lanes: readonly Lane[] }): VNode {
  const words = useWords();
  const list = useMemo(() => {
    const said = lanes.slice(0, 100).map(lane => {
      const times = lane.stretches.filter(({ state }) => state === 'suspended').length;
      return words.lanes.summary(lane.label, times, lane.end === undefined ? '' : words.lanes[lane.end]);
    });
    return <ul class="hidden">{said.map((text, n) => <li key={n}>{text}</li>)}</ul>;
  }, [lanes]);
  return list;
}

/** Scrolls the running lane into view below the head, without moving the page, and without asking how things lie. */
function keepInView(scroller: HTMLElement, scrollTop: number, height: number, running: number, row: number): void {
  if (running < 0) return;
  const head = row * 2;
  const top = running * row;
  if (top < scrollTop) scroller.scrollTop = top;
  else if (head + top + row > scrollTop + height) scroller.scrollTop = head + top + row * 1.4 - height;
}

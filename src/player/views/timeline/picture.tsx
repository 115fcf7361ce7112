/**
 * Why this file exists: the timeline as one picture: the loop's row, the lanes, the edges between them, the times. It
 * is complete in itself, so that it can be saved as it is.
 */
import type { ComponentChildren, VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { memo } from '../memo';
import { blockingMs } from '../../../trace/observation';
import { ticksOf } from '../../timeline/axis';
import type { Axis, Span, Tick } from '../../timeline/axis';
import type { Lane, LaneEdge } from '../../timeline/lanes';
import type { LoopStretch } from '../../timeline/loop-row';
import type { Recording } from '../../player-state';
import type { Words } from '../../words/en';
import { Edges } from './edges';
import { LaneRow } from './lane-row';
import { LoopRow } from './loop-row-view';
import type { Layout } from './layout';
import type { PlaceProps } from './place';

export interface PictureProps {
  readonly recording: Recording;
  /** In their rows; `more` are left out. */
  readonly lanes: readonly Lane[];
  readonly more: number;
  /** Of the lanes, those from this row to that one are drawn; the others keep their room. */
  readonly firstRow: number;
  readonly lastRow: number;
  readonly edges: readonly LaneEdge[];
  readonly loop: readonly LoopStretch[];
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  readonly layout: Layout;
  readonly words: Words;
  readonly go: (beat: number) => void;
}

export const Picture = memo(DrawPicture);

function DrawPicture(props: PictureProps): VNode {
  const { recording, lanes, more, firstRow, lastRow, axis, from, to, layout, words, go } = props;
  const span = useMemo<Span>(() => ({ from, to }), [from, to]);
  const head = layout.row * 1.85;
  const height = lanes.length * layout.row + (more > 0 ? layout.row : 0) + 4;
  const place = { axis, span, layout, words, go };
  const ticks = useMemo(() => {
    const gap = ((span.to - span.from) * layout.type * 7) / layout.track; // the last stands left of its line
    return ticksOf(recording, axis, span, gap);
  }, [recording, axis, span, layout]);
  return (
    <>
      <Head {...place} recording={recording} loop={props.loop} ticks={ticks} height={head} />
      <Drawing layout={layout} height={height}>
        <defs><marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto-start-reverse"><path class="tip" d="M0.5 0.5L5 3L0.5 5.5" /></marker></defs>
        <Times ticks={ticks} span={span} layout={layout} words={words} height={height} />
        <Edges {...place} edges={props.edges} lanes={lanes} firstRow={firstRow} lastRow={lastRow} />
        {lanes.map((lane, n) => n >= firstRow && n <= lastRow && (
          <LaneRow key={lane.index} {...place} lane={lane} y={n * layout.row}
            isFirst={lanes[n - 1]?.agent !== lane.agent} />
        ))}
        {more > 0 && <text class="more" x="0" y={height - layout.row * 0.4}>{words.more(more)}</text>}
      </Drawing>
    </>
  );
}

interface HeadProps extends PlaceProps {
  readonly recording: Recording;
  readonly loop: readonly LoopStretch[];
  readonly ticks: readonly Tick[];
  readonly height: number;
}

/** Scrolling leaves it as it is. */
const Head = memo(function DrawHead({ recording, loop, ticks, height, ...place }: HeadProps): VNode {
  const { layout, span, words } = place;
  return (
    <div class="lanes-head">
      <Drawing layout={layout} height={height}>
        <defs><pattern id="blocked" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0v6" /></pattern></defs>
        <Times ticks={ticks} span={span} layout={layout} words={words} head={height} />
        <g transform={`translate(0 ${layout.row * 0.85})`}><LoopRow {...place} row={loop} blocked={blockedBeats(recording)} /></g>
      </Drawing>
    </div>
  );
});

interface DrawingProps {
  readonly layout: Layout;
  readonly height: number;
  readonly children: ComponentChildren;
}

function Drawing({ layout, height, children }: DrawingProps): VNode {
  return (
    <svg class="lanes" width={layout.width} height={height} viewBox={`0 0 ${layout.width} ${height}`} aria-hidden="true"
      style={{ fontSize: `${layout.type}px` }}>{children}</svg>
  );
}

/** Beats in which the loop was blocked, and for how long. */
function blockedBeats(recording: Recording): readonly { from: number; to: number; ms: number }[] {
  const { beats } = recording;
  return recording.observations().list.flatMap(seen => {
    if (seen.kind !== 'blocked' || seen.ms < blockingMs) return [];
    const from = beats.findIndex(beat => beat.last >= seen.firstStep);
    const to = beats.findIndex(beat => beat.last >= seen.lastStep);
    return [{ from, to: to + 1, ms: seen.ms }];
  });
}

interface TimesProps {
  readonly ticks: readonly Tick[];
  readonly span: Span;
  readonly layout: Layout;
  readonly words: Words;
  /** Of the head, which says the times; the lines go on below it. */
  readonly head?: number;
  readonly height?: number;
}

function Times({ ticks, span, layout, words, head, height = 0 }: TimesProps): VNode {
  return (
    <g class="times">
      {ticks.map(({ position, at }) => {
        const x = layout.label + ((position - span.from) / (span.to - span.from)) * layout.track;
        const isLast = x > layout.width - layout.type * 5;
        return (
          <g key={position}>
            <path class="time-line" d={`M${x} ${head === undefined ? 0 : layout.row * 0.7}V${head ?? height}`} />
            {head !== undefined && <text x={x} y={layout.row * 0.58} text-anchor={isLast ? 'end' : 'middle'}>{words.ms(at)}</text>}
          </g>
        );
      })}
    </g>
  );
}

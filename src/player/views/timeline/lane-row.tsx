/**
 * Why this file exists: one lane: filled where it runs, hollow where its call waits below, dashed where it is
 * suspended, a thin line where a timer counts, a thicker one where a thread of the pool works, a pill where it is
 * ready; and a word for an end that goes nowhere.
 */
import type { VNode } from 'preact';
import { barsOf } from '../../timeline/bars';
import type { Bar } from '../../timeline/bars';
import { extentOf } from '../../timeline/lanes';
import type { Lane } from '../../timeline/lanes';
import { nameOf } from '../agents-bar';
import { memo } from '../memo';
import { fitText } from './layout';
import { xOf } from './place';
import type { PlaceProps } from './place';

interface LaneRowProps extends PlaceProps {
  readonly lane: Lane;
  readonly y: number;
  /** The lanes of another agent begin here. */
  readonly isFirst: boolean;
}

/** Scrolling draws the rows that come into sight, and leaves the others. */
export const LaneRow = memo(DrawRow);

function DrawRow({ lane, y, isFirst, ...place }: LaneRowProps): VNode {
  const { axis, span, layout } = place;
  const middle = layout.row / 2;
  const label = lane.agent === 0 ? lane.label : `${nameOf(lane, place.words)} · ${lane.label}`;
  const bars = barsOf(lane, axis, span, layout.track);
  return (
    <g class={`lane ${lane.color}`} transform={`translate(0 ${y})`}>
      {isFirst && lane.agent !== 0 && <path class="agent-rule" d={`M0 0H${layout.width}`} />}
      <path class="rail" d={`M${layout.label} ${middle}H${layout.width}`} />
      <text class="lane-label" x="0" y={middle} dominant-baseline="central">
        <title>{label}</title>{fitText(label, layout.label - layout.type, layout.type, 0.61)}
      </text>
      {bars.map(bar => <BarShape key={bar.beat} bar={bar} {...place} />)}
      <LaneEnding lane={lane} {...place} />
    </g>
  );
}

interface BarShapeProps extends PlaceProps {
  readonly bar: Bar;
}

const shares = { running: 0.72, below: 0.72, suspended: 0.72, ready: 0.5, waiting: 0.12, 'in-thread': 0.3 } as const;

function BarShape({ bar, layout, words, go }: BarShapeProps): VNode {
  const height = layout.row * shares[bar.state];
  const [x, top] = [layout.label + bar.x, (layout.row - height) / 2];
  const width = Math.max(bar.width, bar.state === 'running' ? 2 : 1);
  const said = bar.label === '' ? words.lanes[bar.state] : bar.label;
  return (
    <g class={`stretch ${bar.state}`} onClick={() => go(bar.beat)}>
      <title>{`${words.lanes[bar.state]}${bar.label === '' ? '' : `: ${bar.label}`}`}</title>
      <rect x={x} y={top} width={width} height={height} rx={bar.state === 'ready' ? height / 2 : 2} />
      <BarSign bar={bar} x={x} layout={layout} said={said} />
    </g>
  );
}

function BarSign({ bar, x, layout, said }: { bar: Bar; x: number; layout: PlaceProps['layout']; said: string }): VNode | null {
  const middle = layout.row / 2;
  const size = layout.type * 0.3;
  switch (bar.state) {
    case 'suspended': {
      if (bar.width < layout.type * 1.2) return null;
      const text = fitText(said, bar.width - size * 7, layout.type);
      return (
        <>
          <path class="sign" d={`M${x + size * 1.6} ${middle - size}v${size * 2}M${x + size * 2.9} ${middle - size}v${size * 2}`} />
          {text !== '' && <text x={x + size * 5} y={middle} dominant-baseline="central">{text}</text>}
        </>
      );
    }
    case 'waiting': {
      const text = fitText(said, bar.width - size * 4, layout.type);
      return (
        <>
          <circle class="sign" cx={x + size} cy={middle} r={size * 0.9} />
          {text !== '' && <text class="on-rail" x={x + size * 4} y={middle} dominant-baseline="central">{text}</text>}
        </>
      );
    }
    case 'running': {
      if (bar.width < layout.type) return null;
      return <path class="sign" d={`M${x + size} ${middle - size}l${size * 1.8} ${size}l${-size * 1.8} ${size}z`} />;
    }
    default: return null;
  }
}

/** A line that goes nowhere: what was lost falls down, what nobody reads is cut off. */
function LaneEnding({ lane, ...place }: { readonly lane: Lane } & PlaceProps): VNode | null {
  const { layout, words } = place;
  if (lane.end === undefined) return null;
  const x = xOf(place, extentOf(lane)[1]);
  if (x < layout.label || x > layout.width + 1) return null;
  const middle = layout.row / 2;
  const isError = lane.end === 'lost' || lane.end === 'failed';
  const text = lane.end === 'unread' || lane.end === 'left' || lane.end === 'dropped' ? words.lanes[lane.end] : endText(lane, words);
  const room = layout.width - x - layout.type * 2.6;
  const fits = room > text.length * layout.type * 0.55;
  const size = layout.type * 0.34;
  const cross = `M${x + 12 - size} ${middle - size}l${size * 2} ${size * 2}m0 ${-size * 2}l${-size * 2} ${size * 2}`;
  return (
    <g class={`ending ${lane.end}`}>
      <title>{text}</title>
      {lane.end === 'unread' && <path class="to-nowhere" d={`M${x} ${middle}h12m0 ${-size}v${size * 2}`} />}
      {lane.end === 'lost' && <path class="to-nowhere" d={`M${x} ${middle}h12v${layout.row * 0.8}m${-size} ${-size}l${size} ${size}l${size} ${-size}`} />}
      {isError && <path class="cross" d={cross} />}
      {fits
        ? <text x={x + layout.type * (isError ? 1.7 : 1.4)} y={middle} dominant-baseline="central">{text}</text>
        : <text x={Math.min(x, layout.width) - 4} y={middle} text-anchor="end" dominant-baseline="central">{fitText(text, layout.track * 0.6, layout.type)}</text>}
    </g>
  );
}

function endText(lane: Lane, words: PlaceProps['words']): string {
  const error = lane.endValue ?? '';
  return lane.end === 'lost' ? words.lanes.lost : error === '' ? words.lanes.failed : `${words.lanes.failed}: ${error.split('\n')[0] ?? ''}`;
}

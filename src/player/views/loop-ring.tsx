/**
 * Why this file exists: where the loop stands: the phases of a turn as a ring, and between callbacks the ticks and
 * microtasks.
 */
import type { VNode } from 'preact';
import type { LoopState } from '../../trace/loop-state';
import type { Phase, Trace } from '../../trace/trace';
import { Box } from './box';
import { memo } from './memo';
import type { Words } from '../words/en';
import { useWords } from './words-context';

interface Arc {
  readonly phase: Phase;
  /** Where it begins, in degrees; 0 is up. */
  readonly angle: number;
  readonly sweep: number;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

/** The phases that run callbacks, clockwise from the top. */
const arcsOf: Readonly<Record<Trace['host']['kind'], readonly Arc[]>> = {
  node: [
    { phase: 'timers', angle: 6, sweep: 78, x: 208, y: 30, anchor: 'end' },
    { phase: 'poll', angle: 96, sweep: 78, x: 208, y: 168, anchor: 'end' },
    { phase: 'check', angle: 186, sweep: 78, x: 2, y: 168, anchor: 'start' },
    { phase: 'close', angle: 276, sweep: 78, x: 2, y: 30, anchor: 'start' },
  ],
  browser: [
    { phase: 'task', angle: 6, sweep: 108, x: 208, y: 30, anchor: 'end' },
    { phase: 'rendering', angle: 126, sweep: 108, x: 208, y: 178, anchor: 'end' },
    { phase: 'idle', angle: 246, sweep: 108, x: 2, y: 30, anchor: 'start' },
  ],
};
const [centreX, centreY, radius] = [105, 95, 78];

function pointAt(angle: number): string {
  const radians = (angle * Math.PI) / 180;
  return `${(centreX + radius * Math.sin(radians)).toFixed(1)} ${(centreY - radius * Math.cos(radians)).toFixed(1)}`;
}

type Station = 'callback' | 'ticks' | 'microtasks' | 'idle';

/** What of the rhythm "one callback, all ticks, all microtasks" is going on. */
function stationOf(state: LoopState): Station {
  if (state.task?.queue === 'ticks') return 'ticks';
  if (state.task?.queue === 'microtasks') return 'microtasks';
  return state.task === undefined && state.stack === undefined ? 'idle' : 'callback';
}

export function LoopRing({ state, host }: { readonly state: LoopState; readonly host: Trace['host']['kind'] }): VNode {
  const words = useWords();
  const arcs = arcsOf[host];
  const station = stationOf(state);
  const { phase } = state;
  const corner = phase === undefined ? undefined : state.turn === 0 ? words.beforeTurn1 : words.turn(state.turn);
  return (
    <Box name="loop" title={words.boxes.loop} corner={corner}>
      <svg class="ring" viewBox="0 0 210 182" role="img" aria-label={words.phaseNow(phase === undefined ? words.notBegun : words.phases[phase])}>
        <Arcs arcs={arcs} phase={phase} words={words} />
        <text class="clock-text" x={centreX} y={centreY - 22} text-anchor="middle">{`t = ${words.ms(state.at)}`}</text>
        <text class="phase-text" x={centreX} y={centreY + 4} text-anchor="middle">{centreText(state, station, words)}</text>
        <text class="station-text" x={centreX} y={centreY + 25} text-anchor="middle">{phaseText(phase, words)}</text>
      </svg>
      <PhaseStrip arcs={arcs} phase={phase} words={words} />
      <Rhythm host={host} station={station} words={words} />
    </Box>
  );
}

interface PhaseProps {
  readonly arcs: readonly Arc[];
  readonly phase: Phase | undefined;
  readonly words: Words;
}

const Arcs = memo(({ arcs, phase, words }: PhaseProps): VNode => (
  <g>
    {arcs.map(arc => (
      <g key={arc.phase} class={arc.phase === phase ? 'arc here' : 'arc'}>
        <path d={`M${pointAt(arc.angle)}A${radius} ${radius} 0 0 1 ${pointAt(arc.angle + arc.sweep)}`} />
        <text x={arc.x} y={arc.y} text-anchor={arc.anchor}>{words.phases[arc.phase]}</text>
        {arc.phase === phase && <circle class="dot" r="5" {...dotAt(arc.angle + arc.sweep / 2)} />}
      </g>
    ))}
  </g>
));

const PhaseStrip = memo(({ arcs, phase, words }: PhaseProps): VNode => (
  <ol class="phase-strip" aria-label={words.phaseList}>
    {(['main', ...arcs.map(arc => arc.phase)] as const).map(name => (
      <li key={name} class={name === phase ? 'here' : ''} aria-current={name === phase ? 'step' : undefined}>{words.phases[name]}</li>
    ))}
  </ol>
));

interface RhythmProps {
  readonly host: Trace['host']['kind'];
  readonly station: Station;
  readonly words: Words;
}

const Rhythm = memo(({ host, station, words }: RhythmProps): VNode => (
  <ol class="rhythm" aria-label={host === 'browser' ? words.afterEachInBrowser : words.afterEach}>
    <li class={station === 'callback' ? 'here' : ''}>{words.oneCallback}</li>
    {host === 'node' && <li class={station === 'ticks' ? 'here' : ''}>{words.allTicks}</li>}
    <li class={station === 'microtasks' ? 'here' : ''}>{words.allMicrotasks}</li>
  </ol>
));

function dotAt(angle: number): { cx: string; cy: string } {
  const [cx = '0', cy = '0'] = pointAt(angle).split(' ');
  return { cx, cy };
}

/** What runs, in a word or two. */
function centreText(state: LoopState, station: Station, words: Words): string {
  if (state.phase === undefined) return words.notBegun;
  if (state.exitCode !== undefined) return words.ended;
  if (state.task === undefined && state.stack !== undefined) return words.phases[state.phase === 'exit' ? 'exit' : 'main'];
  switch (station) {
    case 'callback': return words.callback;
    case 'ticks': return words.tick;
    case 'microtasks': return words.microtask;
    case 'idle': return idleWords(state, words);
  }
}

/** Between two callbacks the stack is empty too, though there is something to do. */
function idleWords({ queues }: LoopState, words: Words): string {
  if (queues.ticks.size > 0) return words.ticksNext;
  return queues.microtasks.size > 0 ? words.microtasksNext : words.idle;
}

function phaseText(phase: Phase | undefined, words: Words): string {
  if (phase === undefined || phase === 'exit') return '';
  return phase === 'main' ? words.beforeLoop : words.phase(words.phases[phase]);
}

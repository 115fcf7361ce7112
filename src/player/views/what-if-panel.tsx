/**
 * Why this file exists: what the run asked of the world outside, and what would be if that answered otherwise: later,
 * with an error, or with another size of the thread pool. Each change plays at once.
 */
import type { VNode } from 'preact';
import type { Scenario } from '../../trace/scenario';
import type { Trace } from '../../trace/trace';
import type { Player, Recording } from '../player-state';
import {
  askedOf, forgetChanges, isChanged, threadsOf, tryOut, usualFailure, withFailure, withLatency, withPending, type Asked,
} from '../what-if';
import { Panel } from './panel';
import { useWords } from './words-context';

interface WhatIfPanelProps {
  readonly recording: Recording;
  readonly player: Player;
}

export function WhatIfPanel({ recording, player }: WhatIfPanelProps): VNode {
  const words = useWords().whatIf;
  const trace = withPending(recording.trace, player.whatIf.value);
  const asked = askedOf(trace);
  const isHosted = player.tell !== undefined;
  const otherHost = recording.trace.host.kind === 'node' ? 'browser' : 'node';
  return (
    <Panel name="what-if" title={words.title} close={() => (player.panel.value = undefined)}>
      <Origins recording={recording} />
      {asked.length === 0 && <p>{words.none}</p>}
      <ul class="asked">
        {asked.map(call => <AskedLine key={`${call.kind} ${call.key}`} call={call} trace={trace} recording={recording} player={player} />)}
      </ul>
      {recording.trace.host.kind === 'node' && <Threads recording={recording} player={player} />}
      {isHosted && (
        <p class="buttons">
          <button type="button" class="button" data-what-if="scenario" onClick={() => player.tell?.({ kind: 'open-scenario' })}>{words.openScenario}</button>
          <button type="button" class="button" data-what-if="host" onClick={() => player.tell?.({ kind: 'other-host', host: otherHost })}>{words.playIn[otherHost]}</button>
          {isChanged(player.whatIf.value) && <button type="button" class="button" data-what-if="forget" onClick={() => forgetChanges(player)}>{words.forget}</button>}
          {player.previous.value !== undefined && <button type="button" class="button main" data-what-if="compare" onClick={() => (player.panel.value = 'compare')}>{words.compare}</button>}
        </p>
      )}
      {isHosted && isChanged(player.whatIf.value) && <p class="when" role="status">{words.isChanged}</p>}
      {!isHosted && <p class="when">{words.inEditor}</p>}
    </Panel>
  );
}

/** What is real, what is modelled, and what is made up. */
function Origins({ recording: { trace } }: { readonly recording: Recording }): VNode {
  const words = useWords().whatIf;
  const real = trace.files.filter(({ origin }) => origin !== 'made-up').length;
  return (
    <dl class="origins">
      <dt>{words.real}</dt><dd>{words.files(real)}</dd>
      {trace.modelled !== undefined && <><dt>{words.modelled}</dt><dd>{trace.modelled.join(', ')}</dd></>}
      {trace.standIns !== undefined && <><dt class="made-up">{words.madeUp}</dt><dd>{trace.standIns.join(', ')}</dd></>}
    </dl>
  );
}

interface LineProps extends WhatIfPanelProps {
  readonly call: Asked;
  /** The run with what is changed. */
  readonly trace: Trace;
}

function AskedLine({ call, trace, recording, player }: LineProps): VNode {
  const words = useWords();
  const line = recording.index.place(call.site)?.start.line;
  return (
    <li data-asked={call.key}>
      <p class="asked-head">
        <code>{call.key}</code>
        <span class={`answered ${call.by}`} title={words.whatIf.answeredTitles[call.by]}>{words.whatIf.answered[call.by]}</span>
        <span class="when">{call.count > 1 && `${words.whatIf.times(call.count)} · `}{line !== undefined && words.line(line)}</span>
      </p>
      {player.tell === undefined ? <p class="when">{words.ms(call.latencyMs)}</p> : <How call={call} trace={trace} recording={recording} player={player} />}
    </li>
  );
}

/** When it is answered, and whether with an error. */
function How({ call, trace, player }: LineProps): VNode {
  const words = useWords().whatIf;
  const { key, latencyMs, failure } = call;
  const change = (changed: Scenario): void => tryOut(player, changed);
  const fail = (error: string | undefined): void => change(withFailure(call, trace, error));
  const text = failure ?? usualFailure[call.kind];
  return (
    <p class="asked-how">
      <label>
        {words.latency} <input type="number" min="0" max="3600000" step="any" value={latencyMs}
          aria-label={words.latencyOf(key)}
          onChange={({ currentTarget }) => change(withLatency(call, trace, least(currentTarget.valueAsNumber, 0)))} />
      </label>
      <label>
        <input type="checkbox" checked={failure !== undefined} aria-label={words.failsOf(key)}
          onChange={({ currentTarget: { checked } }) => fail(checked ? text : undefined)} />
        {' '}{words.fails}
      </label>
      {failure !== undefined && (
        <input type="text" value={failure} aria-label={words.errorOf(key)} spellcheck={false}
          onChange={({ currentTarget: { value } }) => fail(value)} />
      )}
    </p>
  );
}

/** What is no number is the least. */
function least(value: number, bound: number): number {
  return Number.isNaN(value) ? bound : Math.max(value, bound);
}

const mostThreads = 1024;

function Threads({ recording, player }: WhatIfPanelProps): VNode | null {
  const words = useWords().whatIf;
  const threads = threadsOf(withPending(recording.trace, player.whatIf.value));
  if (player.tell === undefined) return null;
  const isRing = withPending(recording.trace, player.whatIf.value).scenario?.ioUring === true;
  const change = (value: number): void => tryOut(player, { threads: threadsFrom(value) });
  return (
    <p class="asked-how">
      <label>{words.threads} <input type="number" min="1" max={mostThreads} step="1" value={threads} data-what-if="threads"
        onChange={({ currentTarget }) => change(currentTarget.valueAsNumber)} /></label>
      {!recording.trace.events.some(event => event.kind === 'pool-opened') && <span class="when">{words.poolUnused}</span>}
      <label title={words.ringTitle}>
        <input type="checkbox" checked={isRing} data-what-if="ring"
          onChange={({ currentTarget: { checked } }) => tryOut(player, { ioUring: checked })} /> {words.ring}
      </label>
    </p>
  );
}

function threadsFrom(value: number): number {
  return Math.min(Math.round(least(value, 1)), mostThreads);
}

/** Why this file exists: the whole player; it draws one moment and lets the tokens glide from the last one. */
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { glideTokens, measureTokens, prefersStillness } from '../flip';
import type { Moment, Player, Recording } from '../player-state';
import { CaptionBar } from './caption-bar';
import { ConsoleBox } from './console-box';
import { Help } from './help';
import { LoopRing } from './loop-ring';
import { Machine } from './machine';
import { Notes, NoticeBar, OutcomeBar, Parameters } from './notices';
import { PromisesBox } from './promises';
import { SourceView } from './source';
import { Strip } from './strip';
import { Timeline } from './timeline';
import { Toolbar } from './toolbar';

export function App({ player }: { readonly player: Player }): VNode {
  const recording = player.recording.value;
  const moment = player.moment.value;
  const { theme } = player.preferences.value;
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <div class={`player${player.notice.value?.kind === 'busy' ? ' waiting' : ''}`}>
      <header class="top">
        <h1>{recording?.title ?? 'Loopscope'}</h1>
        {moment !== undefined && <Toolbar moment={moment} player={player} />}
        {moment !== undefined && <Strip moment={moment} player={player} />}
        <NoticeBar player={player} />
        {recording !== undefined && <OutcomeBar recording={recording} player={player} />}
        <Parameters player={player} />
        {recording !== undefined && <Notes recording={recording} />}
      </header>
      {moment === undefined || recording === undefined ? <Empty player={player} /> : <Stage key={recordingKey(recording)} moment={moment} player={player} />}
      <Help player={player} />
    </div>
  );
}

const keys = new WeakMap<Recording, number>();
let recordings = 0;

/** Another recording is another stage: nothing glides from one to the next. */
function recordingKey(recording: Recording): number {
  const key = keys.get(recording) ?? ++recordings;
  keys.set(recording, key);
  return key;
}

function Empty({ player }: { readonly player: Player }): VNode {
  const waiting = player.notice.value !== undefined || player.parameters.value.length > 0;
  return <main class="nothing">{!waiting && <p>Select code in the editor and run <b>Visualize event loop</b>.</p>}</main>;
}

function Stage({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const root = useRef<HTMLElement>(null);
  const before = useRef<ReturnType<typeof measureTokens>>(new Map());
  const shown = useRef(moment.state.step);
  // While rendering, the page still shows the last moment: measure it now.
  if (root.current !== null && shown.current !== moment.state.step) before.current = measureTokens(root.current);
  useLayoutEffect(() => {
    const stage = root.current;
    if (stage === null || shown.current === moment.state.step) return;
    shown.current = moment.state.step;
    if (player.glide.value && !prefersStillness()) {
      glideTokens(stage, before.current, stage.querySelector('.line.running .text, .line.calling .text')?.getBoundingClientRect());
    }
  });
  return (
    <main class="stage" ref={root}>
      <SourceView moment={moment} player={player} />
      <CaptionBar moment={moment} player={player} />
      <Timeline moment={moment} player={player} />
      <div class="machine" tabIndex={0} role="group" aria-label="The machine">
        <div class="grid">
          <Machine moment={moment} />
          <LoopRing state={moment.state} />
          <PromisesBox moment={moment} />
          <ConsoleBox moment={moment} />
        </div>
      </div>
    </main>
  );
}

/** Why this file exists: the whole player; it draws one moment and lets the tokens glide from the last one. */
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { glideTokens, measureTokens, prefersStillness } from '../flip';
import type { Moment, Player, Recording } from '../player-state';
import { AgentsBar, chosenMoment } from './agents-bar';
import { CaptionBar } from './caption-bar';
import { ConsoleBox } from './console-box';
import { Help } from './help';
import { LoopRing } from './loop-ring';
import { FrameBoxes, QueueBoxes } from './machine';
import { memo } from './memo';
import { MadeUpBar, Notes, NoticeBar, OutcomeBar, Parameters } from './notices';
import { Panels } from './panels';
import { OutsideBar } from './outside-bar';
import { PoolBox } from './pool-box';
import { PromisesBox } from './promises';
import { Readout } from './readout';
import { ScrubbingContext } from './scrubbing-context';
import { SourceView } from './source';
import { StoryCard } from './story-card';
import { Strip } from './strip';
import { Timeline } from './timeline/timeline';
import { FollowingContext } from './token';
import { Toolbar } from './toolbar';
import { fillsManyQueues, unusedBoxes } from './unused-boxes';
import { useWords, WordsContext } from './words-context';

export function App({ player }: { readonly player: Player }): VNode {
  const recording = player.recording.value;
  const moment = player.moment.value;
  const { theme, presenter } = player.preferences.value;
  useLayoutEffect(() => { // before it is painted: the boxes and the type change together
    document.documentElement.dataset['theme'] = theme;
    document.documentElement.toggleAttribute('data-presenter', presenter);
  }, [theme, presenter]);
  return (
    <WordsContext.Provider value={player.language.words}>
      <div class={`player${player.notice.value?.kind === 'busy' ? ' waiting' : ''}`}>
        <header class="top">
          <h1 title={recording?.title}>{recording?.title ?? 'Loopscope'}</h1>
          {moment !== undefined && <Toolbar moment={moment} player={player} />}
          <Bars recording={recording} player={player} />
        </header>
        {moment === undefined || recording === undefined ? <Empty player={player} /> : <Stage key={recordingKey(recording)} moment={moment} player={player} />}
        <Help player={player} />
      </div>
    </WordsContext.Provider>
  );
}

interface BarsProps {
  readonly recording: Recording | undefined;
  readonly player: Player;
}

/** No step changes them. */
const Bars = memo(({ recording, player }: BarsProps): VNode => (
  <div class="bars">
    <NoticeBar player={player} />
    {recording !== undefined && <OutcomeBar recording={recording} player={player} />}
    <Parameters player={player} />
    {recording !== undefined && <MadeUpBar recording={recording} player={player} />}
    {recording !== undefined && <Notes recording={recording} player={player} />}
  </div>
));

const keys = new WeakMap<Recording, number>();
let recordings = 0;

/** Another recording is another stage: nothing glides from one to the next. */
function recordingKey(recording: Recording): number {
  const key = keys.get(recording) ?? ++recordings;
  keys.set(recording, key);
  return key;
}

function Empty({ player }: { readonly player: Player }): VNode {
  const words = useWords();
  const waiting = player.notice.value !== undefined || player.parameters.value.length > 0;
  const [before, name, after] = words.nothing.split('**');
  return <main class="nothing">{!waiting && <p>{before}<b>{name}</b>{after}</p>}</main>;
}

interface StageProps {
  readonly moment: Moment;
  readonly player: Player;
}

function Stage({ moment, player }: StageProps): VNode {
  const root = useGlide(moment, player);
  const { view, presenter } = player.preferences.value;
  const following = useMemo(() => ({
    followed: player.followed.value, hidesNext: player.panel.value === 'loop',
    follow: (subject: NonNullable<Player['followed']['value']>) => (player.followed.value = subject),
  }), [player.followed.value, player.panel.value]);
  return (
    <FollowingContext.Provider value={following}><ScrubbingContext.Provider value={player.scrubbing.value}>
      <main class={`stage view-${presenter ? 'machine' : view}`} ref={root}>
        <SourceView moment={moment} player={player} />
        <div class="foot">
          <CaptionBar moment={moment} player={player} />
          <div class="strip-row"><Readout moment={moment} player={player} /><Strip moment={moment} player={player} /></div>
        </div>
        {view !== 'machine' && !presenter && <Timeline moment={moment} player={player} />}
        {(view !== 'timeline' || presenter) && <MachineView moment={moment} player={player} />}
        <div class="over">
          <StoryCard moment={moment} player={player} />
          <Panels moment={moment} player={player} />
        </div>
      </main>
    </ScrubbingContext.Provider></FollowingContext.Provider>
  );
}

function MachineView({ moment: running, player }: StageProps): VNode {
  const words = useWords();
  const unused = useMemo(() => unusedBoxes(running.recording), [running.recording]);
  const moment = chosenMoment(running, player.shownAgent.value);
  const hasAgents = !unused.includes('agents');
  const hearsOutside = !hasAgents && !unused.includes('messages') && running.recording.trace.host.kind === 'node';
  return (
    <div class={`machine${hasAgents || hearsOutside ? ' with-agents' : ''}`} tabIndex={0} role="group" aria-label={words.boxes.machine}>
      {hasAgents && <AgentsBar moment={moment} player={player} />}
      {hearsOutside && <OutsideBar moment={moment} />}
      <div class={`grid ${unused.map(name => `without-${name}`).join(' ')}${fillsManyQueues(unused) ? ' many-queues' : ''}`}>
        <div class="column frames"><FrameBoxes moment={moment} />{!unused.includes('pool') && <PoolBox moment={moment} />}<PromisesBox moment={moment} /></div>
        <div class="column queues"><QueueBoxes moment={moment} /><ConsoleBox moment={moment} /></div>
        <LoopRing state={moment.state} host={moment.recording.trace.host.kind} />
      </div>
    </div>
  );
}

/** After a step the tokens glide from where they were. */
function useGlide(moment: Moment, player: Player): { readonly current: HTMLElement | null } {
  const root = useRef<HTMLElement>(null);
  const before = useRef<ReturnType<typeof measureTokens>>(new Map());
  const shown = useRef(moment.state.step);
  // While rendering, the page still shows the last moment: measure it now, if it is going to be needed.
  const isNew = shown.current !== moment.state.step;
  if (root.current !== null && isNew && player.glide.value) before.current = measureTokens(root.current);
  useLayoutEffect(() => {
    const stage = root.current;
    if (stage === null || shown.current === moment.state.step) return;
    shown.current = moment.state.step;
    if (player.glide.value && !prefersStillness()) {
      glideTokens(stage, before.current, stage.querySelector('.line.running .text, .line.calling .text')?.getBoundingClientRect());
    }
  });
  return root;
}

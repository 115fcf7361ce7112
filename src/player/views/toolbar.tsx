/** Why this file exists: the buttons. Each does what its key does and says which key that is. */
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { controls, perform } from '../controls';
import type { ControlName } from '../controls';
import { speeds } from '../player-state';
import type { Moment, Player, Recording } from '../player-state';
import { Icon } from './icon';
import { memo } from './memo';
import type { IconName } from './icon';
import { useWords } from './words-context';

interface ButtonProps {
  readonly player: Player;
  readonly name: ControlName;
  readonly icon: IconName;
  readonly text?: string;
  readonly title?: string;
  readonly main?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  readonly badge?: number;
}

/** What a key is called on the screen. */
export function keyName(key: string): string {
  const names: Readonly<Record<string, string>> = { ' ': 'Space', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓' };
  return key.split('+').map(part => names[part] ?? part).join('+') || '+';
}

export function ControlButton({ player, name, icon, text, title, main, disabled, pressed, badge }: ButtonProps): VNode {
  const words = title ?? useWords().controls[name];
  // Not `disabled`: a button that is switched off under the finger would drop the focus.
  return (
    <button type="button" class={main === true ? 'button main' : 'button'} data-control={name} aria-disabled={disabled === true}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      aria-label={badge === undefined ? words : `${words}: ${badge}`} title={`${words} (${keyName(controls[name].keys[0] ?? '')})`} onClick={() => perform(player, name)}>
      <Icon name={icon} />{text !== undefined && <span class="text">{text}</span>}{badge !== undefined && <span class="badge">{badge}</span>}
    </button>
  );
}

export function Toolbar({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const { recording, state } = moment;
  const atEnd = state.step >= recording.trace.events.length - 1;
  return <Controls recording={recording} player={player} atStart={state.step < 0} atEnd={atEnd} />;
}

interface ControlsProps {
  readonly recording: Recording;
  readonly player: Player;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Most steps change none of them. */
const Controls = memo(function AllControls({ recording, player, atStart, atEnd }: ControlsProps): VNode {
  const words = useWords();
  const playing = player.playing.value;
  const button = { player };
  return (
    <div class="toolbar" role="toolbar" aria-label={words.player}>
      <span class="group">
        <ControlButton {...button} name="first" icon="first" disabled={atStart} />
        <ControlButton {...button} name="back" icon="back" disabled={atStart} />
        <ControlButton {...button} name="play" icon={playing ? 'pause' : 'play'} text={playing ? words.pause : words.play} title={playing ? words.pause : words.play} main />
        <ControlButton {...button} name="forward" icon="forward" text={words.step} disabled={atEnd} />
        <ControlButton {...button} name="last" icon="last" disabled={atEnd} />
      </span>
      <span class="group steps">
        <ControlButton {...button} name="over" icon="over" disabled={atEnd} />
        <ControlButton {...button} name="out" icon="out" disabled={atEnd} />
      </span>
      <span class="group landmarks" role="group" aria-label={words.goNext}>
        <ControlButton {...button} name="next-await" icon="await" text={words.await} />
        <ControlButton {...button} name="next-print" icon="print" text={words.print} />
        <ControlButton {...button} name="next-task" icon="task" text={words.task} />
      </span>
      <Tools player={player} recording={recording} />
    </div>
  );
});

/** What is not moving: speed, panels, theme, help. */
function Tools({ recording, player }: { readonly recording: Recording; readonly player: Player }): VNode {
  const words = useWords();
  const { panel } = player;
  const found = recording.observations().list.length;
  const mayDiffer = useMemo(() => asksOutside(recording), [recording]);
  return (
    <span class="group end">
      <label class="speed"><span class="hidden">{words.speed}</span>
        <select value={player.preferences.value.speed} title={words.speedKeys}
          onChange={event => setSpeed(player, Number(event.currentTarget.value))}>
          {speeds.map(speed => <option key={speed} value={speed}>{speed}×</option>)}
        </select>
      </label>
      <ControlButton player={player} name="findings" icon="warning" pressed={panel.value === 'findings'} {...(found > 0 ? { badge: found } : {})} />
      {mayDiffer && <ControlButton player={player} name="what-if" icon="world" pressed={panel.value === 'what-if'} />}
      <ControlButton player={player} name="predict" icon="quiz" pressed={panel.value === 'predict'} />
      <ControlButton player={player} name="search" icon="search" pressed={panel.value === 'search'} />
      <ControlButton player={player} name="view" icon="view" />
      <ControlButton player={player} name="presenter" icon="presenter" pressed={player.preferences.value.presenter} />
      {player.tell === undefined
        ? <ControlButton player={player} name="theme" icon="theme" />
        : <button type="button" class="button" aria-label={words.savePage} title={words.savePage} onClick={() => player.tell?.({ kind: 'save' })}><Icon name="save" /></button>}
      <ControlButton player={player} name="share" icon="share" pressed={panel.value === 'share'} />
      <ControlButton player={player} name="help" icon="help" title={words.keys} />
    </span>
  );
}

/** There is something outside the program that could answer otherwise. */
function asksOutside({ trace }: Recording): boolean {
  return trace.outside !== undefined || trace.standIns !== undefined || trace.events.some(({ kind }) => kind === 'pool-opened' || kind === 'work-queued');
}

function setSpeed(player: Player, speed: number): void {
  player.preferences.value = { ...player.preferences.value, speed };
}

/** Why this file exists: the buttons. Each does what its key does and says which key that is. */
import type { VNode } from 'preact';
import { controls, perform } from '../controls';
import type { ControlName } from '../controls';
import { speeds } from '../player-state';
import type { Moment, Player } from '../player-state';
import { Icon } from './icon';
import type { IconName } from './icon';
import { formatMs } from './loop-ring';

interface ButtonProps {
  readonly player: Player;
  readonly name: ControlName;
  readonly icon: IconName;
  readonly text?: string;
  readonly title?: string;
  readonly main?: boolean;
  readonly disabled?: boolean;
}

/** What a key is called on the screen. */
export function keyName(key: string): string {
  const names: Readonly<Record<string, string>> = { ' ': 'Space', ArrowRight: '→', ArrowLeft: '←', ArrowUp: '↑', ArrowDown: '↓' };
  return key.split('+').map(part => names[part] ?? part).join('+') || '+';
}

function ControlButton({ player, name, icon, text, title, main, disabled }: ButtonProps): VNode {
  const words = title ?? controls[name].title;
  // Not `disabled`: a button that is switched off under the finger would drop the focus.
  return (
    <button type="button" class={main === true ? 'button main' : 'button'} data-control={name} aria-disabled={disabled === true}
      aria-label={words} title={`${words} (${keyName(controls[name].keys[0] ?? '')})`} onClick={() => perform(player, name)}>
      <Icon name={icon} />{text !== undefined && <span class="text">{text}</span>}
    </button>
  );
}

export function Toolbar({ moment, player }: { readonly moment: Moment; readonly player: Player }): VNode {
  const { recording, state, beat } = moment;
  const playing = player.playing.value;
  const atStart = state.step < 0;
  const atEnd = state.step >= recording.trace.events.length - 1;
  return (
    <div class="toolbar" role="toolbar" aria-label="Player">
      <span class="group">
        <ControlButton player={player} name="first" icon="first" disabled={atStart} />
        <ControlButton player={player} name="back" icon="back" disabled={atStart} />
        <ControlButton player={player} name="play" icon={playing ? 'pause' : 'play'} text={playing ? 'Pause' : 'Play'} title={playing ? 'Pause' : 'Play'} main />
        <ControlButton player={player} name="forward" icon="forward" text="Step" disabled={atEnd} />
        <ControlButton player={player} name="last" icon="last" disabled={atEnd} />
      </span>
      <span class="group" role="group" aria-label="Go to the next">
        <ControlButton player={player} name="next-await" icon="await" text="await" />
        <ControlButton player={player} name="next-print" icon="print" text="print" />
        <ControlButton player={player} name="next-task" icon="task" text="task" />
      </span>
      <span class="readout"><b>{beat + 1}</b> / {recording.beats.length}<span class="time"> · {formatMs(state.at)}</span></span>
      <span class="group end">
        <label class="speed"><span class="hidden">Speed</span>
          <select value={player.preferences.value.speed} title="Speed (+ and −)" onChange={event => setSpeed(player, Number(event.currentTarget.value))}>
            {speeds.map(speed => <option key={speed} value={speed}>{speed}×</option>)}
          </select>
        </label>
        {player.tell === undefined
          ? <ControlButton player={player} name="theme" icon="theme" />
          : <button type="button" class="button" aria-label="Save as a page" title="Save as a page" onClick={() => player.tell?.({ kind: 'save' })}><Icon name="save" /></button>}
        <ControlButton player={player} name="help" icon="help" title="Keys" />
      </span>
    </div>
  );
}

function setSpeed(player: Player, speed: number): void {
  player.preferences.value = { ...player.preferences.value, speed };
}

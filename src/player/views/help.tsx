/** Why this file exists: every key and every sign, in one place, under `?`. */
import { useEffect, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { controls } from '../controls';
import type { ControlName } from '../controls';
import type { Player } from '../player-state';
import { Icon } from './icon';
import { keyName } from './toolbar';
import { useWords } from './words-context';

export function Help({ player }: { readonly player: Player }): VNode {
  const words = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const open = player.panel.value === 'help';
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open && dialog.current?.open === true) dialog.current.close();
  }, [open]);
  /** Escape cancels at once and closes a task later: a key pressed in between is the player's again. */
  const close = (): void => {
    if (player.panel.value === 'help') player.panel.value = undefined;
  };
  const colors = ['sync', 'async', 'generator', 'async-generator', 'callback'] as const;
  return (
    <dialog class="help" ref={dialog} aria-labelledby="help-title" onCancel={close} onClose={close}>
      <h2 id="help-title">{words.keys}</h2>
      <dl class="keys">
        {Object.entries(controls).map(([name, control]) => (
          <div key={name}>
            <dt>{control.keys.map(key => <kbd key={key}>{keyName(key)}</kbd>)}</dt>
            <dd>{words.controls[name as ControlName] /* the table's own keys */}</dd>
          </div>
        ))}
        <div><dt><kbd>{words.click}</kbd></dt><dd>{words.clickLine}</dd></div>
        <div><dt><kbd>{words.click}</kbd></dt><dd>{words.clickToken}</dd></div>
      </dl>
      <h2>{words.signs}</h2>
      <ul class="signs">
        <li><span class="token async running"><Icon name="running" /><code class="label">{words.status.running}</code></span> {words.runningSign}</li>
        <li><span class="token async suspended"><Icon name="suspended" /><code class="label">{words.status.suspended}</code></span> {words.suspendedSign}</li>
        <li><span class="token callback queued next"><code class="label">{words.status.queued}</code><span class="badge">{words.next}</span></span> {words.queuedSign}</li>
        <li class="palette">{colors.map(color => <span key={color} class={`token ${color} queued`}><code class="label">{words.colors[color]}</code></span>)}</li>
      </ul>
      <button type="button" class="button main" onClick={close}>{words.close}</button>
    </dialog>
  );
}

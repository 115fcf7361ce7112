/** Why this file exists: every key and every sign, in one place, under `?`. */
import { useEffect, useRef } from 'preact/hooks';
import type { VNode } from 'preact';
import { controls } from '../controls';
import type { Player } from '../player-state';
import { Icon } from './icon';
import { keyName } from './toolbar';

export function Help({ player }: { readonly player: Player }): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = player.help.value;
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open && dialog.current?.open === true) dialog.current.close();
  }, [open]);
  /** Escape cancels at once and closes a task later: a key pressed in between is the player's again. */
  const close = (): void => {
    player.help.value = false;
  };
  return (
    <dialog class="help" ref={dialog} aria-labelledby="help-title" onCancel={close} onClose={close}>
      <h2 id="help-title">Keys</h2>
      <dl class="keys">
        {Object.entries(controls).map(([name, control]) => (
          <div key={name}>
            <dt>{control.keys.map(key => <kbd key={key}>{keyName(key)}</kbd>)}</dt><dd>{control.title}</dd>
          </div>
        ))}
        <div><dt><kbd>click</kbd></dt><dd>on a line: run to it</dd></div>
      </dl>
      <h2>Signs</h2>
      <ul class="signs">
        <li><span class="token async running"><Icon name="running" /><code class="label">running</code></span> on top of the stack</li>
        <li><span class="token async suspended"><Icon name="suspended" /><code class="label">suspended</code></span> parked, waits with its variables</li>
        <li><span class="token callback queued next"><code class="label">queued</code><span class="badge">next</span></span> will start next</li>
        <li class="palette">{['sync', 'async', 'generator', 'async-generator', 'callback'].map(color => <span key={color} class={`token ${color} queued`}><code class="label">{color}</code></span>)}</li>
      </ul>
      <button type="button" class="button main" onClick={close}>Close</button>
    </dialog>
  );
}

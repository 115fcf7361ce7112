/** Why this file exists: every control has a key, and keys never fight with a field that the reader types into. */
import { controls, perform } from './controls';
import type { ControlName } from './controls';
import type { Player } from './player-state';

const byKey = new Map<string, ControlName>();
for (const [name, control] of Object.entries(controls)) {
  for (const key of control.keys) byKey.set(key, name as ControlName); // the table's own keys
}

/** Keys that a focused element uses itself. */
function isTaken(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('input[type=range]')) return /^(Arrow|Home|End|Page)/.test(key);
  if (target.matches('input, textarea, select')) return true;
  return target instanceof HTMLButtonElement && (key === ' ' || key === 'Enter');
}

/** While the keys are listed, only the key that lists them works. */
function isModal(player: Player, name: ControlName): boolean {
  return player.panel.value === 'help' && name !== 'help';
}

/** Escape closes the panel first, then lets go of the token that is followed. The list of keys closes itself. */
function closeTopmost(player: Player): void {
  if (player.panel.value === undefined) player.followed.value = undefined;
  else if (player.panel.value !== 'help') player.panel.value = undefined;
}

function keyOf(event: KeyboardEvent): string {
  const shifted = event.shiftKey && (event.key.startsWith('Arrow') || /^[A-Z]$/.test(event.key));
  return shifted ? `Shift+${event.key}` : event.key;
}

/** Listens on the whole page; answers a function that stops listening. */
export function listenToKeys(player: Player): () => void {
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') closeTopmost(player);
    if (isTaken(event.target, event.key)) return;
    const name = byKey.get(keyOf(event));
    if (name === undefined || isModal(player, name)) return;
    event.preventDefault();
    perform(player, name);
  }
  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}

/**
 * Why this file exists: the start of the player's bundle: in a page of its own it plays the page's trace, in a webview
 * what the host sends.
 */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { connect, showTrace } from './host';
import { listenToKeys } from './keyboard';
import type { PlayerMessage } from './messages';
import { traceElementId } from './page';
import { runPlayback } from './playback';
import { createPlayer } from './player-state';
import { loadPreferences, savePreferences } from './preferences';
import { App } from './views/app';
import { languageOf } from './words/language';

interface VsCodeApi {
  postMessage(message: PlayerMessage): void;
}

declare global {
  /** Given by VS Code inside a webview only. */
  var acquireVsCodeApi: (() => VsCodeApi) | undefined;
}

function start(): void {
  const root = document.getElementById('player');
  if (root === null) return;
  const host = globalThis.acquireVsCodeApi?.();
  const tell = host === undefined ? undefined : (message: PlayerMessage) => host.postMessage(message);
  const player = createPlayer(loadPreferences(), tell, languageOf(document.documentElement.lang));
  effect(() => savePreferences(player.preferences.value));
  listenToKeys(player);
  runPlayback(player);
  const element = document.getElementById(traceElementId);
  if (element !== null) showTrace(player, readJson(element.textContent), element.dataset['title'] ?? document.title);
  render(<App player={player} />, root);
  if (host !== undefined) connect(player, message => host.postMessage(message));
}

/** Undefined when it is not JSON; then the page says that it holds no trace. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

start();

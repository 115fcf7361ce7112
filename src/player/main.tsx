/**
 * Why this file exists: the start of the player's bundle: in a page of its own it plays the page's trace, in a webview
 * what the host sends.
 */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { runInFragment } from './export/fragment';
import { connect, showTrace } from './host';
import { listenToKeys } from './keyboard';
import type { PlayerMessage } from './messages';
import { parseTrace } from '../trace/parse';
import { keepOrders } from './other-order';
import { otherOrderClass, readDataElement, traceElementId } from './page';
import { runPlayback } from './playback';
import { createPlayer } from './player-state';
import type { Player } from './player-state';
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
  const page = document.documentElement;
  const language = languageOf(page.dataset['language'] === 'readers' ? navigator.language : page.lang);
  page.lang = language.words.language;
  const player = createPlayer(loadPreferences(), tell, language);
  effect(() => savePreferences(player.preferences.value));
  listenToKeys(player);
  runPlayback(player);
  const draw = (): void => render(<App player={player} />, root);
  // A page of its own has its run at hand: the first picture is that of the run.
  if (host === undefined) void showOwn(player).finally(draw);
  else {
    draw();
    connect(player, message => host.postMessage(message));
  }
}

/** A page of its own plays the run that its address carries, else the one that it holds. */
async function showOwn(player: Player): Promise<void> {
  const carried = await runInFragment(location.hash);
  const element = document.getElementById(traceElementId);
  if (carried !== undefined) showTrace(player, carried.trace, carried.title);
  else if (element !== null) {
    const own = await readDataElement(element);
    keepOrders(player, [own, ...await otherOrders()].flatMap(value => {
      const parsed = parseTrace(value);
      return parsed.kind === 'parsed' ? [parsed.trace] : [];
    }));
    showTrace(player, own, element.dataset['title'] ?? document.title);
  }
}

function otherOrders(): Promise<readonly unknown[]> {
  return Promise.all([...document.getElementsByClassName(otherOrderClass)].map(readDataElement));
}

start();

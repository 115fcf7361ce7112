/**
 * Why this file exists: the panel beside the editor in which the animation plays, and what it and the editor tell each
 * other.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { HostMessage, PlaceInFile, PlayerMessage } from '../player/messages';
import { webviewHtml } from '../player/page';
import type { Refused, Simulated } from '../server/protocol';
import { RunningLine } from './running-line';

export const panelType = 'loopscope.player';
/** True while the panel is open; menus and the palette look at it. */
const openContext = 'loopscope.playerOpen';

/** What the reader does in the panel that is not the panel's own business. */
export interface PlayerListener {
  rerun(values: Readonly<Record<string, string>>): void;
  save(): void;
  /** The simulation is no longer wanted: the reader said so, or closed the panel. */
  cancel(): void;
}

/** What is on show. */
export interface Played extends Simulated {
  readonly document: vscode.TextDocument;
}

export class PlayerPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #listener: PlayerListener;
  readonly #runningLine = new RunningLine();
  readonly #subscription: vscode.Disposable;
  #panel: vscode.WebviewPanel | undefined;
  /** Messages that wait for the player to be ready; undefined once it is. */
  #waiting: HostMessage[] | undefined;
  #played: Played | undefined;
  #isStale = false;
  /** The file that the last refusal names. */
  #refusedAt: vscode.Uri | undefined;

  constructor(extensionUri: vscode.Uri, listener: PlayerListener) {
    this.#extensionUri = extensionUri;
    this.#listener = listener;
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const isPlayed = this.#played?.uris.some((uri) => isSame(uri, document.uri)) === true;
      if (isPlayed && contentChanges.length > 0) this.#outdate();
    });
  }

  /** What is on show, for who saves it. */
  get played(): Played | undefined {
    return this.#played;
  }

  /** The simulation is at work; what was shown stays until there is something new. */
  showBusy(): void {
    this.#open();
    this.#post({ kind: 'busy', message: 'Simulating …' });
  }

  play(simulated: Simulated, document: vscode.TextDocument): void {
    this.#played = { ...simulated, document };
    this.#isStale = false;
    this.#runningLine.clear();
    const panel = this.#open();
    panel.title = this.#title();
    const { trace, title, parameters } = simulated;
    this.#post({ kind: 'trace', trace, title, parameters });
    if (document.version !== simulated.version) this.#outdate();
  }

  /** Says calmly why nothing is played. */
  refuse({ message, uri, range }: Refused): void {
    this.#open();
    const where = uri === undefined ? undefined : vscode.Uri.parse(uri);
    this.#refusedAt = where;
    const place = where && range ? { file: vscode.workspace.asRelativePath(where), line: range.start.line + 1 } : {};
    this.#post({ kind: 'error', message, ...place });
  }

  /** Takes over a panel that VS Code kept across a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#take(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
    this.#subscription.dispose();
    this.#runningLine.dispose();
  }

  /** The panel takes the focus: who asked for the animation steps on with the keys at once. */
  #open(): vscode.WebviewPanel {
    if (this.#panel) {
      this.#panel.reveal(this.#panel.viewColumn);
      return this.#panel;
    }
    const column = vscode.ViewColumn.Beside;
    return this.#take(vscode.window.createWebviewPanel(panelType, 'Event loop', column, { retainContextWhenHidden: true }));
  }

  #take(panel: vscode.WebviewPanel): vscode.WebviewPanel {
    this.#panel = panel;
    this.#waiting = [];
    const dist = vscode.Uri.joinPath(this.#extensionUri, 'dist');
    const media = vscode.Uri.joinPath(this.#extensionUri, 'media');
    panel.iconPath = vscode.Uri.joinPath(media, 'icon.svg');
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist, media] };
    panel.webview.onDidReceiveMessage((message: PlayerMessage) => { this.#hear(message); });
    panel.onDidDispose(() => { if (this.#panel === panel) this.#closed(); });
    panel.webview.html = webviewHtml({
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'player.js')).toString(),
      styleUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, 'player.css')).toString(),
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
    });
    void vscode.commands.executeCommand('setContext', openContext, true);
    return panel;
  }

  #closed(): void {
    this.#panel = undefined;
    this.#played = undefined;
    this.#runningLine.clear();
    void vscode.commands.executeCommand('setContext', openContext, false);
    this.#listener.cancel();
  }

  #post(message: HostMessage): void {
    if (this.#waiting) this.#waiting.push(message);
    else void this.#panel?.webview.postMessage(message);
  }

  #hear(message: PlayerMessage): void {
    switch (message.kind) {
      case 'ready': this.#ready(); return;
      case 'step': this.#mark(message.running); return;
      case 'open-location': void this.#reveal(message); return;
      case 'rerun': this.#listener.rerun(message.values); return;
      case 'save': this.#listener.save(); return;
      case 'cancel': this.#listener.cancel(); return;
    }
  }

  /** A player that VS Code loaded anew knows nothing: it is told what is on show. */
  #ready(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of waiting.slice(-2)) this.#post(message);
    if (waiting.length === 0 && this.#played) this.play(this.#played, this.#played.document);
  }

  #mark(running: PlaceInFile | undefined): void {
    const uri = running && !this.#isStale ? this.#uriOf(running.file) : undefined;
    if (running && uri) this.#runningLine.show(uri, running.line - 1);
    else this.#runningLine.clear();
  }

  async #reveal({ file, line, column }: { file: string; line: number; column: number }): Promise<void> {
    const isRefused = this.#refusedAt !== undefined && vscode.workspace.asRelativePath(this.#refusedAt) === file;
    const uri = isRefused ? this.#refusedAt : this.#uriOf(file);
    if (!uri) return;
    const position = new vscode.Position(line - 1, column - 1);
    const selection = new vscode.Range(position, position);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.One, selection });
  }

  #uriOf(file: string): vscode.Uri | undefined {
    const index = this.#played?.trace.files.findIndex(({ path }) => path === file) ?? -1;
    const uri = this.#played?.uris[index];
    return uri === undefined ? undefined : vscode.Uri.parse(uri);
  }

  /** The text changed: lines no longer stand where the animation says. Said once. */
  #outdate(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    this.#runningLine.clear();
    if (this.#panel) this.#panel.title = this.#title();
    this.#post({ kind: 'outdated', message: 'The text has changed since this was recorded.' });
  }

  #title(): string {
    return `Event loop: ${this.#played?.title ?? ''}${this.#isStale ? ' (text has changed)' : ''}`;
  }
}

function isSame(uri: string, other: vscode.Uri): boolean {
  return vscode.Uri.parse(uri).toString() === other.toString();
}

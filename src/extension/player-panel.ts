/**
 * Why this file exists: the panel beside the editor in which the animation plays, and what it and the editor tell each
 * other.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { t } from '../base/words';
import type { ExportedContent, HostMessage, NoteOnLine, PlayerMessage } from '../player/messages';
import { webviewHtml } from '../player/page';
import type { Scenario } from '../trace/scenario';
import type { HostKind, Nudge } from '../trace/trace';
import type { Refused, Simulated } from '../server/protocol';
import { EditorMarks } from './editor-marks';
import { scenarioUriOf } from './scenario';

export const panelType = 'loopscope.player';
/** True while the panel is open; menus and the palette look at it. */
const openContext = 'loopscope.playerOpen';

/** Milliseconds without a key after which the reader has paused. */
const pauseMs = 700;

/** What the reader does in the panel that is not the panel's own business. */
export interface PlayerListener {
  rerun(values: Readonly<Record<string, string>>): void;
  otherOrder(nudges: readonly Nudge[]): void;
  whatIf(whatIf: Scenario): void;
  otherHost(host: HostKind): void;
  openScenario(): void;
  save(): void;
  link(): void;
  /** The player has made a file. */
  export(name: string, content: ExportedContent): void;
  /** The simulation is no longer wanted: the reader said so, or closed the panel. */
  cancel(): void;
  /** The scenario has changed: it is the reader's newest word on the world outside. */
  scenarioEdited(): void;
  /** The text has changed, and the reader has paused. */
  edited(): void;
}

/** What is on show. */
export interface Played extends Simulated {
  readonly document: vscode.TextDocument;
  readonly whatIf?: Scenario | undefined;
}

export class PlayerPanel implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #listener: PlayerListener;
  readonly #marks = new EditorMarks();
  readonly #subscriptions: readonly vscode.Disposable[];
  #pause: ReturnType<typeof setTimeout> | undefined;
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
    this.#subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        if (this.#isScenario(document.uri)) {
          this.#listener.scenarioEdited();
          this.#edited();
        } else if (this.#fileOf(document.uri) !== undefined) this.#edited();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        // What a command selects is not where the reader looks.
        if (kind !== vscode.TextEditorSelectionChangeKind.Command) this.#tellCursor(textEditor);
      }),
    ];
  }

  /** What is on show, for who saves it. */
  get played(): Played | undefined {
    return this.#played;
  }

  /** The simulation is at work; what was shown stays until there is something new. */
  showBusy(): void {
    this.#open();
    this.#post({ kind: 'busy', message: t('Simulating …') });
  }

  /** `keepPlace`: the same again after an edit; the reader stays where he is. */
  play(simulated: Simulated, document: vscode.TextDocument, keepPlace = false, whatIf?: Scenario): void {
    this.#played = { ...simulated, document, whatIf };
    this.#isStale = false;
    this.#marks.clear();
    const panel = keepPlace && this.#panel ? this.#panel : this.#open();
    panel.title = this.#title();
    const { trace, title, parameters } = simulated;
    this.#post({ kind: 'trace', trace, title, parameters, keepPlace, ...(whatIf && { whatIf }) });
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

  /** After an edit the text does not run: the last run that did stays. */
  keepLast({ message }: Refused): void {
    this.#post({ kind: 'outdated', message: t('The last run is kept. {0}', message) });
  }

  /** Takes over a panel that VS Code kept across a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.#panel?.dispose();
    this.#take(panel);
  }

  dispose(): void {
    this.#panel?.dispose();
    clearTimeout(this.#pause);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#marks.dispose();
  }

  /** The panel takes the focus: who asked for the animation steps on with the keys at once. */
  #open(): vscode.WebviewPanel {
    if (this.#panel) {
      this.#panel.reveal(this.#panel.viewColumn);
      return this.#panel;
    }
    const column = vscode.ViewColumn.Beside;
    return this.#take(vscode.window.createWebviewPanel(panelType, t('Event loop'), column, { retainContextWhenHidden: true }));
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
      language: vscode.env.language,
    });
    void vscode.commands.executeCommand('setContext', openContext, true);
    return panel;
  }

  #closed(): void {
    this.#panel = undefined;
    this.#played = undefined;
    clearTimeout(this.#pause);
    this.#marks.clear();
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
      case 'step': this.#mark(message.notes); return;
      case 'open-location': void this.#reveal(message); return;
      case 'rerun': this.#listener.rerun(message.values); return;
      case 'other-order': this.#listener.otherOrder(message.nudges); return;
      case 'what-if': this.#listener.whatIf(message.whatIf); return;
      case 'other-host': this.#listener.otherHost(message.host); return;
      case 'open-scenario': this.#listener.openScenario(); return;
      case 'save': this.#listener.save(); return;
      case 'link': this.#listener.link(); return;
      case 'export': this.#listener.export(message.name, message.content); return;
      case 'cancel': this.#listener.cancel(); return;
    }
  }

  /** A player that VS Code loaded anew knows nothing: it is told what is on show. */
  #ready(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const message of waiting.slice(-2)) this.#post(message);
    const played = this.#played;
    if (waiting.length === 0 && played) this.play(played, played.document, false, played.whatIf);
  }

  #mark(notes: readonly NoteOnLine[]): void {
    this.#marks.show(this.#isStale ? [] : notes.flatMap((note) => {
      const uri = this.#uriOf(note.file);
      return uri ? [{ ...note, uri }] : [];
    }));
  }

  #tellCursor({ document, selection }: vscode.TextEditor): void {
    const file = this.#isStale ? undefined : this.#fileOf(document.uri);
    if (file !== undefined) this.#post({ kind: 'cursor', file, line: selection.active.line + 1 });
  }

  #isScenario(uri: vscode.Uri): boolean {
    return this.#played !== undefined && scenarioUriOf(this.#played.document).toString() === uri.toString();
  }

  /** The path, in the trace, of a document that is played. */
  #fileOf(uri: vscode.Uri): string | undefined {
    const index = this.#played?.uris.findIndex((played) => isSame(played, uri)) ?? -1;
    return this.#played?.trace.files[index]?.path;
  }

  async #reveal({ file, line, column }: { file: string; line: number; column: number }): Promise<void> {
    const isRefused = this.#refusedAt !== undefined && vscode.workspace.asRelativePath(this.#refusedAt) === file;
    const played = this.#played?.trace.files.find(({ path }) => path === file);
    const isMadeUp = played?.origin === 'made-up';
    const shown = isMadeUp ? await textAsDocument(played.text) : this.#uriOf(file);
    const uri = isRefused ? this.#refusedAt : shown;
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

  #edited(): void {
    this.#outdate();
    clearTimeout(this.#pause);
    const isLive = vscode.workspace.getConfiguration('loopscope').get<boolean>('player.followEdits', true);
    if (isLive && this.#panel) this.#pause = setTimeout(() => { this.#listener.edited(); }, pauseMs);
  }

  /** The text changed: lines no longer stand where the animation says. Said once. */
  #outdate(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    this.#marks.clear();
    if (this.#panel) this.#panel.title = this.#title();
    this.#post({ kind: 'outdated', message: t('The text has changed since this was recorded.') });
  }

  #title(): string {
    const title = this.#played?.title ?? '';
    return this.#isStale ? t('Event loop: {0} (text has changed)', title) : t('Event loop: {0}', title);
  }
}

function isSame(uri: string, other: vscode.Uri): boolean {
  return vscode.Uri.parse(uri).toString() === other.toString();
}

/** A file that was made up is on no disk. */
async function textAsDocument(content: string): Promise<vscode.Uri> {
  return (await vscode.workspace.openTextDocument({ language: 'javascript', content })).uri;
}

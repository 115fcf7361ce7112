/**
 * Why this file exists: tints, the status bar and the call graph show the same functions; they are asked for once, when
 * a document is looked at, when it was edited, and when what it calls was.
 */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { colorsOutdatedMethod, functionsMethod, type FunctionsParams, type FunctionsReply } from '../server/protocol';
import { isUnderstood } from './languages';

/** Milliseconds after the last edit. */
const calmMs = 250;

export class DocumentColors implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #known = new Map<string, FunctionsReply>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #listeners: vscode.Disposable[];
  readonly onDidChange = this.#changed.event;

  constructor(client: LanguageClient) {
    this.#client = client;
    this.#listeners = [
      vscode.window.onDidChangeVisibleTextEditors(() => { this.#lookAtVisible(0); }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => { this.#schedule(document, calmMs); }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => { this.#known.delete(uri.toString()); }),
      client.onNotification(colorsOutdatedMethod, () => { this.#lookAtVisible(0); }),
    ];
  }

  /** Asks for what is visible; once the server runs. */
  start(): void {
    this.#lookAtVisible(0);
  }

  /** What is known of a document; undefined before the first answer. */
  of(document: vscode.TextDocument): FunctionsReply | undefined {
    return this.#known.get(document.uri.toString());
  }

  /** The functions of any file, open or not. */
  ask(uri: string): Promise<FunctionsReply> {
    const params: FunctionsParams = { uri };
    return this.#client.sendRequest<FunctionsReply>(functionsMethod, params);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const listener of this.#listeners) listener.dispose();
    this.#changed.dispose();
  }

  #lookAtVisible(delay: number): void {
    for (const { document } of vscode.window.visibleTextEditors) this.#schedule(document, delay);
  }

  #schedule(document: vscode.TextDocument, delay: number): void {
    if (!isUnderstood(document)) return;
    const uri = document.uri.toString();
    clearTimeout(this.#timers.get(uri));
    this.#timers.set(uri, setTimeout(() => { this.#timers.delete(uri); void this.#look(document); }, delay));
  }

  /** An answer for a text that is no longer there is not shown; the edit has asked again. */
  async #look(document: vscode.TextDocument): Promise<void> {
    if (!this.#client.isRunning() || document.isClosed) return;
    try {
      const reply = await this.ask(document.uri.toString());
      if (reply.version !== document.version) return;
      this.#known.set(document.uri.toString(), reply);
      this.#changed.fire(document);
    } catch (error) {
      this.#client.debug(`No colours for ${document.uri.toString()}`, error);
    }
  }
}

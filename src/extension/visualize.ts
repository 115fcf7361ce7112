/**
 * Why this file exists: **Visualize event loop**, from the command to the first frame; one run at a time, the newest
 * wins.
 */
import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import {
  simulateMethod, type Refused, type SimulateParams, type SimulateReply, type Simulated, type StartAt,
} from '../server/protocol';
import type { PlayerPanel } from './player-panel';
import { pointedAt } from './target';

/** What is played, or was asked for. */
interface Wanted {
  readonly document: vscode.TextDocument;
  readonly at: StartAt;
}

/** Milliseconds that a sentence stays in the status bar. */
const sentenceMs = 6000;

export class Visualizer implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #panel: PlayerPanel;
  #wanted: Wanted | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  constructor(client: LanguageClient, panel: PlayerPanel) {
    this.#client = client;
    this.#panel = panel;
  }

  /** Plays what the reader pointed at. */
  async visualize(argument: unknown): Promise<void> {
    const pointed = await pointedAt(argument);
    if (pointed.kind === 'nothing') vscode.window.setStatusBarMessage(`$(info) ${pointed.message}`, sentenceMs);
    else await this.#play(pointed);
  }

  /** Plays the same again, with other values for its parameters. */
  async again(values?: Readonly<Record<string, string>>): Promise<void> {
    if (this.#wanted) await this.#play(this.#wanted, values);
  }

  cancel(): void {
    this.#running?.cancel();
  }

  dispose(): void {
    this.cancel();
  }

  async #play(wanted: Wanted, values?: Readonly<Record<string, string>>): Promise<void> {
    this.cancel();
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    this.#wanted = wanted;
    this.#panel.showBusy();
    const reply = await this.#simulated(wanted, values, running.token);
    if (this.#running !== running) return;
    this.#running = undefined;
    running.dispose();
    this.#show(reply, wanted);
  }

  #show(reply: SimulateReply, { document }: Wanted): void {
    if (reply.kind === 'simulated') this.#panel.play(reply, document);
    else this.#panel.refuse(reply);
  }

  /** A request that is lost with its server is asked once more when the next one runs. */
  async #simulated({ document, at }: Wanted, values: SimulateParams['values'], token: vscode.CancellationToken): Promise<SimulateReply> {
    const params: SimulateParams = { uri: document.uri.toString(), at, ...(values ? { values } : {}) };
    const options = { location: vscode.ProgressLocation.Window, title: 'Loopscope is simulating' };
    return await vscode.window.withProgress(options, async () => {
      try {
        return await this.#client.sendRequest<Simulated | Refused>(simulateMethod, params, token);
      } catch (error) {
        if (token.isCancellationRequested) return { kind: 'refused', message: 'Cancelled.' };
        this.#client.error('The simulation request failed', error, false);
        return { kind: 'refused', message: 'The Loopscope server is starting again; run the command once more.' };
      }
    });
  }
}

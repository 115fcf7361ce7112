/**
 * Why this file exists: **Visualize event loop**, from the command to the first frame; one run at a time, the newest
 * wins.
 */
import * as vscode from 'vscode';
import { t } from '../base/words';
import type { LanguageClient } from 'vscode-languageclient/node';
import { simulateMethod, type SimulateParams, type SimulateReply, type StartAt } from '../server/protocol';
import type { Scenario } from '../trace/scenario';
import type { HostKind, Nudge } from '../trace/trace';
import type { VisualizeTarget } from '../server/visualize-link';
import type { PlayerPanel } from './player-panel';
import { openScenarioText } from './scenario';
import { shiftStart } from './shift';
import { pointedAt } from './target';

/** What is played, or was asked for. */
interface Wanted {
  readonly document: vscode.TextDocument;
  readonly at: StartAt;
}

/** With the reader's values, in an order that these nudges lead to, with packages that could not run before. */
interface How {
  readonly values?: SimulateParams['values'] | undefined;
  readonly nudges?: readonly Nudge[];
  readonly standIns?: readonly string[] | undefined;
  /** The reader stays where he is in the run. */
  readonly keepsPlace?: boolean;
}

/** Milliseconds that a server which died is given to come back. */
const retryMs = 1500;
const lastTarget = 'lastTarget';
/** Milliseconds that a sentence stays in the status bar. */
const sentenceMs = 6000;

export class Visualizer implements vscode.Disposable {
  readonly #client: LanguageClient;
  readonly #panel: PlayerPanel;
  readonly #memory: vscode.Memento;
  readonly #subscription: vscode.Disposable;
  #wanted: Wanted | undefined;
  /** Expressions that the reader put in place of made-up values. */
  #values: Readonly<Record<string, string>> | undefined;
  /** What the reader changed of the world outside. */
  #whatIf: Scenario | undefined;
  /** The host that the reader chose instead of the program's own. */
  #host: HostKind | undefined;
  #running: vscode.CancellationTokenSource | undefined;

  /** `memory` keeps what was asked for last, for the panel that VS Code shows again after a reload. */
  constructor(client: LanguageClient, panel: PlayerPanel, memory: vscode.Memento) {
    this.#client = client;
    this.#panel = panel;
    this.#memory = memory;
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (this.#wanted?.document !== document) return;
      // The changes of one event come last place first: none moves another.
      const at = contentChanges.reduce(shiftStart, this.#wanted.at);
      this.#wanted = { document, at };
    });
  }

  /** Plays what the reader pointed at. */
  async visualize(argument: unknown): Promise<void> {
    const pointed = await pointedAt(argument);
    if (pointed.kind === 'nothing') vscode.window.setStatusBarMessage(`$(info) ${pointed.message}`, sentenceMs);
    else {
      this.#whatIf = undefined;
      this.#host = undefined;
      await this.#play(pointed);
    }
  }

  /** Plays the same again, with other values for its parameters. */
  async again(values?: Readonly<Record<string, string>>): Promise<void> {
    if (this.#wanted) await this.#play(this.#wanted, { values });
  }

  /** Plays the same with the same values, in another of the orders that a real Node may take. */
  async otherOrder(nudges: readonly Nudge[]): Promise<void> {
    if (this.#wanted) await this.#play(this.#wanted, { values: this.#values, nudges });
  }

  /** Plays the same with these answers of the world outside, at the place where the reader is. */
  async whatIf(whatIf: Scenario): Promise<void> {
    this.#whatIf = whatIf;
    const standIns = this.#panel.played?.trace.standIns;
    if (this.#wanted) await this.#play(this.#wanted, { values: this.#values, standIns, keepsPlace: true });
  }

  /** Plays the same as the other host would run it. */
  async otherHost(host: HostKind): Promise<void> {
    this.#host = host;
    if (this.#wanted) await this.#play(this.#wanted, { values: this.#values });
  }

  /** What the reader changed in the panel no longer counts. */
  forgetChanges(): void {
    this.#whatIf = undefined;
  }

  /** The text was edited: plays it anew in silence; what does not run leaves the last run on show. */
  async followEdit(): Promise<void> {
    const standIns = this.#panel.played?.trace.standIns; // else a package that cannot run is tried at each pause
    if (this.#wanted) await this.#play(this.#wanted, { values: this.#values, standIns }, true);
  }

  /** Plays what was played before VS Code was reloaded. */
  async resume(): Promise<void> {
    const last = this.#memory.get(lastTarget);
    if (last !== undefined) await this.visualize(last);
    else this.#panel.refuse({ kind: 'refused', message: t('Run Visualize event loop in a TypeScript or JavaScript file.') });
  }

  cancel(): void {
    this.#running?.cancel();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.cancel();
  }

  async #play(wanted: Wanted, how: How = {}, isFollowing = false): Promise<void> {
    this.cancel();
    const running = new vscode.CancellationTokenSource();
    this.#running = running;
    this.#wanted = wanted;
    this.#values = how.values;
    if (!isFollowing) this.#panel.showBusy();
    const target: VisualizeTarget = { uri: wanted.document.uri.toString(), at: wanted.at };
    void this.#memory.update(lastTarget, target);
    const reply = await this.#simulated(wanted, how, running.token);
    if (this.#running !== running) return;
    this.#running = undefined;
    running.dispose();
    this.#show(reply, wanted, isFollowing || how.keepsPlace === true);
  }

  #show(reply: SimulateReply, { document }: Wanted, keepsPlace: boolean): void {
    if (reply.kind === 'simulated') this.#panel.play(reply, document, keepsPlace, this.#whatIf);
    else if (keepsPlace) this.#panel.keepLast(reply);
    else this.#panel.refuse(reply);
  }

  async #simulated(
    wanted: Wanted, { values, nudges, standIns }: How, token: vscode.CancellationToken,
  ): Promise<SimulateReply> {
    const options = { location: vscode.ProgressLocation.Window, title: t('Loopscope is simulating') };
    const uri = wanted.document.uri.toString();
    const scenario = openScenarioText(wanted.document);
    const params: SimulateParams = {
      uri, at: wanted.at, ...(values && { values }), ...(nudges && { nudges }), ...(standIns && { standIns }),
      ...(scenario !== undefined && { scenario }), ...(this.#whatIf && { whatIf: this.#whatIf }),
      ...(this.#host && { host: this.#host }),
    };
    return await vscode.window.withProgress(options, () => this.#ask(params, token, 1));
  }

  /** A request that is lost with its server is asked again of the next one. */
  async #ask(params: SimulateParams, token: vscode.CancellationToken, retries: number): Promise<SimulateReply> {
    try {
      return await this.#client.sendRequest<SimulateReply>(simulateMethod, params, token);
    } catch (error) {
      if (token.isCancellationRequested) return { kind: 'refused', message: t('Cancelled.') };
      this.#client.warn('A simulation was lost', error, false);
      if (retries === 0) return { kind: 'refused', message: t('The Loopscope server is not running; restart it with "Loopscope: Restart the language server".') };
      await new Promise((resolve) => { setTimeout(resolve, retryMs); });
      return await this.#ask(params, token, retries - 1);
    }
  }
}

/** Why this file exists: how the server is, in the quiet corner that VS Code keeps for languages. */
import * as vscode from 'vscode';
import { State } from 'vscode-languageclient/node';
import { documentSelector } from './languages';

export class ServerStatus implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('loopscope.server', documentSelector);
  #gaveUp = false;

  constructor() {
    this.#item.name = 'Loopscope';
    this.#item.command = { command: 'loopscope.showOutput', title: 'Show output' };
    this.show(State.Starting);
  }

  show(state: State): void {
    if (this.#gaveUp) return;
    this.#item.busy = state !== State.Running;
    this.#item.text = state === State.Running ? 'Loopscope' : 'Loopscope is starting';
    this.#item.severity = vscode.LanguageStatusSeverity.Information;
  }

  /** The server stays down. */
  giveUp(): void {
    this.#gaveUp = true;
    this.#item.busy = false;
    this.#item.text = 'Loopscope has stopped';
    this.#item.severity = vscode.LanguageStatusSeverity.Error;
    this.#item.command = { command: 'loopscope.restartServer', title: 'Restart' };
  }

  revive(): void {
    this.#gaveUp = false;
    this.#item.command = { command: 'loopscope.showOutput', title: 'Show output' };
    this.show(State.Starting);
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Why this file exists: one look at the status bar says what kind of file this is: how much waits, how much blocks. */
import * as vscode from 'vscode';
import { t } from '../base/words';
import type { FunctionsReply } from '../server/protocol';
import type { DocumentColors } from './document-colors';

export class FileStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('loopscope.file', vscode.StatusBarAlignment.Right, 90);
  readonly #listeners: vscode.Disposable[];

  constructor(colors: DocumentColors) {
    this.#item.name = t('Loopscope: this file');
    this.#item.command = 'loopscope.callGraph.focus';
    const show = (): void => { this.#show(vscode.window.activeTextEditor, colors); };
    this.#listeners = [colors.onDidChange(show), vscode.window.onDidChangeActiveTextEditor(show)];
  }

  dispose(): void {
    this.#item.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #show(editor: vscode.TextEditor | undefined, colors: DocumentColors): void {
    const reply = editor && colors.of(editor.document);
    if (!reply) { this.#item.hide(); return; }
    const { functions, awaits } = reply;
    const waiting = functions.filter(({ color, name }) => color !== 'sync' && name !== '<module>').length;
    const blocking = functions.filter(({ blocks }) => blocks.length > 0).length;
    this.#item.text = `$(clock) ${waiting}${blocking === 0 ? '' : ` $(flame) ${blocking}`}`;
    this.#item.tooltip = tooltip(reply, waiting, blocking, awaits);
    this.#item.accessibilityInformation = { label: this.#item.tooltip };
    this.#item.show();
  }
}

function tooltip({ functions, findings }: FunctionsReply, waiting: number, blocking: number, awaits: number): string {
  return [
    t('{0} of {1} functions are not sync; {2} awaits', waiting, functions.length - 1, awaits),
    t('{0} block the event loop when they are called', blocking),
    t('{0} findings', findings),
  ].join('\n');
}

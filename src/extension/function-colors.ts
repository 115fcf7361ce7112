/** Why this file exists: the colour of every function, on its name or in the gutter, for those who want to see it. */
import * as vscode from 'vscode';
import { t } from '../base/words';
import type { ColoredFunction } from '../server/protocol';
import { gutterIcon, looks, type Mark, markOf } from './color-marks';
import type { DocumentColors } from './document-colors';

type Shown = 'off' | 'tint' | 'gutter' | 'both';

const setting = 'functionColors';
const marks = Object.keys(looks) as readonly Mark[]; // a record's keys are its own type's

export class FunctionColors implements vscode.Disposable {
  readonly #colors: DocumentColors;
  readonly #listeners: vscode.Disposable[];
  #shown: Shown = 'off';
  #types: ReadonlyMap<Mark, vscode.TextEditorDecorationType> = new Map();

  constructor(colors: DocumentColors) {
    this.#colors = colors;
    this.#listeners = [
      colors.onDidChange((document) => { this.#drawAll(document); }),
      vscode.window.onDidChangeVisibleTextEditors(() => { this.#drawAll(); }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(`loopscope.${setting}`)) this.#restyle();
      }),
    ];
    this.#restyle();
  }

  /** Shows them where they are hidden, and hides them where they are shown. */
  async toggle(): Promise<void> {
    const next: Shown = this.#shown === 'off' ? 'both' : 'off';
    await vscode.workspace.getConfiguration('loopscope').update(setting, next, vscode.ConfigurationTarget.Global);
    const said = next === 'off' ? t('Function colours are hidden.') : t('Function colours are shown.');
    vscode.window.setStatusBarMessage(`$(symbol-color) ${said}`, 4000);
  }

  dispose(): void {
    for (const type of this.#types.values()) type.dispose();
    for (const listener of this.#listeners) listener.dispose();
  }

  #restyle(): void {
    for (const type of this.#types.values()) type.dispose();
    this.#shown = shownBy(vscode.workspace.getConfiguration('loopscope').get(setting));
    this.#types = this.#shown === 'off' ? new Map() : new Map(marks.map((mark) => [mark, typeOf(mark, this.#shown)]));
    this.#drawAll();
  }

  #drawAll(document?: vscode.TextDocument): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (document === undefined || editor.document === document) this.#draw(editor);
  }

  #draw(editor: vscode.TextEditor): void {
    const reply = this.#colors.of(editor.document);
    if (!reply) return;
    // The module's own body has no name to draw at.
    const named = reply.functions.filter(({ name, place }) => place !== undefined && name !== '<module>');
    for (const [mark, type] of this.#types) {
      const drawn = named.filter((fn) => markOf(fn) === mark && (mark !== 'sync' || this.#shown !== 'tint'));
      editor.setDecorations(type, drawn.flatMap(decorationOf));
    }
  }
}

function decorationOf({ place, color, blocks }: ColoredFunction): vscode.DecorationOptions[] {
  if (!place) return [];
  const { start, end } = place.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  return blocks.length === 0 ? [{ range }] : [{ range, hoverMessage: t('{0} · blocks: {1}', color, blocks.join(' → ')) }];
}

function typeOf(mark: Mark, shown: Shown): vscode.TextEditorDecorationType {
  const color = new vscode.ThemeColor(looks[mark].theme);
  const blocks = mark === 'blocking' ? { textDecoration: 'underline wavy 1px' } : {};
  // A sync name keeps the colour that the language gives it.
  const tint = shown === 'gutter' || mark === 'sync' ? {} : { color, ...blocks };
  const gutter = shown === 'tint' ? {} : {
    dark: { gutterIconPath: gutterIcon(mark, 'dark') }, light: { gutterIconPath: gutterIcon(mark, 'light') }, gutterIconSize: 'contain',
  };
  return vscode.window.createTextEditorDecorationType({ ...tint, ...gutter });
}

function shownBy(value: unknown): Shown {
  return value === 'tint' || value === 'gutter' || value === 'both' ? value : 'off';
}
